"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "348f904cff830483c484dba4a9d76c2554a64a5820a51fb8136eee0cb57ebc6c"
