"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "23a6ebbb76538bd7e9fa35df1a721ce1f35b7cc297854f579bb4bde541b3dc83"
