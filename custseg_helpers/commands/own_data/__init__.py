"""Commands for a team's own data."""
