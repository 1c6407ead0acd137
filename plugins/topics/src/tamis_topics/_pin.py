"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "027a21035be99e0932cc6ab09965593458c7ca17abda1b0411f1f8aade7b48ff"
