"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "d674643626e6f4c5336a1f2332d47fb5c417c54c7b9152e3926d29fdf5f897c0"
