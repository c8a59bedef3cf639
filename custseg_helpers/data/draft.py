"""A mapping in the making: proposed from the files, corrected by a person, written as `company.toml`.

The command line and the notebook share it. Every function returns a new draft; the files are only read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from custseg_helpers.data.mapping import MAPPED
from custseg_helpers.data.propose import (
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
from custseg_helpers.data.sheet import Sheet
from custseg_helpers.text import T, UserError

UNSURE = 0.75
"""Below this the user is asked to look."""
LOOK = T(zh="请核对", en="please check")
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
    parts[table] = replace(part, columns=dict(columns), dates=_date_order(table, part.sheet, columns))
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


def toml(made: Draft, folder: Path) -> str:
    """Return the text of a `company.toml` that stands in `folder`: every line that was inferred says why."""
    day = T(zh="最后一个下单日的次日", en="the day after the last order")
    lines = [
        f"# {T(zh='由 custseg 推断，请逐行核对。', en='Inferred by custseg: check every line.')}",
        f"name = {_quoted(made.name)}",
        f"as_of = {made.as_of:%Y-%m-%d} # {made.why.get('as_of', day)}"
        if made.as_of is not None
        else f"# as_of = ? # {T(zh='快照日：', en='the snapshot: ')}{day}",
        f"currency = {_quoted(made.currency)} # {made.why.get('currency', LOOK)}",
        f"time_zone = {_quoted(made.time_zone)} # {made.why.get('time_zone', T(zh='只影响带时区的时间，请核对', en='matters only for times that state a zone; please check'))}",
    ]
    for part in made.parts.values():
        lines += ["", *_section(made, part, folder)]
    for sheet in made.left_aside:
        lines += ["", f"# {T(zh='没用到', en='not used')}: {_comment(called(sheet))}"]
    return "\n".join(lines) + "\n"


def _section(made: Draft, part: Part, folder: Path) -> list[str]:
    about, table = part.sheet.about, part.table
    names = [_path(file, folder) for file in part.files]
    lines = [
        f"[{table}]",
        f"file = {_quoted(names[0]) if len(names) == 1 else json.dumps(names, ensure_ascii=False)}",
    ]
    lines += [
        f"{key} = {_quoted(about[key])}"
        for key in ("sheet", "encoding", "separator")
        if key in about and about[key] != "utf-8-sig" and len(names) == 1
    ]
    if about.get("header_row", 1) > 1:
        lines.append(f"header_row = {about['header_row']}")
    lines += _dates(part)
    if table == "orders":
        lines += [
            f'rows = "{made.rows}"' + (f" # {made.why['rows']}" if "rows" in made.why else ""),
            f'duplicates = "{made.duplicates}" # {made.why["duplicates"]}',
        ]
    lines += ["", f"[{table}.columns]"]
    for name, column in part.columns.items():
        guess = part.guesses.get(name)
        known = guess is not None and guess.column == column
        reason = f"{guess.sure:.0%} {guess.why}" if guess and known else T(zh="由你指定", en="chosen by you")
        lines.append(f"{name} = {_quoted(column)} # {reason}")
    if table == "orders":
        lines += [f"# {name} = ? # {text}" for name, text in missing(part.columns).items()]
        lines += ["", "[orders.returns]", f'by = "{made.returns}" # {_comment(made.why["returns"])}']
        if made.return_values:
            lines.append(f"values = {json.dumps(made.return_values, ensure_ascii=False)}")
        if made.skip_status and "status" in part.columns:
            why = T(zh="没有成交的订单", en="orders that never came about")
            lines += ["", "[orders.skip]"]
            lines.append(f"status = {json.dumps(made.skip_status, ensure_ascii=False)} # {why}")
    others = [str(name) for name in part.sheet.frame.columns if name not in part.columns.values()]
    if others:
        unused = T(zh="没用到的列：{c}", en="columns not used: {c}").format(c=", ".join(others[:100]))
        lines += ["", f"# {_comment(unused)}"]
    return lines


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


def _dates(part: Part) -> list[str]:
    if part.dates == "?":
        ask = T(
            zh="03/04 是三月还是四月？去掉井号，写 dmy 或 mdy",
            en="is 03/04 in March or April? Remove the # and write dmy or mdy",
        )
        return [f'# dates = "dmy" # {ask}']
    why = T(zh="有的日期只能这样读，请核对", en="some dates can only be read this way; please check")
    return [f'dates = "{part.dates}" # {why}'] if part.dates else []


def _alike(one: Sheet, other: Sheet) -> bool:
    """Tell whether two sheets are parts of one table: other files of the same kind with the same columns."""
    same = [sheet.about.get("sheet") or sheet.about.get("separator") for sheet in (one, other)]
    return (
        one.file != other.file
        and same[0] == same[1]
        and one.about.get("header_row") == other.about.get("header_row")
        and list(one.frame.columns) == list(other.frame.columns)
    )


def called(sheet: Sheet) -> str:
    """Return what to call a sheet: its file, and its name in an Excel file."""
    name = sheet.about.get("sheet")
    return f"{sheet.file.name} › {name}" if name else sheet.file.name


def _path(file: Path, folder: Path) -> str:
    beside = file.resolve().parent == folder.resolve()
    return file.name if beside else file.resolve().as_posix()


def _quoted(text: str) -> str:
    if not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UserError(
            zh=f"文件名 {text!r} 不是合格的文字，请改个名字再来。",
            en=f"The file name {text!r} is no proper text: rename the file and try again.",
        )
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: object) -> str:
    """Return a text that may stand in a comment: on one line, without control characters."""
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]+", " ", str(text))
