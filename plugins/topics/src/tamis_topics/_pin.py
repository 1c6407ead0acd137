"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9fffce43b74e4e38e74e8b55e4ffa0a347fac0e0a7603a5b886bcdb9635205f4"
