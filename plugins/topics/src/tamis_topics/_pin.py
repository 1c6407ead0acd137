"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "5a7d7618f50c210909ed01c8b52daaba7a8fbdc9c8ca7123f1534033aede133e"
