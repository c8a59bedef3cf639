"""A cell that stopped: where, in which cell of which notebook, and what the kernel remembers of its cells."""
