"""The page for one's own data: from an uploaded file to a report, without code."""
