"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9b35326434772b1b223fb2e2e67c33862a92d044ffd25b4d74960adcc7c38826"
