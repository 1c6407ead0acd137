"""Read news pages: HTML in, article text out, through trafilatura."""
