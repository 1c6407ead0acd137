"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "301fa6f687623a41ccaf78cbf58583710567a175465d430252455db25df0d045"
