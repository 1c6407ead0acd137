"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "25bd8efd81e5439dfd01b959b68c154d599722b11ff514c34d3ae4169e198aa4"
