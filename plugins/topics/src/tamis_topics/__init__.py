"""Say which topics a text is about: energy, diplomacy, trade, or your own."""
