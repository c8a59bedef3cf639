"""Commands for trainers."""
