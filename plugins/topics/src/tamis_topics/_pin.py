"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "43b2ef4b5c11b36a36cbce3357865af90a4292469264323ca215bb017ffa6750"
