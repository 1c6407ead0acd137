"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f38a9f4e49b2a62a0355136b2845baa920c82f4e5ff4a400268e1d31193d9d9b"
