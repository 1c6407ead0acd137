"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9d6f0c1cc3077726d6cc15e1168ebd381aa78588a081fce3e782254b579e00b8"
