"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "4f3e74a5462a9ebb5fd556dc668e14b8bc96ae88be4e5932aa5592a1f619ac1f"
