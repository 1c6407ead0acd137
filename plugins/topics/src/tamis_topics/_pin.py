"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "fe931232b55894105f1a3f23a2db9ef696852fa8bcce8a769e883a6e62c804fa"
