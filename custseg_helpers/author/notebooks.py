"""Make notebooks (nbformat 4.5) whose every byte follows from the source: stable ids, own metadata only."""

import hashlib
from collections import Counter
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from custseg_helpers.author.source import Cell

_PYTHON = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(cells: list[Cell], lang: str) -> nbformat.NotebookNode:
    """Return an unexecuted notebook of cells that are already in one language."""
    seen: Counter[str] = Counter()
    made = []
    for cell in cells:
        content = f"{cell.kind}\n{cell.text}"
        identity = hashlib.sha256(f"{content}\n{seen[content]}".encode()).hexdigest()[:12]
        seen[content] += 1
        new = new_code_cell if cell.kind == "code" else new_markdown_cell
        kept = {key: cell.attributes[key] for key in ("exercise", "tags") if key in cell.attributes}
        made.append(new(cell.text, id=identity, metadata=kept))
    return new_notebook(cells=made, metadata={**_PYTHON, "custseg": {"language": lang}})


def settle(book: nbformat.NotebookNode) -> None:
    """Put an executed notebook's own metadata back: no Python version, no times."""
    book.metadata.language_info = dict(_PYTHON["language_info"])
    for cell in book.cells:
        cell.metadata.pop("execution", None)


def as_text(book: nbformat.NotebookNode) -> str:
    """Return a notebook as it stands in its file."""
    nbformat.validate(book)
    return nbformat.writes(book, version=4) + "\n"


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.replace(path)
