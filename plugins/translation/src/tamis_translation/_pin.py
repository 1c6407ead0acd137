"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "35624294f24cc7391b9f2118daa4252a250809f889b06f5b31b771ce8b1d62a5"
