"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "f1717109cf8a629d113948480bec64da6a8abea5467552dd600787f43e455eb9"
