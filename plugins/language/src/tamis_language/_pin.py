"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "8adc69fc933a91c04f2d8fa70f4ef2359877f6870d56a2b769574880ece477cb"
