"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "838362f81e9895bed623514fc371fcde3164ada12a0a9081d31acb45ef1cb3e0"
