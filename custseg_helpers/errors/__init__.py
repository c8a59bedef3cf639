"""Errors of a learner's cell, in words: where, what the likely cause is, and how to put it right."""
