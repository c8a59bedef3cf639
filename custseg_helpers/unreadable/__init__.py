"""Cells that Python cannot read: what is wrong is found in what was typed, and a repair is tried before it is told."""
