"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "a2458a9735499ed1f888c57a37345ad91709e883073340bc92a77d04a504bc5b"
