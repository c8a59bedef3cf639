"""An order's money on its lines: shared out by what each line is worth, to the cent."""

import numpy as np
import pandas as pd


def shared_out(money: np.ndarray, worth: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Share what stands once an order among its lines, in proportion to their worth; an order's shares add up to the cent.

    An order whose lines are worth nothing keeps its money where it stands.

    Args:
        money: of each row what stands there, NaN or 0 on the other rows of an order.
        worth: of each row what its line is worth by itself.
        order: the place of each row's order, −1 where it has none.

    >>> shared_out(np.array([10.0, np.nan, np.nan, 5.0]), np.array([1.0, 1.0, 1.0, 0.0]), np.array([0, 0, 0, -1])).tolist()
    [3.33, 3.34, 3.33, 5.0]
    """
    alone = np.arange(len(order)) + int(order.max(initial=-1)) + 1
    rows = pd.DataFrame(
        {
            "order": np.where(order < 0, alone, order),
            "money": money,
            "worth": np.maximum(np.nan_to_num(worth), 0),
        }
    )
    grouped = rows.groupby("order", sort=False)
    of_order, whole = (grouped[name].transform("sum").to_numpy() for name in ("money", "worth"))
    told = whole > 0
    upto = np.round(of_order * grouped["worth"].cumsum().to_numpy() / np.where(told, whole, 1.0), 2)
    before = pd.Series(upto).groupby(rows["order"], sort=False).shift(fill_value=0.0).to_numpy()
    return np.where(told, np.round(upto - before, 2), money)
