"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "0ec5a840ff9a4a5b10e2324e9abb725e0412bbf27b849f721a0d979dc8b32c78"
