"""From order lines to one row a customer, wherever the lines live."""
