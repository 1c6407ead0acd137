"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "2989d52dbcdaf4c0279ff82b6e93e147ea16d4b1240459c3a238c327403a3914"
