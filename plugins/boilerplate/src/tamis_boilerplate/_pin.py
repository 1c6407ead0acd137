"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "6e8fcb5623ad45814ccd4eabe5f72f2a17402ccfce8856683a0816f376360763"
