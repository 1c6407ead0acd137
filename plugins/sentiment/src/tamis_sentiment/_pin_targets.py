"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "0bd1e8dbf14c59d69b41e2068ac9f5a50c02a75f3712d5b36833235523d7f930"
