"""What we know of a customer, written down: the tag catalogue and its rules."""
