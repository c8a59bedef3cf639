"""How the orders stand in an export: which amount counts, once a line or once an order, and what each status means."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """How a table of orders is to be read."""

    columns: Mapping[str, str]
    """field → column in the file; besides the fields of order lines `refund` (the money that went back), `after_refunds` (the
    amount after refunds, where it is filled), `currency` and `parent_order` (of a refund the order it belongs to)"""
    statuses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """column → what its values mean, as `mapping/keys.py` says under `Statuses` → the values"""
    amount_per: str = "line"
    """`"order"`: the amount is the whole order's, on its first row or repeated on each"""
    refund_per: str = "line"
    shared_by: tuple[str, ...] = ()
    """how an order's amount is shared among its lines: by one column, or by the product of two (price and quantity)"""
    rows: str = "lines"
    """`"lines"`, `"orders"` (a row is an order) or `"days"` (no order number: one order a customer and day)"""
    fill: tuple[str, ...] = ()
    """columns that stand on the first row of an order only"""
    decimal: str = "."
    worth: Mapping[str, float] = field(default_factory=dict)
    """columns of money in another unit → what 1 is worth: cents 0.01, 万元 10000"""
    plus: Mapping[str, str] = field(default_factory=dict)
    """columns that are added to the amount, such as shipping → `"line"` or `"order"`: whose they are"""
    minus: Mapping[str, str] = field(default_factory=dict)
    """columns that are taken off the amount, such as discounts"""
    zeros: bool = False
    """whether customer ids are the same but for zeros in front"""
    nobody: tuple[str, ...] = ()
    """values of the customer column that stand for nobody in particular"""
    paid_when: tuple[str, ...] = ()
    """columns that are filled only where an order was paid"""

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is needed besides those of the fields."""
        return (*self.statuses, *self.fill, *self.paid_when, *self.plus, *self.minus, *self.shared_by)
