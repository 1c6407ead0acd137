"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f4e5f5ab247bccdfda5bbd9795ad96db371e7319a053b98a63a94839bc26308f"
