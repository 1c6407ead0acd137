"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "18dde458c248bef5104d8645b04b730f50cf7db013b6468e5bd8d742d6b30ee9"
