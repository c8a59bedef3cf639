"""One picture per method, in one look."""
