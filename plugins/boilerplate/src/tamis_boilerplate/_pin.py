"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "41c58fd9a22acd2d90a8e151c6bf3da4220f5134f4f17e5988606ec0c6625ccf"
