"""The glossary: what every column, group and term of the course is called, in each language."""

import csv
import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from custseg_helpers.words.text import FURTHER, T, UserError, listed

CODE = re.compile("[a-z][a-z0-9_]*")
"""How the codes of the glossary are written."""
BEHIND = re.compile(r"\s*[（(][^（）()]*[）)]$")
"""What stands in brackets behind a name."""

ALSO_CALLED = {
    "frequency": ("订单数", "次数", "单数", "orders", "order_count", "times"),
    "phone": ("手机", "手机号", "mobile"),
    "lines": ("行数",),
    "as_of": ("today", "now", "date_today", "今天", "today_date"),
}
"""What people also call a column, or a name in a notebook, besides its heading."""


@cache
def glossary() -> dict[str, dict[str, str]]:
    """Return every term of the course by its code: `en`, `zh_cn`, `zh_tw` and a `note`."""
    with open(Path(__file__).with_name("glossary.csv"), encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@cache
def _names() -> dict[str, T]:
    """Return the name of every term by its code."""
    return {
        code: T(zh=row["zh_cn"], en=row["en"], **{more: row.get(more, "") for more in FURTHER})
        for code, row in glossary().items()
    }


@cache
def codes() -> dict[str, str]:
    """Return the code of every term by its name, in either language, also without what stands in brackets behind it."""
    whole = {name: code for code, row in glossary().items() for name in (row["zh_cn"], row["en"])}
    return {BEHIND.sub("", name): code for name, code in reversed(whole.items())} | whole


def code_of(value: Any) -> Any:
    """Return the code of what is called so in either language; anything else stays what it is.

    >>> code_of(" 休眠客户"), code_of("high value to keep"), code_of("P19 "), code_of(3)
    ('dormant', 'key_retain', 'P19', 3)
    """
    return codes().get(value.strip(), value.strip()) if isinstance(value, str) else value


def term(code: str) -> T:
    """Return the name of a column, segment or term in both languages.

    >>> term("dormant"), term("order_date")
    (T(zh='休眠客户', en='dormant'), T(zh='下单日期', en='order date'))
    """
    if code in _names():
        return _names()[code]
    near = listed(difflib.get_close_matches(code, _names(), n=3)) or "—"
    raise UserError(
        T(
            zh="词汇表里没有“{code}”。相近的有：{near}",
            en="The glossary has no “{code}”. Close to it: {near}",
        ).format(code=code, near=near)
    )


def label(code: str) -> str:
    """Return the name of a column, segment or term in the current language.

    What cannot be a code of ours (a team's own category, say) is its own name.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("zh")
    >>> label("dormant"), label("家具"), label("Office Supplies")
    ('休眠客户', '家具', 'Office Supplies')
    """
    return str(term(code)) if CODE.fullmatch(code) else code


def headed(table: Any, heads: Mapping[str, T]) -> Any:
    """Return a table whose columns read as their heads in the current language; others stay as they are."""
    return table.rename(columns={code: str(head) for code, head in heads.items()})


def labelled(table: Any) -> Any:
    """Return a copy of a table or series whose column, index and category codes read as names.

    Codes that the glossary does not know (a product name, a customer's id) stay as they are.

    >>> import pandas as pd
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> labelled(pd.Series({"dormant": 3, "loyal": 5})).index.tolist()
    ['dormant', 'loyal']
    """
    words = {code: str(text) for code, text in _names().items()}

    def name(value: Any) -> Any:
        return words.get(value, value) if isinstance(value, str) else value

    table = table.copy()
    if table.ndim == 2:
        for column in table.columns:
            if table[column].dtype == object or str(table[column].dtype) in ("str", "string", "category"):
                table[column] = [name(value) for value in table[column]]
        table.columns = [name(column) for column in table.columns]
        table.columns.name = None
    else:
        table.name = name(table.name)
    if len(table):
        names = [name(level) for level in table.index.names]
        table.index = table.index.map(
            lambda key: tuple(map(name, key)) if isinstance(key, tuple) else name(key)
        )
        if table.index.nlevels == len(names):  # row names that are pairs became levels of their own
            table.index.names = names
    return table
