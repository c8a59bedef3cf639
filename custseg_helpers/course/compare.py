"""Compare stored notebooks with those just made: every byte but the pictures'."""

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from custseg_helpers.course.notebooks import as_text
from custseg_helpers.learn.lessons import folders_in, number_and_topic
from custseg_helpers.words.text import T

_PICTURE = re.compile(r'("image/(?:png|jpeg)": )"[^"]*"')
_SHOWN = 8
"""Lines of difference shown for one cell."""


def differences(path: Path, name: str, book: nbformat.NotebookNode) -> Iterator[str]:
    """Yield, in words, what differs between the notebook in a file and one just made."""
    if not path.is_file():
        yield f"{name}: {T(zh='没有这个文件', en='there is no such file')}"
        return
    stored, made = (_PICTURE.sub(r'\1""', text) for text in (path.read_text(encoding="utf-8"), as_text(book)))
    if stored == made:
        return
    old, new = json.loads(stored), json.loads(made)
    for number, (before, after) in enumerate(zip(old["cells"], new["cells"], strict=False), 1):
        changed = [
            key for key in sorted({*before, *after}) if before.get(key) != after.get(key) and key != "id"
        ]
        for key in changed:
            title = T(zh=f"第 {number} 格的 {key}", en=f"cell {number}, {key}")
            yield f"{name}: {title}\n{_lines(before.get(key), after.get(key))}"
        if changed:
            return
    title = T(zh="格数、编号或元数据", en="number of cells, ids or metadata")
    yield f"{name}: {title}\n{_lines(stored.splitlines(), made.splitlines())}"


def strays(root: Path) -> Iterator[str]:
    """Yield stored notebooks that belong to no lesson."""
    known = {folder.name for folder in folders_in(root / "lessons").values()}
    for room in ("notebooks", "exercises", "solutions"):
        for stored in sorted((root / room).glob("*/*.ipynb")):
            name = stored.stem.removesuffix(f"_{room}")
            if number_and_topic(name) and name not in known:
                yield f"{stored.relative_to(root).as_posix()}: {T(zh='没有这一课，请删除', en='no such lesson, delete it')}"


def _lines(before: Any, after: Any) -> str:
    old, new = (
        value if _is_text(value) else json.dumps(value, ensure_ascii=False, indent=1).splitlines()
        for value in (before, after)
    )
    changes = [
        line.rstrip("\n")
        for line in difflib.unified_diff(old, new, n=0, lineterm="")
        if line[:3] not in ("---", "+++")
    ]
    more = ["…"] if len(changes) > _SHOWN else []
    return "\n".join(f"    {line}" for line in [*changes[:_SHOWN], *more])


def _is_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)
