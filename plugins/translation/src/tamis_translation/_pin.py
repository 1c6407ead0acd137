"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f61e867ff09c5b461a8015d6a3ad571a1d99834a0c1825646d7460505acf3a1a"
