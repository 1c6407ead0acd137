"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "7df85873a6f52277a1bb804a355f5dea8933efb5bffad9caa642d903d64ba3e9"
