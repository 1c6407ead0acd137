"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "4887ab64e59050c3d8cde883b1c93caedb6b5b5cba49e02c677d966d44e36a93"
