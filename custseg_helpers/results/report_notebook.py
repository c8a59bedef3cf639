"""A report as a notebook: cells that anyone can run again, executed here, and shown as one HTML page.

The cells run in this process, not in a kernel: the libraries are loaded already, so a report costs seconds less, and
the same cells run in JupyterLab, in the result's folder. nbformat and nbconvert are not needed: they do not run in a
browser, where a report is made as well.
"""

import contextlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from custseg_helpers.files.cells import run_cell
from custseg_helpers.files.page import html_figure, page
from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Part:
    """A heading, a text (HTML or Markdown), and code whose last line is shown."""

    heading: T
    text: str = ""
    code: tuple[str, ...] = ()


def notebook(title: str, lead: str, opening: str, parts: Iterable[Part]) -> dict[str, Any]:
    """Put title, sentence, opening code and parts into a notebook, not yet run."""
    parts = list(parts)
    cells = [_markdown(f"# {escape(title)}\n\n{lead}"), _code(opening)]
    for part in parts:
        cells.append(_markdown(f"## {escape(str(part.heading))}\n\n{part.text}".strip()))
        cells += [_code(code, alt=str(part.heading)) for code in part.code]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, **metadata: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def run_cells(book: Any, folder: Path) -> None:
    """Run the code cells in `folder`, one after the other, and keep what each one's last line shows."""
    names: dict[str, Any] = {}
    with contextlib.chdir(folder):
        for number, cell in enumerate((cell for cell in book["cells"] if cell["cell_type"] == "code"), 1):
            shown = run_cell(cell["source"], names, "<report>")
            cell["execution_count"] = number
            if shown is not None:
                output = {"output_type": "execute_result", "execution_count": number}
                alt = {"image/png": {"alt": cell["metadata"].get("alt", "")}}
                cell["outputs"] = [output | {"data": _shown(shown), "metadata": alt}]


def _shown(value: Any) -> dict[str, str]:
    if hasattr(value, "_repr_png_"):
        return {"image/png": b64encode(value._repr_png_()).decode(), "text/plain": "<Figure>"}
    if hasattr(value, "_repr_html_"):
        return {"text/html": value._repr_html_(), "text/plain": "<HTML>"}
    return {"text/plain": str(value)}


def html(book: dict[str, Any], title: str) -> str:
    """Return an executed notebook as one HTML page without the code; nothing in it comes from outside."""
    cells = [_cell(cell) for cell in book["cells"] if cell["cell_type"] == "markdown" or cell["outputs"]]
    return page("results/templates/report.html.jinja", title=title, cells=cells)


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell for the page: a heading with its level and the HTML below it, or what code showed."""
    if cell["cell_type"] == "code":
        return {"level": 0, "text": Markup().join(map(_output, cell["outputs"]))}
    head, _, text = cell["source"].partition("\n\n")
    marks, _, words = head.partition(" ")
    return {"level": len(marks), "heading": Markup(words), "text": Markup(text)}


def _output(output: dict[str, Any]) -> Markup:
    data = output["data"]
    if "image/png" in data:
        return html_figure(b64decode(data["image/png"]), output["metadata"]["image/png"]["alt"])
    if "text/html" in data:
        return Markup(data["text/html"])
    return Markup("<pre>{}</pre>").format(data["text/plain"])
