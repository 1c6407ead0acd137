"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "33f14c9f3969645b4f3fb02ceaa7225409d658f43578fb8094e8c9bb44b0acce"
