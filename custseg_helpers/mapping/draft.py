"""A mapping in the making: proposed from the files, corrected by a person, written as `company.toml`.

The command line and the notebook share it. Every function returns a new draft; the files are only read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from custseg_helpers.mapping.company_toml import MAPPED
from custseg_helpers.mapping.propose import (
    Guess,
    currency_of,
    duplicates_in,
    guesses,
    order_evidence,
    returns_of,
    snapshot_of,
    table_of,
    unpaid_of,
)
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError

UNSURE = 0.75
"""Below this the user is asked to look."""
ZONES = {"HKD": "Asia/Hong_Kong", "TWD": "Asia/Taipei", "JPY": "Asia/Tokyo", "GBP": "Europe/London"}
DATES = {"orders": "order_date", "customers": "signup_date", "interactions": "interaction_date"}


@dataclass(frozen=True)
class Part:
    """One table of the draft: the sheets it comes from, and which field each column is."""

    table: str
    sheet: Sheet
    columns: Mapping[str, str]
    """standard field → column in the file"""
    guesses: Mapping[str, Guess]
    """by field: why it was proposed, and how sure"""
    files: tuple[Path, ...]
    """every file with these columns, the fullest first"""
    dates: str | None = None
    """`"dmy"` or `"mdy"` where a date needs it and the others tell; `"?"` where only the user can"""


@dataclass(frozen=True)
class Draft:
    """A proposed or corrected mapping."""

    name: str
    parts: Mapping[str, Part]
    as_of: pd.Timestamp | None
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    rows: str = "lines"
    duplicates: str = "keep"
    returns: str = "sign"
    return_values: tuple[str, ...] = ()
    skip_status: tuple[str, ...] = ()
    why: Mapping[str, T] = field(default_factory=dict)
    """the reason for a decision, by key"""
    left_aside: tuple[Sheet, ...] = ()
    """sheets that fit no table, or a table that a fuller sheet already fills"""

    @property
    def orders(self) -> Part:
        """The table of orders."""
        return self.parts["orders"]


def draft(sheets: Sequence[Sheet], tables: Sequence[str | None] | None = None) -> Draft:
    """Propose a mapping from all sheets of one's files.

    The fullest sheet that looks like a table becomes that table; files with the very same columns are read together.
    If none looks like orders, the fullest is taken for them, so that there is something to correct. `tables` says of
    each sheet which table it is (`None`: not used), where the user knows better.
    """
    if not sheets:
        raise UserError(zh="没有可读的表。", en="There is no table to read.")
    found = list(tables) if tables is not None else [table_of(sheet) for sheet in sheets]
    fullest = sorted(
        zip(sheets, found, strict=True), key=lambda pair: -int(pair[0].frame.notna().to_numpy().sum())
    )
    if "orders" not in found:
        fullest[0] = (fullest[0][0], "orders")
    parts: dict[str, Part] = {}
    aside = []
    for sheet, table in fullest:
        if table is not None and table not in parts:
            parts[table] = _part(table, sheet)
        elif table is not None and _alike(parts[table].sheet, sheet):
            parts[table] = replace(parts[table], files=(*parts[table].files, sheet.file))
        else:
            aside.append(sheet)
    orders = parts["orders"]
    currency, why = currency_of(orders.sheet, orders.columns)
    copies = T(
        zh="整行重复的有 {n:,} 行；要只留一行就写 drop",
        en="{n:,} rows repeat exactly; write drop to keep one of each",
    ).format(n=duplicates_in(orders.sheet))
    made = Draft(
        name=orders.sheet.file.stem,
        parts={table: parts[table] for table in MAPPED if table in parts},
        as_of=None,
        currency=currency,
        time_zone=ZONES.get(currency, "Asia/Shanghai"),
        why={"duplicates": copies} | ({"currency": why} if why else {}),
        left_aside=tuple(aside),
    )
    return _inferred(made)


def mapped(made: Draft, table: str, columns: Mapping[str, str]) -> Draft:
    """Return the draft with other columns for a table; what follows from them (snapshot, returns) is proposed anew."""
    part = made.parts[table]
    parts = dict(made.parts)
    date = DATES.get(table, "")
    same = part.columns.get(date) == columns.get(date)
    order = part.dates if same else _date_order(table, part.sheet, columns)
    parts[table] = replace(part, columns=dict(columns), dates=order)
    changed = replace(made, parts=parts)
    return _inferred(changed) if table == "orders" else changed


def missing(columns: Mapping[str, str]) -> dict[str, T]:
    """Say of each needed field of orders that has no column what that means."""
    said = {}
    if "customer_id" not in columns:
        said["customer_id"] = T(
            zh="没找到客户列：没有会员号或客户名称就不能按客户分层，只能做 custseg audit 和商品、日期的汇总。",
            en="No column of customers was found: without one there is no tagging, only custseg audit and sales by product and day.",
        )
    if "order_date" not in columns:
        said["order_date"] = T(
            zh="没找到日期列，请补上 order_date。", en="No column of dates was found: add order_date."
        )
    if "amount" not in columns and not {"quantity", "price"} <= set(columns):
        said["amount"] = T(
            zh="没找到金额列，请补上 amount，或 quantity 与 price。",
            en="No column of amounts was found: add amount, or quantity and price.",
        )
    return said


def _part(table: str, sheet: Sheet) -> Part:
    found = {guess.field: guess for guess in guesses(sheet, table)}
    columns = {name: guess.column for name, guess in found.items()}
    if table == "orders" and "amount" in columns:
        columns.pop("price", None)  # the amount is what was paid
    return Part(table, sheet, columns, found, (sheet.file,), _date_order(table, sheet, columns))


def _inferred(made: Draft) -> Draft:
    sheet, columns, dates = made.orders.sheet, dict(made.orders.columns), made.orders.dates
    as_of = None
    if "order_date" in columns:
        as_of, _ = snapshot_of(sheet, columns["order_date"], dates if dates in ("dmy", "mdy") else None)
    returns, values, reason = returns_of(sheet, columns)
    why = {key: text for key, text in made.why.items() if key != "rows"} | {"returns": reason}
    if "order_id" not in columns:
        why["rows"] = T(zh="没找到单号，每行算一单", en="no order number was found: every row is one order")
    return replace(
        made,
        as_of=as_of,
        rows="lines" if "order_id" in columns else "orders",
        returns=returns,
        return_values=tuple(values),
        skip_status=tuple(unpaid_of(sheet, columns)),
        why=why,
    )


def _date_order(table: str, sheet: Sheet, columns: Mapping[str, str]) -> str | None:
    column = columns.get(DATES.get(table, ""))
    if column is None or not snapshot_of(sheet, column)[1]:
        return None
    return order_evidence(sheet.frame[column]) or "?"


def _alike(one: Sheet, other: Sheet) -> bool:
    """Tell whether two sheets are parts of one table: other files of the same kind with the same columns."""
    same = [sheet.about.get("sheet") or sheet.about.get("separator") for sheet in (one, other)]
    return (
        one.file != other.file
        and same[0] == same[1]
        and one.about.get("header_row") == other.about.get("header_row")
        and list(one.frame.columns) == list(other.frame.columns)
    )
