"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "e4a6bb5d765fdc1fb4eb1c9ea307693ced54899d8130982cf9be7f516b703c11"
