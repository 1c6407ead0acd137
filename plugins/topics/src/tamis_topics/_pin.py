"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "62873fcf1610ba81fa92e7cb4386cc54da5d3948ba86b2fa4f1ac18cba83000e"
