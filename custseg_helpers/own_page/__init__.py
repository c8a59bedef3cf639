"""What only a person can say of her own files, asked on a terminal; and the page from an uploaded file to a report."""
