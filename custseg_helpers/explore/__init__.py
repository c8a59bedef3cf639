"""Explorers: move a control, see the customers move."""
