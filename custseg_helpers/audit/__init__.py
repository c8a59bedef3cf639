"""What is wrong where in the files handed over, and what it costs."""
