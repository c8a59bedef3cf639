"""What a lesson's cell shows, as it goes on a slide: the outputs of the committed notebook, nothing run anew."""

import json
import re
from html import escape
from typing import Any

from custseg_helpers.course.languages import in_language
from custseg_helpers.course.source import Cell, Lesson
from custseg_helpers.words.text import UserError

MANY, MOST = (7, 5), (11, 9)
"""Rows and columns above which a table is set smaller, and as small as people can read from afar."""


def code_outputs(lesson: Lesson, lang: str) -> list[list[dict[str, Any]]]:
    """Return the outputs of a lesson's code cells, in their order, from its committed notebook."""
    path = lesson.folder.parents[1] / "notebooks" / lang / f"{lesson.name}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"cells": []}
    stored = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    written = [in_language(cell, lang) for cell in lesson.lesson if cell.kind == "code"]
    if ["".join(cell["source"]) for cell in stored] != written:
        raise UserError(
            zh=f"“{path.name}”不是由现在的 lesson.py 生成的。先运行：custseg build {lesson.number}",
            en=f"“{path.name}” was not made from lesson.py as it is now. First run: custseg build {lesson.number}",
        )
    return [cell["outputs"] for cell in stored]


def shown(outputs: list[dict[str, Any]], cell: Cell, alt: str) -> tuple[str, str]:
    """Return what a cell shows last, as HTML, and what it is: figure, table or print."""
    for output in reversed(outputs):
        data = output.get("data", {})
        if "image/png" in data:
            picture = "".join(data["image/png"]).replace("\n", "")
            return (
                f'<figure><img alt="{escape(alt)}" src="data:image/png;base64,{picture}"></figure>',
                "figure",
            )
        if "<table" in "".join(data.get("text/html", "")):
            return _table("".join(data["text/html"])), "table"
        said = "\n".join(output.get("traceback", ())) or "".join(
            output.get("text", data.get("text/plain", ""))
        )
        if said.strip():
            return f"<pre>{escape(_values(said))}</pre>", "print"
    raise UserError(
        zh=f"{cell.place}  这一格没有输出，放不上幻灯片。",
        en=f"{cell.place}  This cell has no output to put on a slide.",
    )


def _table(html: str) -> str:
    table = re.sub(r"<style.*?</style>| border=\"1\"| class=\"dataframe\"", "", html, flags=re.DOTALL)
    table = re.sub(r"(?<=<thead>).*?(?=</thead>)", lambda head: _one_heading(head[0]), table, flags=re.DOTALL)
    table = _unnumbered(table)
    rows, columns = table.count("<tr"), table.partition("</tr>")[0].count("<th>")
    sizes = {"most": MOST, "many": MANY}
    size = next((name for name, (high, wide) in sizes.items() if rows > high or columns > wide), "")
    return f'<div class="output {size}">{table}</div>'


def _one_heading(head: str) -> str:
    """Put the index's names beside the columns': pandas gives them a line of their own.

    >>> _one_heading("<tr><th></th><th>n</th></tr><tr><th>city</th><th></th></tr>")
    '<tr><th>city</th><th>n</th></tr>'
    """
    lines = [re.findall(r"<th>(.*?)</th>", line) for line in head.split("</tr>")[:-1]]
    if len(lines) != 2 or len(lines[0]) != len(lines[1]) or any(map(all, zip(*lines, strict=True))):
        return head
    names = "".join(f"<th>{upper or lower}</th>" for upper, lower in zip(*lines, strict=True))
    return f"<tr>{names}</tr>"


def _unnumbered(table: str) -> str:
    """Leave out the numbers 0, 1, 2 … with which pandas counts rows that have no name of their own.

    >>> _unnumbered("<tr><th></th><th>n</th></tr><tr><th>0</th><td>7</td></tr>")
    '<tr><th>n</th></tr><tr><td>7</td></tr>'
    """
    rows = re.findall(r"<tr[^>]*>\s*<th[^>]*>(.*?)</th>", table, flags=re.DOTALL)
    if rows != ["", *map(str, range(len(rows) - 1))]:
        return table
    return re.sub(r"(<tr[^>]*>)\s*<th[^>]*>.*?</th>", r"\1", table, flags=re.DOTALL)


def _values(text: str) -> str:
    r"""Leave out what pandas says about a series' type, which nobody in the room needs.

    >>> _values("A    3\nB    1\nName: n, dtype: int64")
    'A    3\nB    1'
    """
    return re.sub(r"\n(Name: .*, |Length: .*, )?dtype: \w+$", "", text.rstrip())
