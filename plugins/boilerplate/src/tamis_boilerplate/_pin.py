"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "6aeca2e0af2de62519d15eefe749f2ea81dae2b856f79687551141d07832bb9f"
