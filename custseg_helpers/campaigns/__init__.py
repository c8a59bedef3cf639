"""Campaigns that are measured: planned with a control group, read when they are over, kept in a ledger."""
