"""Names for readers and names for code: what a column is called, how it is written, what stands in it."""

from typing import Any

import pandas as pd

from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.company.schema import FIELDS
from custseg_helpers.unreadable.near import by_label
from custseg_helpers.words.glossary import CODE, glossary
from custseg_helpers.words.glossary import label as name_of
from custseg_helpers.words.text import Language, T, speaking

EXAMPLES = 3
"""Rows of a table that a card shows."""
HEAD = (T(zh="叫什么", en="it is called"), T(zh="代码里写", en="in code"))
ROW = T(zh="第 {n} 行", en="row {n}")


def label(name: str) -> str:
    """Return what a code is called in the current language, or the code of what is called so.

    What is neither (a team's own category, say) is its own name.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("zh")
    >>> label("customer_id"), label("客户编号"), label("order date"), label("家具套装")
    ('客户编号', 'customer_id', 'order_date', '家具套装')
    """
    if CODE.fullmatch(name) and name in glossary():
        return name_of(name)
    own = last_loaded()
    # A team's own words for its values stay as they are: only columns are read backwards there.
    known = [field.name for field in FIELDS] if own is not None and own.own else list(glossary())
    codes = by_label(name, known, exact=True)
    return codes[0] if codes else name_of(name)


def card(table: pd.DataFrame, name: str, lang: Language) -> str:
    """Return a table's names as Markdown: each column as it is called, as it is written in code, and its first values.

    `name` is what the table is called in code. An index that has a name is told as such.

    >>> print(card(pd.DataFrame({"customer_id": ["C1"], "amount": [9.5]}), "orders", "en"))
    | it is called | in code | row 1 |
    |:--|:--|:--|
    | customer id | `orders["customer_id"]` | C1 |
    | amount paid | `orders["amount"]` | 9.5 |
    """
    first = table.head(EXAMPLES)
    head = [str(text.within(lang)) for text in HEAD]
    head += [ROW.within(lang).format(n=number) for number in range(1, len(first) + 1)]
    lines = [head, [":--"] * len(head)]
    if table.index.name:
        lines.append(
            [
                _called(table.index.name, lang),
                f"`{name}.index`",
                *(_shown(value, lang) for value in first.index),
            ]
        )
    for column in table.columns:
        lines.append(
            [
                _called(column, lang),
                f'`{name}["{column}"]`',
                *(_shown(value, lang) for value in first[column]),
            ]
        )
    rows = ["| " + " | ".join(cells) + " |" for cells in lines]
    rows[1] = rows[1].replace(" ", "")
    return "\n".join(rows)


def _called(code: Any, lang: Language) -> str:
    with speaking(lang):
        return name_of(str(code)) if str(code) in glossary() else str(code)


def _shown(value: Any, lang: Language) -> str:
    """Return a value as it stands, a code with what it is called."""
    if pd.isna(value):
        return "—"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    text = str(value).replace("|", "/")
    called = _called(text, lang)
    if called != text:
        return T(zh="{code}（{name}）", en="{code} ({name})").format(code=text, name=called).within(lang)
    return text if len(text) <= 16 else text[:15] + "…"
