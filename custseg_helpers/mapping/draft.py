"""A mapping in the making: proposed from the files, corrected by a person, written as `company.toml`.

The command line and the notebook share it. Every function returns a new draft; the files are only read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import attrs

from custseg_helpers.mapping.columns import MAPPED
from custseg_helpers.mapping.keys import asked
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

LOOK = T(zh="请核对", en="please check")
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


@dataclass(frozen=True)
class Draft:
    """A proposed or corrected mapping."""

    parts: Mapping[str, Part]
    stated: Mapping[str, Any]
    """what is decided, by key: `as_of`, `orders.returns.by`; `None` where nothing is. `dates` is `"?"` where only the
    user can tell, and `None` where no date needs it"""
    why: Mapping[str, T] = field(default_factory=dict)
    """the reason for a decision, by key"""
    left_aside: tuple[Sheet, ...] = ()
    """sheets that fit no table, or a table that a fuller sheet already fills"""

    def __getitem__(self, key: str) -> Any:
        return self.stated[key]

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
    currency, reason = currency_of(orders.sheet, orders.columns)
    copies = T(
        zh="整行重复的有 {n:,} 行；要只留一行就写 drop",
        en="{n:,} rows repeat exactly; write drop to keep one of each",
    ).format(n=duplicates_in(orders.sheet))
    found_parts = {table: parts[table] for table in MAPPED if table in parts}
    stated = {key.path: None if key.default is attrs.NOTHING else key.default for key in asked(found_parts)}
    stated |= {
        f"{table}.dates": _date_order(table, part.sheet, part.columns) for table, part in found_parts.items()
    }
    stated |= {"name": orders.sheet.file.stem, "currency": currency}
    stated["time_zone"] = ZONES.get(currency, stated["time_zone"])
    why = {"orders.duplicates": copies, "currency": reason or LOOK}
    return _inferred(Draft(found_parts, stated, why, tuple(aside)))


def mapped(made: Draft, table: str, columns: Mapping[str, str]) -> Draft:
    """Return the draft with other columns for a table; what follows from them (snapshot, returns) is proposed anew."""
    part = made.parts[table]
    parts = dict(made.parts)
    date = DATES.get(table, "")
    same = part.columns.get(date) == columns.get(date)
    order = made[f"{table}.dates"] if same else _date_order(table, part.sheet, columns)
    parts[table] = replace(part, columns=dict(columns))
    changed = replace(made, parts=parts, stated=dict(made.stated) | {f"{table}.dates": order})
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
    return Part(table, sheet, columns, found, (sheet.file,))


def _inferred(made: Draft) -> Draft:
    sheet, columns, dates = made.orders.sheet, dict(made.orders.columns), made["orders.dates"]
    as_of = None
    if "order_date" in columns:
        as_of, _ = snapshot_of(sheet, columns["order_date"], dates if dates in ("dmy", "mdy") else None)
    returns, values, reason = returns_of(sheet, columns)
    why = {key: text for key, text in made.why.items() if key != "orders.rows"} | {
        "orders.returns.by": reason
    }
    if "order_id" not in columns:
        why["orders.rows"] = T(
            zh="没找到单号，每行算一单", en="no order number was found: every row is one order"
        )
    stated = dict(made.stated) | {
        "as_of": as_of,
        "orders.rows": "lines" if "order_id" in columns else "orders",
        "orders.returns.by": returns,
        "orders.returns.values": tuple(values),
        "orders.skip.status": tuple(unpaid_of(sheet, columns)),
    }
    return replace(made, stated=stated, why=why)


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
