"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "acdbbd97dfdb4155c4cac0eb0c861cf3279b8dd5f2d25f487fe5458062070022"
