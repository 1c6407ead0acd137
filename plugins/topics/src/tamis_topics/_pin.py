"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "96ff5f442478371f71c8e1791b94eca4ddf17386bd14f6f878d7897057811df3"
