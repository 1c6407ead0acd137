"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "842adbbef904de457bdb0e66a2fcb0da1754b02a8b5bce84176b798320c23d4b"
