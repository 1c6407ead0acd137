"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "b02f320d3a9abce6977ed97a908a1d14ceef784f0db2af8c9a7f48ad4bffdaff"
