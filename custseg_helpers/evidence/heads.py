"""Which of several tables holds a row an order, and which its items: told by order numbers that stand in both."""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from custseg_helpers.evidence.called import roles
from custseg_helpers.reading.joined import order_keys
from custseg_helpers.reading.parts import are_parts, names
from custseg_helpers.reading.sheet import Sheet

MOST = 0.8
"""Of the items' order numbers, so many must be those of orders."""
_WHO = {"customer_id", "customer_email", "customer_phone", "customer_name"}


class Pair(NamedTuple):
    """Two tables of the same orders."""

    heads: Sheet
    items: Sheet
    by: str
    """the column of order numbers in `heads`"""
    of: str
    """and in `items`"""


def orders_and_items(sheets: Sequence[Sheet]) -> Pair | None:
    """Find a table with a row an order that tells customer or day, which another table of the same orders lacks."""
    for heads, items in permutations(sheets, 2):
        if are_parts(names(heads), names(items)) or not _lacks(items, heads):
            continue
        for by in _order_columns(heads):
            known = order_keys(heads.frame[by]).dropna()
            if known.duplicated().any() or len(known) < 0.95 * len(heads.frame) or len(known) < 2:
                continue
            for of in _order_columns(items):
                numbers = set(order_keys(items.frame[of]).dropna())
                if numbers and len(numbers & set(known)) >= MOST * len(numbers):
                    return Pair(heads, items, by, of)
    return None


def _order_columns(sheet: Sheet) -> list[str]:
    every = names(sheet)
    return [name for name in every if "order_id" in roles(name)[:1] and every.count(name) == 1]


def _told(sheet: Sheet) -> tuple[bool, bool]:
    """Tell whether a table's names say who bought, and when."""
    said = {role for name in names(sheet) for role in roles(name)[:1]}
    return bool(said & _WHO), "order_date" in said


def _lacks(items: Sheet, heads: Sheet) -> bool:
    return any(there and not here for there, here in zip(_told(heads), _told(items), strict=True))
