"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "dbb87864b17f5e333820ef1791d735e527d72aeb85149b3547a51849312aee50"
