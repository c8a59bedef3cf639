"""What remains of order lines that no table in memory holds: facts of every customer, and an account of the rows."""

from dataclasses import dataclass

import pandas as pd

from custseg_helpers.mapping.plan import Counted


@dataclass(frozen=True)
class Reduced:
    """Facts that an engine counted or a warehouse handed over."""

    facts: pd.DataFrame
    """one row a customer, as `order_facts` gives them; a warehouse may know fewer columns"""
    history: pd.DataFrame | None
    """as `tiers.clv.purchase_history` gives it; `None` where it is not known"""


@dataclass(frozen=True)
class Account:
    """What became of the rows, as `clean.Cleaned` tells it, without holding them."""

    counted: Counted
    left_out: dict[str, int]
    unread: pd.DataFrame
    unread_count: int


def by_name(table: pd.DataFrame) -> pd.DataFrame:
    """Return customers sorted under their ids as text, as files name them.

    >>> by_name(pd.DataFrame({"frequency": [1, 2]}, index=[10, 9])).index.tolist()
    ['10', '9']
    """
    text = pd.Index(["text"]).dtype
    ids = pd.Index(table.index.astype(str).tolist(), dtype=text, name="customer_id")
    return table.set_axis(ids).iloc[ids.argsort()]
