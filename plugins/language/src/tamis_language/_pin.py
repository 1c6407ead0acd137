"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "4cd39be463c72ec9f41796604abea4ce75bf2cececa8878d3d86dbaaef7b9774"
