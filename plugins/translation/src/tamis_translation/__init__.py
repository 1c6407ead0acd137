"""Say whether a text is machine-translated, from which language, and where it shows."""
