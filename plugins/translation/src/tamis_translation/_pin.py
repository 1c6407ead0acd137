"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9bc913ea32f07f8f688ac4b270401c7f0f0926ebe7e0f532fdf28a2e1f921a46"
