"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "c188140d3afdd4db8ca240387776686cf86caebe0463106b0a0e8e95be375239"
