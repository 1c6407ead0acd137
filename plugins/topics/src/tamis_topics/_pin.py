"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "61c929c986a204ead9f0fd19ba13cf9fc43a6a29ceebf2ab31844b054db7c627"
