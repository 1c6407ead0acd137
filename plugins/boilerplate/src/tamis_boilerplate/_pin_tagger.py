"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f73dcca4f4365352ecff883aba17f23d0510d1eb09b1537e5f53213fe1e317af"
