"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "e4c5a79d441ae810e4070e75c189110e4a38a8cb8a57521700a45995396bfc6f"
