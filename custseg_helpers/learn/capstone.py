"""The capstone's page: an ask and eight parts on one A4 that needs nothing from outside, for the person who signs."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers.company.in_play import last_loaded
from custseg_helpers.files.page import html_figure, page
from custseg_helpers.files.tables import html_table
from custseg_helpers.files.whole import write_whole
from custseg_helpers.words.text import T, UserError, listed

PARTS: dict[str, T] = {
    "playbook": T(zh="给谁、走什么渠道、花多少、换回多少", en="For whom, by which channel, at what cost, for what return"),
    "targets": T(zh="对全年目标有什么用", en="What it does to the target of the year"),
    "holdout_plan": T(zh="以后怎样知道有没有用", en="How we shall know that it worked"),
    "governance_card": T(zh="可能出什么差错，谁来管", en="What may go wrong, and who looks after it"),
    "personas": T(zh="他们是谁", en="Who they are"),
    "tierings": T(zh="为什么这样分客户", en="Why customers are grouped this way"),
    "catalogue": T(zh="给客户记下什么", en="What we note about a customer"),
    "data_report": T(zh="数字从哪来，能信多少", en="Where the numbers come from, how far to trust them"),
}  # fmt: skip
"""The parts of the page, in the order they are read: what decides comes first."""
TO_SIGN = (T(zh="姓名", en="Name"), T(zh="日期", en="Date"), T(zh="签字", en="Signature"))
NONE = T(zh="无", en="none")
YUAN = re.compile(r"(?<=[（(])(?:元|yuan)(?=[）)])")
"""How the heads of tables name the money."""
CODES = re.compile(r" ?\(R[↑↓]F[↑↓]M[↑↓]\)")
"""What stands behind a segment's name in English; no director reads it."""
SHEET = "files/templates/sheet.html.jinja"


def one_page(parts: Mapping[str, Any], *, title: str, lead: str) -> str:
    """Return the page as HTML, one sheet of A4: title, the ask, the eight parts in order, and a line to sign.

    A part is a table, a figure, a persona card, a text, or a list of these. Codes are written as names in the current
    language, figures travel inside the page. A part too few or too many is a `UserError`.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> html = one_page(dict.fromkeys(PARTS, "Nothing yet."), title="Plan", lead="Sign here.")
    >>> html.count("<h2>"), "://" in html
    (8, False)
    """
    lacking, strange = [part for part in PARTS if part not in parts], [p for p in parts if p not in PARTS]
    if lacking or strange:
        raise UserError(
            T(
                zh="一页纸要有这 {n} 个部分：{parts}。缺：{lacking}；多：{strange}。",
                en="The page has these {n} parts: {parts}. Missing: {lacking}; too many: {strange}.",
            ).format(
                n=len(PARTS),
                parts=listed(PARTS),
                lacking=listed(lacking) or NONE,
                strange=listed(strange) or NONE,
            )
        )
    shown = [(head, _html(parts[code], head)) for code, head in PARTS.items()]
    made = page(SHEET, title=title, lead=lead, parts=shown, to_sign=TO_SIGN)
    return _in_its_money(CODES.sub("", made))


def save_page(parts: Mapping[str, Any], file: Path, *, title: str, lead: str) -> Path:
    """Write the page to one HTML file, whole or not at all, and return the file."""
    write_whole(file, one_page(parts, title=title, lead=lead))
    return file


def _in_its_money(made: str) -> str:
    """Return the page with the company's own money in its heads, where that is not the yuan of the glossary."""
    company = last_loaded()
    return (
        made if company is None else YUAN.sub(company.currency, made) if company.currency != "CNY" else made
    )


def _html(content: Any, head: T) -> Markup:
    if isinstance(content, list | tuple):
        return Markup("\n").join(_html(item, head) for item in content)
    if isinstance(content, pd.Series):
        content = content.to_frame()
    if isinstance(content, pd.DataFrame):
        return _table(content)
    if hasattr(content, "_repr_png_"):
        return html_figure(content._repr_png_(), head)
    if hasattr(content, "_repr_html_"):
        return Markup(content._repr_html_())
    return Markup("<p>{}</p>").format(str(content))


def _table(table: pd.DataFrame) -> Markup:
    """Return a table whose numbers are written for people, each column with as many decimals as it needs."""
    shown = table.rename_axis(index=[name or "" for name in table.index.names])
    return html_table(shown, {column: _written(shown[column]) for column in shown if _numeric(shown[column])})


def _numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _written(column: pd.Series) -> str:
    """Say how to write a column: shares in per cent, whole numbers and amounts from 100 without decimals."""
    if str(column.name).endswith("share"):
        return ".0%"
    known = column.dropna().astype(float)
    largest = known.abs().max() if len(known) else 0
    return ",.0f" if (known % 1 == 0).all() or largest >= 100 else ",.1f" if largest >= 10 else ",.2f"
