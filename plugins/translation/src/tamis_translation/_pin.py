"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "a1517a96ec2fc376369199bf9129a6b7c29cfc62a4e961f3cbee272709c933a5"
