"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "6e3683302fd242e950466471b60d55a7405e0d92f7b4fa74feac91a780d1294f"
