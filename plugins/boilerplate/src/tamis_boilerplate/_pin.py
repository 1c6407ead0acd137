"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "4be2c223a47922e2306b6e20372b423674886cbef2797cfb04549d43e7849655"
