"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "97c30cd38e9907cc6749c9fe52a5f8981a6a9996d0f8c4bd49488a235874f273"
