"""The steps of the model answers, and where a typed line departs from them."""
