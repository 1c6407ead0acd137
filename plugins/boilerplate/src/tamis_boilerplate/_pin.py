"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "b1cd92d663f3df33e8dcdf3646274b0d1f87514b5fdfbe086bb2d12870729f8e"
