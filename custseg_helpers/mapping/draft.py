"""A mapping in the making: proposed from the files, corrected by a person, written as `company.toml`.

The command line and the notebook share it. Every function returns a new draft; the files are only read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import attrs

from custseg_helpers.decision.decide import decide
from custseg_helpers.decision.questions import Answer, Question
from custseg_helpers.evidence.contents import same_but_for_zeros
from custseg_helpers.evidence.country import ZONES, currency_of
from custseg_helpers.evidence.days import snapshot_of, which_first
from custseg_helpers.evidence.heads import orders_and_items
from custseg_helpers.evidence.overlaps import without_overlaps
from custseg_helpers.mapping.as_exported import left_out
from custseg_helpers.mapping.cells import ids
from custseg_helpers.mapping.columns import MAPPED, field_kinds
from custseg_helpers.mapping.keys import ALL_CAME_ABOUT, CANCELLED, UNASKED, asked, told_of_cancelled
from custseg_helpers.mapping.propose import (
    Guess,
    duplicates_in,
    guesses,
    returns_of,
    table_of,
    unpaid_of,
)
from custseg_helpers.reading.dates import zone_written
from custseg_helpers.reading.joined import joined
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.reading.parts import alike, are_parts, names, stacked
from custseg_helpers.reading.sheet import Sheet, filled_cells
from custseg_helpers.words.text import T, UserError

LOOK = T(zh="请核对", en="please check")
UNSURE = 0.75
"""Below this the user is asked to look."""
SWAPPED = T(
    zh="日期：1 日到 12 日的都是 Excel 日期，13 日以后的都是文字，多半是表格软件按别国的写法把日月对调了；已调回来（dates = swapped），请核对。",
    en="Dates: those up to the 12th are dates of Excel, later ones are text; a spreadsheet with another country's settings has probably swapped day and month. They are swapped back (dates = swapped): please check.",
)
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
    plain: Sheet | None = None
    """of orders, where the sheet has to be put in order first: the rows that will be plain lines, and their days"""


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
    questions: tuple[Question, ...] = ()
    """what only a person can say; a run waits for it"""
    answers: Mapping[int, Answer] = field(default_factory=dict)
    """of questions, by their place from 0, the number of the choice from 1, or one for each value that is asked about"""
    notes: tuple[T, ...] = ()
    """what was found on the way: which system's export it is, which rows were left out, ids that are masked"""
    chosen: frozenset[str] = frozenset()
    """keys that a person decided: a proposal made anew leaves them"""
    totals: Mapping[str, float] = field(default_factory=dict)
    """customers, orders, gross and net, read so and before cleaning"""

    def __getitem__(self, key: str) -> Any:
        return self.stated[key]

    @property
    def orders(self) -> Part:
        """The table of orders."""
        return self.parts["orders"]

    @property
    def unsaid(self) -> tuple[T, ...]:
        """What is taken for granted as long as nothing says which orders were cancelled; nothing where it is asked."""
        lists = [self.stated.get(f"orders.{key}") or () for key in ("statuses", "paid_when")]
        told = told_of_cancelled(self.orders.columns, lists, self.stated["orders.returns.by"])
        asked_ = any(one.about == CANCELLED for one in self.questions)
        return () if told or asked_ else (UNASKED.format(a=ALL_CAME_ABOUT),)


def draft(sheets: Sequence[Sheet], tables: Sequence[str | None] | None = None) -> Draft:
    """Propose a mapping from all sheets of one's files.

    The fullest sheet that looks like a table becomes that table; files with the very same columns are read together.
    If none looks like orders, the fullest is taken for them, so that there is something to correct. `tables` says of
    each sheet which table it is (`None`: not used), where the user knows better.
    """
    if not sheets:
        raise UserError(zh="没有可读的表。", en="There is no table to read.")
    if tables is None:
        sheets = one_workbook(sheets)
    groups = _by_columns(sheets)
    whole = [_together(group) for group in groups]
    pair = orders_and_items(whole) if tables is None else None
    if pair:
        files = [tuple(sheet.file for sheet in group) for group in groups]
        of_heads, of_items = (
            next(own for sheet, own in zip(whole, files, strict=True) if sheet is one)
            for one in (pair.heads, pair.items)
        )
        others = [
            sheet
            for one, group in zip(whole, groups, strict=True)
            if one is not pair.heads and one is not pair.items
            for sheet in group
        ]
        sheets, tables = [joined(*pair), *others], ["orders", *_without_orders(others)]
    found = list(tables) if tables is not None else [table_of(sheet) for sheet in sheets]
    fullest = list(zip(sheets, found, strict=True))
    if len(fullest) > 1:
        fullest.sort(key=lambda pair: -filled_cells(pair[0]))
    if "orders" not in found:
        fullest[0] = (fullest[0][0], "orders")
    parts: dict[str, Part] = {}
    of_orders: list[Sheet] = []
    aside = []
    for sheet, said in fullest:
        part_of_orders = tables is None and "orders" in parts and _alike(parts["orders"].sheet, sheet)
        table = "orders" if said is None and part_of_orders else said
        if table is not None and table not in parts:
            parts[table] = _part(table, sheet)
            of_orders += [sheet] if table == "orders" else []
        elif table is not None and _alike(parts[table].sheet, sheet):
            parts[table] = replace(parts[table], files=(*parts[table].files, sheet.file))
            of_orders += [sheet] if table == "orders" else []
        else:
            aside.append(sheet)
    read = read_orders(_together(of_orders))
    parts["orders"] = orders = replace(read.part, files=of_items if pair else parts["orders"].files)
    currency, reason = currency_of(orders.sheet, orders.columns)
    if read.currency:
        currency, reason = read.currency, T(zh="币种列里写着", en="written in the column of currencies")
    copies = T(
        zh="整行重复的有 {n:,} 行；要只留一行就写 drop",
        en="{n:,} rows repeat exactly; write drop to keep one of each",
    ).format(n=duplicates_in(orders.sheet))
    found_parts = {table: parts[table] for table in MAPPED if table in parts}
    stated = {key.path: None if key.default is attrs.NOTHING else key.default for key in asked(found_parts)}
    stated |= {
        f"{table}.dates": date_order(table, part.sheet, part.columns) for table, part in found_parts.items()
    }
    stated |= {"name": orders.sheet.file.stem, "currency": currency}
    written = (
        zone_written(orders.sheet.frame[orders.columns["order_date"]])
        if "order_date" in orders.columns
        else None
    )
    stated["time_zone"] = written or ZONES.get(currency, stated["time_zone"])
    stated |= read.stated
    if pair:
        stated |= {
            "orders.heads.by": pair.by,
            "orders.heads.of": pair.of,
            "orders.heads.file": of_heads if len(of_heads) > 1 else of_heads[0],
        }
        stated |= {"orders.heads.sheet": pair.heads.about["sheet"]} if "sheet" in pair.heads.about else {}
    why = {"orders.duplicates": copies, "currency": reason or LOOK} | dict(read.why)
    notes = (*read.notes, SWAPPED) if stated["orders.dates"] == "swapped" else read.notes
    notes += _zeros_cut(found_parts)
    return _inferred(
        Draft(found_parts, stated, why, tuple(aside), read.questions, {}, notes, totals=read.totals)
    )


def _zeros_cut(parts: Mapping[str, Part]) -> tuple[T, ...]:
    """Say that the list of customers writes ids with zeros in front and the orders without, or the other way round."""
    columns = [
        (parts[name].sheet.frame, parts[name].columns.get("customer_id"))
        for name in ("orders", "customers")
        if name in parts
    ]
    if len(columns) < 2 or any(column is None or list(frame).count(column) != 1 for frame, column in columns):
        return ()
    known, listed_ = (ids(frame[column]).dropna().unique().tolist() for frame, column in columns)
    same = same_but_for_zeros(listed_, known)
    said = T(
        zh="客户名单里写 {x}，订单里写 {y}：只差前面的零，当作同一位。请核对。",
        en="The list of customers says {x} and the orders say {y}: only zeros in front differ, so they count as one. Please check.",
    )
    return tuple(said.format(x=one, y=other) for one, other in list(same.items())[:1])


def _without_orders(sheets: Sequence[Sheet]) -> list[str | None]:
    return [None if table == "orders" else table for table in map(table_of, sheets)]


def one_workbook(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, those of one workbook that have the columns of its fullest (one a month, say) as one table."""
    made: list[Sheet] = []
    for file in dict.fromkeys(sheet.file for sheet in sheets):
        own = [sheet for sheet in sheets if sheet.file == file]
        same = alike(own) if own[0].about.get("kind") == "excel" and own[0].frame.shape[1] > 1 else own[:1]
        made += [stacked(same) if len(same) > 1 else own[0]]
        made += [sheet for sheet in own if all(sheet is not one for one in same)]
    return made


def _by_columns(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Return sheets in groups, other files with the same columns (one a month, say) in one."""
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        group = next((found for found in groups if _alike(found[0], sheet)), None)
        if group is None:
            groups.append([sheet])
        else:
            group.append(sheet)
    return groups


def _together(sheets: Sequence[Sheet]) -> Sheet:
    """Return all files of orders as one table, called as the fullest: a later month has words that an earlier lacks."""
    if len(sheets) == 1:
        return sheets[0]
    return replace(stacked(sheets), file=sheets[0].file)


def mapped(made: Draft, table: str, columns: Mapping[str, str]) -> Draft:
    """Return the draft with other columns for a table; what follows from them (snapshot, returns) is proposed anew."""
    part = made.parts[table]
    parts = dict(made.parts)
    date = DATES.get(table, "")
    changed_fields = {
        name for name in {*part.columns, *columns} if part.columns.get(name) != columns.get(name)
    }
    same = date not in changed_fields
    order = made[f"{table}.dates"] if same else date_order(table, part.sheet, columns)
    parts[table] = replace(part, columns=dict(columns))
    answered = {"amount", "price", "quantity", "customer_id"} & changed_fields if table == "orders" else set()
    answered |= {CANCELLED} if table == "orders" and "status" in columns else set()
    kept = [place for place, one in enumerate(made.questions) if one.about not in answered]
    changed = replace(
        made,
        parts=parts,
        stated=dict(made.stated) | {f"{table}.dates": order},
        questions=tuple(made.questions[place] for place in kept),
        answers={new: made.answers[old] for new, old in enumerate(kept) if old in made.answers},
        chosen=made.chosen if same else made.chosen - {"as_of", f"{table}.dates"},
    )
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
    return Part(table, sheet, {name: guess.column for name, guess in found.items()}, found, (sheet.file,))


@dataclass(frozen=True)
class Read:
    """What was decided about a sheet of orders."""

    part: Part
    stated: Mapping[str, Any]
    why: Mapping[str, T]
    questions: tuple[Question, ...]
    notes: tuple[T, ...]
    currency: str | None
    totals: Mapping[str, float]


BESIDE = ("quantity", "product_id", "product_name", "category", "discount", "channel", "region", "city")
"""Fields of an order line that move no money; their names are enough."""


def read_orders(sheet: Sheet) -> Read:
    """Decide how a sheet of orders is to be read: contents, known systems, names, and what has to be asked."""
    made = decide(sheet.frame, sheet.about.get("separator"))
    once = without_overlaps(sheet, made.layout.columns, made.layout.statuses, "ymd")
    if len(once.frame) < len(sheet.frame):
        made = decide(once.frame, sheet.about.get("separator"))
    named = {guess.field: guess for guess in guesses(sheet, "orders")}
    layout, used = made.layout, set(made.layout.columns.values())
    columns = dict(layout.columns)
    for name in BESIDE:
        guess = named.get(name)
        free = guess and name not in columns and guess.column not in used | set(layout.statuses)
        if guess and free and (name != "discount" or _is_share(sheet, guess.column)):
            columns[name] = guess.column
    found = {}
    for name, column in columns.items():
        known = named.get(name)
        if known and known.column == column and name not in made.why:
            found[name] = known
        else:
            sure = 0.95 if made.match and made.match.sure else 0.5 if name in made.by_contents else 0.8
            found[name] = Guess(name, column, sure, made.why.get(name, _BY_NAME))
    in_order = {name: columns[name] for name in field_kinds("orders") if name in columns}
    dated = [columns["order_date"]] if "order_date" in columns else []
    plain = replace(sheet, frame=made.plain.work.loc[made.plain.kept, dated]) if made.needed else None
    part = Part("orders", sheet, in_order, {name: found[name] for name in in_order}, (sheet.file,), plain)
    stated: dict[str, Any] = {"orders.rows": layout.rows}
    if made.needed:
        keys = {
            "decimal": ".",
            "worth": {},
            "plus": {},
            "minus": {},
            "amount_per": "line",
            "refund_per": "line",
            "shared_by": (),
            "fill": (),
            "nobody": (),
        }
        stated |= {
            f"orders.{key}": getattr(layout, key)
            for key, usual in keys.items()
            if getattr(layout, key) != usual
        }
        stated |= {"orders.tidy": True, "orders.statuses": layout.statuses}
    notes = [*made.notes, *left_out(made.plain)]
    if made.match:
        said = T(
            zh="认出来了：{s} 的导出表（{p:.0%} 的特征列在）。",
            en="Recognised: an export of {s} ({p:.0%} of its columns are there).",
        )
        notes.insert(0, said.format(s=made.match.system.name, p=made.match.score))
    why = {"orders.rows": made.why["rows"]} if "rows" in made.why else {}
    if made.assumed:
        stated["assumed"] = tuple(map(str, made.assumed))
        notes += [UNASKED.format(a=one) for one in made.assumed]
    open_ = tuple(one for one in made.questions if one.answerable)
    return Read(part, stated, why, open_, tuple(notes), made.currency, made.plain.totals)


_BY_NAME = T(zh="列名相符，内容也合", en="the name fits, and so do the contents")


def _is_share(sheet: Sheet, column: str) -> bool:
    """Tell whether a discount is a share of the price, not an amount of money."""
    values = numbers(sheet.frame[column])[0].dropna().abs()
    return bool(len(values)) and bool((values <= 1).mean() > 0.98)


def _inferred(made: Draft) -> Draft:
    part, dates = made.orders, made["orders.dates"]
    columns = dict(part.columns)
    sheet = part.plain if part.plain and columns.get("order_date") in part.plain.frame else part.sheet
    as_of = None
    if "order_date" in columns:
        as_of, _ = snapshot_of(sheet, columns["order_date"], None if dates == "?" else dates)
    rows, why_rows = "lines" if "order_id" in columns else "orders", made.why.get("orders.rows")
    returns, skip = "sign", tuple[str, ...]()
    values: list[str] = []
    if part.plain is None:
        returns, values, reason = returns_of(sheet, columns)
        skip = tuple(unpaid_of(sheet, columns))
    else:
        reason = T(zh="负数是退货；状态另列在下面", en="negative is a return; statuses stand below")
        rows = "days" if made.stated.get("orders.rows") == "days" and rows == "orders" else rows
    why = {key: text for key, text in made.why.items() if key != "orders.rows"} | {
        "orders.returns.by": reason
    }
    if rows == "orders":
        why["orders.rows"] = T(
            zh="没找到单号，每行算一单", en="no order number was found: every row is one order"
        )
    elif why_rows is not None and rows == "days":
        why["orders.rows"] = why_rows
    stated = dict(made.stated) | {
        "as_of": as_of,
        "orders.rows": rows,
        "orders.returns.by": returns,
        "orders.returns.values": tuple(values),
        "orders.skip.status": skip,
    }
    decided = {key: made.stated[key] for key in made.chosen if key in made.stated}
    reasons = {key: made.why[key] for key in made.chosen if key in made.why}
    return replace(made, stated=stated | decided, why=why | reasons)


def date_order(table: str, sheet: Sheet, columns: Mapping[str, str]) -> str | None:
    """Return which comes first in a table's dates, day or month; `None` where no date needs it, "?" where nothing tells."""
    column = columns.get(DATES.get(table, ""))
    return None if column is None else which_first(sheet, column)


def _alike(one: Sheet, other: Sheet) -> bool:
    """Tell whether two sheets are parts of one table: other files with the same columns."""
    return one.file != other.file and are_parts(names(one), names(other))
