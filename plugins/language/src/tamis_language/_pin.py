"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f2da8a015e4b14c74efc132cb6884c35bbc97f5016c43ef61a347ce4b4300316"
