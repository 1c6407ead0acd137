"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "813f7f98b4f3d6087037e752d6b58f99049eedc24444cb4d35886055a6145739"
