"""The margin of single order lines, for what a sum a customer cannot tell: by month, by order."""

import pandas as pd


def line_margin(lines: pd.DataFrame, products: pd.DataFrame) -> pd.Series:
    """Return yuan paid less pieces × list price × (1 − margin rate) for each line; returns come out negative.

    It is the `margin` of `order_facts` before it is summed, to the fraction of a cent. Missing where the product has no
    price or no margin rate.

    Args:
        lines: `product_id`, `quantity` and `amount` (yuan).
        products: `product_id`, `price` (yuan) and `margin_rate` (0–1).

    >>> lines = pd.DataFrame({"product_id": ["p", "q"], "quantity": [2, 1], "amount": [190.0, 5.0]})
    >>> line_margin(lines, pd.DataFrame({"product_id": ["p"], "price": [100.0], "margin_rate": [0.4]})).tolist()
    [70.0, nan]
    """
    about = products.drop_duplicates("product_id").set_index("product_id")
    cost = about["price"] * (1 - about["margin_rate"])
    return lines["amount"] - lines["quantity"] * lines["product_id"].map(cost)
