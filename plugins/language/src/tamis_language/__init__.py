"""Say which language a text is in, or that it is in none."""
