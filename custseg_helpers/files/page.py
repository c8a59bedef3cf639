"""The report of a run: one HTML page without anything from outside, in the current language."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from custseg_helpers.words.glossary import labelled
from custseg_helpers.words.text import T, language

STYLE = """
body{font:16px/1.75 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#222;max-width:960px;margin:2rem auto;padding:0 1rem}
h1{font-weight:500;font-size:1.8rem;margin-bottom:.2rem}h2{font-weight:500;font-size:1.25rem;margin-top:2.2rem;border-bottom:1px solid #ddd}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.35rem .6rem;border-bottom:1px solid #e4e4e4;text-align:left}
th,td:first-child{white-space:nowrap}.n{text-align:right}img{max-width:100%}pre{white-space:pre-wrap}.lead{color:#555;margin-top:0}
"""


def page(title: str, lead: str, parts: list[tuple[T, str]]) -> str:
    """Put a title, a sentence and headed parts (already HTML) on one page."""
    body = "\n".join(f"<h2>{escape(str(head))}</h2>\n{content}" for head, content in parts)
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style></head>\n'
        f'<body><h1>{escape(title)}</h1>\n<p class="lead">{escape(lead)}</p>\n{body}\n</body></html>\n'
    )


def html_table(table: pd.DataFrame, formats: Mapping[str, str] | None = None) -> str:
    """Return a table as HTML, codes as names; `formats` says how to write numbers, by column code.

    >>> html_table(pd.DataFrame({"customers": [1200]}, index=pd.Index(["<A>"], name="segment")), {"customers": ",d"}).partition("<tbody>")[2]
    '<tr><td>&lt;A&gt;</td><td class="n">1,200</td></tr></tbody></table>'
    """
    shown = table.reset_index()
    right = [
        ' class="n"' if column in (formats or {}) or pd.api.types.is_numeric_dtype(shown[column]) else ""
        for column in shown
    ]
    for column, how in (formats or {}).items():
        if column in shown:
            shown[column] = [_written(value, how) for value in shown[column]]
    shown = labelled(shown)
    head = "".join(f"<th{side}>{escape(str(name))}</th>" for name, side in zip(shown, right, strict=True))
    rows = "".join(
        "<tr>"
        + "".join(f"<td{side}>{escape(str(value))}</td>" for value, side in zip(row, right, strict=True))
        + "</tr>"
        for row in shown.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _written(value: Any, how: str) -> str:
    return "–" if pd.isna(value) else format(int(value) if how.endswith("d") else value, how)


def html_list(items: Sequence[T | str]) -> str:
    """Return texts as a list."""
    return "<ul>" + "".join(f"<li>{escape(str(item))}</li>" for item in items) + "</ul>"


def html_figure(png: bytes, words: str) -> str:
    """Return a picture that travels inside the page; `words` stand for it where it cannot be seen."""
    return f'<img alt="{escape(words)}" src="data:image/png;base64,{b64encode(png).decode()}">'
