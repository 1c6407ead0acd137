"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9eedea4be04904475aca8a1a871591713eebad5a1297e14767d79aa146b13d4b"
