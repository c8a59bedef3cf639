"""Make notebooks (nbformat 4.5) whose every byte follows from the source: stable ids, own metadata only."""

import hashlib
import re
from base64 import b64decode, b64encode
from collections import Counter

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from custseg_helpers.course.pictures import small_png
from custseg_helpers.course.source import FAILS, Cell
from custseg_helpers.explore.still import KEPT
from custseg_helpers.files.cells import PYTHON

_WIDGET = "application/vnd.jupyter.widget-view+json"
_STYLE = re.compile(r"\bT_[0-9a-f]{5}(?=_|\b)")
"""What pandas calls a styled table, anew each time."""


def notebook(cells: list[Cell], lang: str) -> nbformat.NotebookNode:
    """Return an unexecuted notebook of cells that are already in one language."""
    seen: Counter[str] = Counter()
    made = []
    for cell in cells:
        content = f"{cell.kind}\n{cell.text}"
        identity = cell_id(cell.kind, cell.text, seen[content])
        seen[content] += 1
        new = new_code_cell if cell.kind == "code" else new_markdown_cell
        kept = {key: cell.attributes[key] for key in ("exercise", "tags") if key in cell.attributes}
        made.append(new(cell.text, id=identity, metadata=kept))
    return new_notebook(cells=made, metadata={**PYTHON, "custseg": {"language": lang}})


def cell_id(kind: str, text: str, before: int = 0) -> str:
    """Return the id of a cell of which `before` alike have stood in its notebook already."""
    return hashlib.sha256(f"{kind}\n{text}\n{before}".encode()).hexdigest()[:12]


def settle(book: nbformat.NotebookNode) -> None:
    """Take out of an executed notebook what differs from run to run: versions, widget and style ids.

    Figures are stored with few colours, a third of their size.
    Cells tagged `nbval-ignore-output` show something else each time; they keep no output. Of a cell that is meant to
    fail, the explained error stays; Python's own words name places of this machine.
    """
    book.metadata.language_info = dict(PYTHON["language_info"])
    styles: dict[str, str] = {}
    for cell in book.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", ()):
            cell.outputs = []
        cell_outputs = cell.get("outputs", ())
        if any(KEPT in output.get("data", {}).get("text/html", "") for output in cell_outputs):
            cell.outputs = [
                one for one in cell_outputs if KEPT not in one.get("data", {}).get("text/html", "")
            ]
        if FAILS in cell.metadata.get("tags", ()):
            cell.outputs = [output for output in cell.outputs if output.output_type in ("error", "stream")]
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            data.pop(_WIDGET, None)
            if "image/png" in data:
                data["image/png"] = b64encode(small_png(b64decode(data["image/png"]))).decode()
            if "text/html" in data:
                data["text/html"] = _STYLE.sub(
                    lambda match: styles.setdefault(match[0], f"T_{len(styles):05x}"), data["text/html"]
                )


def as_text(book: nbformat.NotebookNode) -> str:
    """Return a notebook as it stands in its file."""
    nbformat.validate(book)
    return nbformat.writes(book, version=4) + "\n"
