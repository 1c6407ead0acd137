"""The trained models that the tamis plugins use, each with its card."""
