"""Files: read and written whole, folders that appear at once, tables, pages, zips."""
