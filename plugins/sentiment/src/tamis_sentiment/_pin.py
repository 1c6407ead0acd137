"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "7e355fb4254afcb0ead97755b0450cab1bd74e58495768b7ad558976ec9e13ac"
