"""How the orders stand in an export: which amount counts, once a line or once an order, and what each status means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BUCKETS = ("sale", "never", "back", "credit", "partial", "out", "aside")
"""What a status may mean: sold; never came about; sold and returned; a document that takes back an earlier sale;
returned in part (a column of refunds says how much); money out; no business with customers."""

EXTRA_FIELDS = {"refund": "money", "adjusted": "money", "currency": "code", "parent_order": "id"}
"""What a column of an export may be besides the fields of order lines: the money that went back; the amount after
refunds where it is filled; the currency; of a refund the order that it belongs to."""


@dataclass(frozen=True)
class Layout:
    """How a table of orders is to be read."""

    columns: Mapping[str, str]
    """field → column in the file"""
    statuses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """column → what its values mean (`BUCKETS`) → the values"""
    amount_per: str = "line"
    """`"order"`: the amount is the whole order's, on its first row or repeated on each"""
    refund_per: str = "line"
    rows: str = "lines"
    """`"lines"`, `"orders"` (a row is an order) or `"days"` (no order number: one order a customer and day)"""
    fill: tuple[str, ...] = ()
    """columns that stand on the first row of an order only"""
    decimal: str = "."
    nobody: tuple[str, ...] = ()
    """values of the customer column that stand for nobody in particular"""
