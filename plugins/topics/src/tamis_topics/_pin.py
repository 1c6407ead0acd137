"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "04fbebbf4008115e1ec1da191f36656dc2a38c76b3c603885ece6ed17ce54feb"
