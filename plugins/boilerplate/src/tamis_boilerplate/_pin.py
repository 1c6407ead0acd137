"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "e21c26a697c42056d52b6ffed3f46c34c9a2dd559015c9271c179ce5f7ba21c7"
