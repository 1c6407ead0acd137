"""Say the tone of a news text, with the evidence, and toward a named target."""
