"""Words in two languages: the current language, the glossary, and errors written for people."""

import csv
import difflib
import locale
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Every language of the course; in its sources they stand in this order. `docs/adapting.md` adds one."""

CODE = re.compile("[a-z][a-z0-9_]*")
"""How the codes of the glossary are written."""

_current: Language | None = None


def stand_in(code: str) -> Language:
    """Return the language that stands in where a text has no `code` yet: Chinese for 繁體 (`zh_tw`), else English.

    >>> stand_in("zh_tw"), stand_in("de")
    ('zh', 'en')
    """
    return "zh" if code.startswith("zh") else "en"


def language() -> Language:
    """Return the language people are addressed in, one of `LANGUAGES`.

    The last `use_language()` wins, then the environment variable `CUSTSEG_LANG`, then the system's.
    """
    if _current:
        return _current
    wanted = (os.environ.get("CUSTSEG_LANG") or locale.getlocale()[0] or "").lower()
    if wanted.startswith("chinese"):
        return "zh"
    return max((code for code in LANGUAGES if wanted.startswith(code)), key=len, default="en")


def use_language(code: Language) -> None:
    """Address people in `code` from here on.

    >>> use_language("en")
    >>> str(T(zh="客户", en="customer"))
    'customer'
    """
    global _current
    if code not in LANGUAGES:
        raise UserError(
            zh=f"没有“{code}”这种语言，可选：{'、'.join(LANGUAGES)}。",
            en=f"No language “{code}”: choose from {', '.join(LANGUAGES)}.",
        )
    _current = code


@dataclass(frozen=True)
class T:
    """One text in Chinese and English; `str()` gives it in the current language.

    >>> T(zh="{n} 位客户", en="{n} customers").format(n=3).en
    '3 customers'
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return str(getattr(self, language()))

    def format(self, **values: Any) -> "T":
        """Fill `{name}` places in both languages; a value may itself be a `T`."""

        def words(lang: Language) -> dict[str, Any]:
            return {k: getattr(v, lang) if isinstance(v, T) else v for k, v in values.items()}

        return T(**{code: getattr(self, code).format(**words(code)) for code in LANGUAGES})


class UserError(ValueError):
    """Something a person can put right: says what, where and how, in their language.

    The command line prints it as one message and leaves with exit code 2.

    >>> use_language("en")
    >>> str(UserError(zh="缺少列“金额”。", en="Column “amount” is missing."))
    'Column “amount” is missing.'
    """

    def __init__(self, zh: str, en: str):
        super().__init__(zh, en)
        self.text = T(zh=zh, en=en)

    def __str__(self) -> str:
        return str(self.text)

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: IPython prints this in place of a traceback."""
        return [str(self)]


@cache
def glossary() -> dict[str, dict[str, str]]:
    """Return every term of the course by its code: `en`, `zh_cn`, `zh_tw` and a `note`."""
    with open(Path(__file__).with_name("glossary.csv"), encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@cache
def _names() -> dict[str, T]:
    """Names of columns, from the standard tables' one definition, and above them the glossary's terms."""
    from custseg_helpers.company.schema import titles

    def name(row: dict[str, str]) -> T:
        return T(zh=row["zh_cn"], en=row["en"], **{code: row.get(code, "") for code in LANGUAGES[2:]})

    return titles() | {code: name(row) for code, row in glossary().items()}


def term(code: str) -> T:
    """Return the name of a column, segment or term in both languages.

    >>> term("dormant"), term("order_date")
    (T(zh='休眠客户', en='dormant'), T(zh='下单日期', en='order date'))
    """
    if code in _names():
        return _names()[code]
    near = "、".join(difflib.get_close_matches(code, _names(), n=3)) or "—"
    raise UserError(
        zh=f"词汇表里没有“{code}”。相近的有：{near}",
        en=f"The glossary has no “{code}”. Close to it: {near}",
    )


def label(code: str) -> str:
    """Return the name of a column, segment or term in the current language.

    What cannot be a code of ours (a team's own category, say) is its own name.

    >>> use_language("zh")
    >>> label("dormant"), label("家具"), label("Office Supplies")
    ('休眠客户', '家具', 'Office Supplies')
    """
    return str(term(code)) if CODE.fullmatch(code) else code


def labelled(table: Any) -> Any:
    """Return a copy of a table or series whose column, index and category codes read as names.

    Codes that the glossary does not know (a product name, a customer's id) stay as they are.

    >>> import pandas as pd
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
    if len(table):
        names = [name(level) for level in table.index.names]
        table.index = table.index.map(
            lambda key: tuple(map(name, key)) if isinstance(key, tuple) else name(key)
        )
        table.index.names = names
    return table
