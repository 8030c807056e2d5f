"""What is stored and found: load, chunk, embed, keep, search."""
