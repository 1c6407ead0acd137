"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "fd78e4254978624beb56f12f2c3222be16acd94f377caf935eb74636f0e0a1fe"
