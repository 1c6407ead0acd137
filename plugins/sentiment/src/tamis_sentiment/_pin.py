"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "8e2c8e454c5cdc7cc7fb9f5fec3082602ba29a207d14f47f664b3ba0d138b3a0"
