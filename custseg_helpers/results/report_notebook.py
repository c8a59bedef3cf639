"""A report as a notebook: cells that anyone can run again, executed here, and shown as one HTML page.

The cells run in this process, not in a kernel: the libraries are loaded already, so a report costs seconds less, and
the same cells run in JupyterLab, in the result's folder. nbformat and nbconvert are not needed: they do not run in a
browser, where a report is made as well.
"""

import ast
import contextlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from custseg_helpers.files.page import STYLE
from custseg_helpers.words.text import T, language

LOOK = """
body{overflow-wrap:anywhere}th,td:first-child{white-space:normal}
.kpis{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:1.4rem 0}
.kpis div{background:#f4f6f8;border-radius:.5rem;padding:.7rem 1rem}.kpis b{display:block;font-weight:500;font-size:1.35rem;line-height:1.35;font-variant-numeric:tabular-nums}.kpis span{color:#555;font-size:.85rem}
.standing{border-left:.3rem solid #029e73;background:#eefaf5;padding:.6rem 1rem;margin:1rem 0}.standing.draft{border-color:#d55e00;background:#fdf3ec}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:.2rem 1rem}.cards>div{max-width:none!important}
.cell{margin:.9rem 0}.output_png img{display:block;margin:auto}table{font-size:.92rem}
@media(max-width:640px){.output_html{overflow-x:auto}td,th{overflow-wrap:normal}}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}.cell,.cards>div{break-inside:avoid}}
"""


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
            shown = _last_value(cell["source"], names)
            cell["execution_count"] = number
            if shown is not None:
                alt = {"image/png": {"alt": cell["metadata"].get("alt", "")}}
                cell["outputs"] = [{"output_type": "execute_result", "data": _shown(shown), "metadata": alt, "execution_count": number}]  # fmt: skip


def _last_value(source: str, names: dict[str, Any]) -> Any:
    body = ast.parse(source)
    last = body.body.pop() if body.body and isinstance(body.body[-1], ast.Expr) else None
    exec(compile(body, "<report>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<report>", "eval"), names) if isinstance(last, ast.Expr) else None  # fmt: skip


def _shown(value: Any) -> dict[str, str]:
    if hasattr(value, "_repr_png_"):
        return {"image/png": b64encode(value._repr_png_()).decode(), "text/plain": "<Figure>"}
    if hasattr(value, "_repr_html_"):
        return {"text/html": value._repr_html_(), "text/plain": "<HTML>"}
    return {"text/plain": str(value)}


def html(book: dict[str, Any], title: str) -> str:
    """Return an executed notebook as one HTML page without the code; nothing in it comes from outside."""
    body = "\n".join(filter(None, map(_cell_html, book["cells"])))
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE}{LOOK}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _cell_html(cell: dict[str, Any]) -> str:
    """Return a cell as HTML: a heading and the HTML below it, or what code showed."""
    if cell["cell_type"] == "markdown":
        head, _, text = cell["source"].partition("\n\n")
        marks, _, words = head.partition(" ")
        return f"<h{len(marks)}>{words}</h{len(marks)}>\n{text}"
    shown = "".join(_output_html(output) for output in cell["outputs"])
    return f'<div class="cell">{shown}</div>' if shown else ""


def _output_html(output: dict[str, Any]) -> str:
    data = output["data"]
    if "image/png" in data:
        alt = escape(output["metadata"]["image/png"]["alt"])
        return (
            f'<div class="output_png"><img alt="{alt}" src="data:image/png;base64,{data["image/png"]}"></div>'
        )
    if "text/html" in data:
        return f'<div class="output_html">{data["text/html"]}</div>'
    return f"<pre>{escape(data['text/plain'])}</pre>"
