"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "947606f2c74104f41d3b5a8eb0b91c90269752bc1c406dee28fec8c8d8dc05ab"
