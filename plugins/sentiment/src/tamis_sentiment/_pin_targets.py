"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "3ea7741b4cf0f67b1dbd923b4c9ff4297e54559a14f680bc59a9df4db7d2339a"
