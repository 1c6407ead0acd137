"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "364fec44b1c18a9e3586f09dd14fffec749b602c14dec3884795288447e5cf1e"
