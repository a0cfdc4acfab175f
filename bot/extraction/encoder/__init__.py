"""A small trained encoder: which words name companies, and what a sentence says of two of them."""
