"""What a strange table of orders means, decided from its evidence; what moves money and cannot be told is asked."""
