"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "4d96ede7282d7e6a1a5a080aec74f2d158d4ee21474145954b493ebc53724011"
