"""Keeping it right: approved schemes, recorded exceptions, KPIs, privacy."""
