"""A strange sheet: what it holds, how it is to be read, and what only a person can say."""
