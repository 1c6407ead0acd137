"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "438d7450b42995b10502bf03b03f38b0257d3eb1fa29ec944354c121dabd21e6"
