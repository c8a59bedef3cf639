"""Detours: the model answer with one thing done otherwise, worked out from its own lines."""
