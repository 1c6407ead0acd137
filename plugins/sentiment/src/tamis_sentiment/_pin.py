"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "b560ead8e719230e8ce8bc35cdfbe397cc448b03b2d558524588f35852fe61d6"
