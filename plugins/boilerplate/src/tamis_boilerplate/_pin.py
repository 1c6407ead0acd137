"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "c72e254cb9bf0d510b6c62c6c11f28c98f7223995e6e9c674395a91b414a5e45"
