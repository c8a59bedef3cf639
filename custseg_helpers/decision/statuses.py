"""What the statuses say: sale, never happened, came back; a value that nobody knows and that carries money is asked."""

import re

import numpy as np
import pandas as pd

from custseg_helpers.decision.questions import Choice, Question
from custseg_helpers.evidence.called import bucket, direction, plain
from custseg_helpers.evidence.contents import (
    Column,
)
from custseg_helpers.evidence.layout import Layout
from custseg_helpers.evidence.plain_lines import (
    REFUND_COLUMN,
    Counted,
)
from custseg_helpers.evidence.sheet_evidence import Evidence
from custseg_helpers.evidence.systems import Match
from custseg_helpers.words.text import T, listed

FEW = 40
"""A column of statuses has at most so many values."""
FEW_UNNAMED = 6
"""And one whose name says nothing so many, where half of them are known; the others are asked."""


def sort_statuses(
    found: Evidence, layout: Layout, hit: Match | None
) -> tuple[dict[str, dict[str, tuple[str, ...]]], tuple[str, ...]]:
    """Sort every value of every status column; what nobody knows stays out, and is asked where it carries money."""
    taken = set(layout.columns.values())
    known = {plain(name): buckets for name, buckets in hit.system.statuses.items()} if hit else {}
    ignored = {plain(name) for name in hit.system.layout.get("ignore", ())} if hit else set()
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    fill = []
    for column in found.columns.values():
        told = known.get(plain(column.name))
        if plain(column.name) in ignored or (column.name in taken and told is None):
            continue
        if told is None and not _is_status(column, found):
            continue
        sorted_: dict[str, list[str]] = {}
        of_system = {value: key for key, values in (told or {}).items() for value in values}
        folded = {plain(value): key for value, key in of_system.items()}
        for value in column.texts():
            meaning = of_system.get(value) or folded.get(plain(value)) or _meaning(value, column)
            if meaning:
                sorted_.setdefault(meaning, []).append(value)
        made[column.name] = {key: tuple(sorted(values)) for key, values in sorted_.items()}
        if "order_id" in layout.columns and first_row_only(column, found, layout.columns["order_id"]):
            fill.append(column.name)
    return made, tuple(fill)


def sale_and_refund(found: Evidence, layout: Layout) -> bool:
    """Tell whether the rows of every order with several rows are its sale and what went back, not its items."""
    if "order_id" not in layout.columns:
        return False
    back = np.zeros(len(found.frame), dtype=bool)
    for name, lists in layout.statuses.items():
        words = [value for key in ("back", "credit", "out") for value in lists.get(key, ())]
        column = found.columns[name]
        back |= np.isin(np.array([*column.texts(), ""], dtype=object)[column.codes], words)
    rows = pd.DataFrame({"order": found.columns[layout.columns["order_id"]].codes, "back": back})
    several = rows[rows["order"].duplicated(keep=False)].groupby("order")["back"].agg(["sum", "size"])
    return bool(len(several)) and bool(((several["sum"] == 1) & (several["size"] == 2)).all())


def _is_status(column: Column, found: Evidence) -> bool:
    """Tell whether a column holds statuses: by its name, or because most of its few values are words for them."""
    if column.kind not in ("text", "number") or column.distinct == 0 or column.distinct > FEW:
        return False
    meanings = [bucket(text) for text in column.texts()]
    known = sum(meaning is not None for meaning in meanings)
    if {"status", "fulfilment", "direction"} & set(column.roles[:1]):
        place = plain(column.name) in ("state", "estado", "type") and known == 0
        return not place and (column.kind == "text" or _codes(column))
    if _SAYS_STATUS.search(column.name) and not _OF_PEOPLE.search(column.name):
        return column.kind == "text" or _codes(column)
    if (column.roles and "attribute" not in column.roles) or column.distinct > max(2, 0.5 * column.filled):
        return False
    words = {
        text: meaning
        for text, meaning in zip(column.texts(), meanings, strict=True)
        if plain(text) not in _LOOSE
    }
    some = any(words.values()) and 1 < column.distinct <= FEW_UNNAMED
    both = known == len(meanings) and "sale" in meanings and bool({"never", "back"} & set(meanings))
    strong = any(meaning in ("never", "back", "partial", "credit") for meaning in words.values())
    return column.kind == "text" and (((strong or some) and known >= 0.5 * len(meanings)) or both)


_OF_DELIVERY = re.compile(
    "ship|deliver|fulfil|dispatch|versand|liefer|envío|envio|livraison|物流|发货|發貨|配送|発送|出荷|배송",
    re.IGNORECASE,
)
"""How far a parcel has come: its codes say nothing of money."""
MOST_CODES = 12
"""Numbers in a column called status stand for words while they are so few."""


def _codes(column: Column) -> bool:
    """Tell whether numbers stand for words: a few whole ones, more than one."""
    return (
        column.kind == "number"
        and not _OF_DELIVERY.search(column.name)
        and 1 < column.distinct <= MOST_CODES
        and all(text.isdecimal() and len(text) <= 4 for text in column.texts())
    )


_SAYS_STATUS = re.compile(
    "status|(order|payment|financial)[ _]?state|stage|statut|etapa|状态|狀態|状態|阶段|ステータス|상태",
    re.IGNORECASE,
)


_OF_PEOPLE = re.compile(
    "marital|member|customer|client|employ|civil|famil|tax|会员|客户|婚|顾客|員|회원", re.IGNORECASE
)
"""A status of people, not of orders."""


_LOOSE = frozenset(
    (  # noqa: SIM905
        "new|open|sent|lead|active|hold|return|lost|offer|error|无|否|是|none|正常|"
        "credit|re|or|removed|其他|关闭|开放|offen|sale|normal|regular|order"
    ).split("|")
)
"""Words of statuses that mean something else just as often: they make no column one of statuses."""


_DOCUMENTS = ("type", "类型", "belegart", "saty", "業務")


_CAME_THROUGH = frozenset(
    (  # noqa: SIM905
        "success|successful|succeeded|completed|complete|done|approved|processed|"
        "成功|完成|已完成|已到账|已处理|同意|已同意"
    ).split("|")
)
"""In a column about refunds these say that the money went back."""


def _meaning(value: str, column: Column) -> str | None:
    found = direction(value) if "direction" in column.roles else bucket(value)
    if plain(value) in _CAME_THROUGH and any(word in column.name.casefold() for word in REFUND_COLUMN):
        return "back"
    if "fulfilment" in column.roles:
        return (
            found
            if found in ("back", "partial") or plain(value) in ("cancelled", "canceled", "已取消")
            else "sale"
        )
    if found == "back" and any(word in column.name.casefold() for word in _DOCUMENTS):
        return "credit"
    return "sale" if found == "in" else found


def first_row_only(column: Column, found: Evidence, order: str) -> bool:
    """Tell whether a column is blank exactly on further rows of orders."""
    blank = column.codes < 0
    if not blank.any():
        return False
    codes = found.columns[order].codes
    first = np.r_[True, codes[1:] != codes[:-1]]
    return not (blank & first).any() and bool((~first).any())


EACH = T(
    zh="一个号码管全部；各不相同就按这个顺序一个值写一个号码，如 [1, 2, 3]。",
    en=" One number is for all of them; where they differ, write one for each in this order, such as [1, 2, 3].",
)


def ask_statuses(made: Counted, layout: Layout) -> list[Question]:
    """Ask about all unknown values of one column together."""
    asked = []
    for name in dict.fromkeys(unknown.column for unknown in made.unknown):
        values = [unknown for unknown in made.unknown if unknown.column == name]
        said = [f"{u.value} ({u.rows:,}, {u.money:,.2f})" for u in values]
        words = [u.value for u in values]
        ask = T(
            zh="“{c}”里有 {v}（括号里是行数和金额，例如订单 {o}）。这些算哪一种？",
            en="“{c}” says {v} (rows and money in brackets; order {o}, for example). What are these?",
        ).format(c=name, v=listed(said), o=values[0].example)
        ask += EACH if len(values) > 1 else T(zh="", en="")
        asked.append(Question("statuses", ask, meanings(name, words), sum(abs(u.money) for u in values)))
    return asked


def meanings(name: str, words: list[str]) -> tuple[Choice, ...]:
    """Return what values of a column may mean, as the choices of a question."""
    return tuple(
        Choice(says, {"statuses": {name: {key: words}}})
        for key, says in (
            ("sale", T(zh="卖成了", en="sales")),
            ("never", T(zh="没成交，不算", en="never happened")),
            ("back", T(zh="卖了又退", en="sold and returned")),
        )
    )
