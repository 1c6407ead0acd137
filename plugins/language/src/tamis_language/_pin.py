"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "cadea30a38aeaef97212169677fd97b56e95891cddf927992c866b719a3a41ab"
