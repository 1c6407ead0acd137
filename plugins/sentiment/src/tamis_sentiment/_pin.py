"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "35c7d3d8309f6e7664ca8ba7de714e2ffbf2ab1e6468d51a23a8522dffbf0d88"
