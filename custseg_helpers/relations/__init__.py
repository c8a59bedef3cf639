"""How one value was made from another: in per cent, cumulated, without its ids, with two labels swapped."""
