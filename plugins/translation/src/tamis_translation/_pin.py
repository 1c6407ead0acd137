"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "9b600ad11c9f15094cd816352dce4757e4affc8710761665dfe20530882cceae"
