"""From a file as it stands to the standard tables: what each key means, what is proposed, and one way to clean."""
