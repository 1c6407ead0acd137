"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9bc79cb4fb7591c0a8ba68d1e2bf1d0925583b2ae63a68a414196e120606fe9a"
