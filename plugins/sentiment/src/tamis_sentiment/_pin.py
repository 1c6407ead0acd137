"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "a7ef45557976b29f44b7e48ded54fbb186b9c23f3c1310944959f4870ce6790b"
