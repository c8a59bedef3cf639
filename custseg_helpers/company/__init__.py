"""A company: its standard tables, the sample companies, and the simulator that makes them."""
