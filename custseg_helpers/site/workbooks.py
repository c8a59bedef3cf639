"""The workbooks as pages: each exercise with its hints and its model answer folded away."""

from base64 import b64decode
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import nbformat

from custseg_helpers.learn.lessons import exercise
from custseg_helpers.paths import course_root
from custseg_helpers.site.lessons import links
from custseg_helpers.words.text import Language, T

HINT = T(zh="提示 {n}", en="Hint {n}")
ANSWER = T(zh="参考答案", en="Model answer")
DOWNLOAD = T(
    zh="这一页用来读。动手做，请[打开课程](../start.md)，或下载{{download}}`这份练习册 <{file}>`。",
    en="This page is for reading. To work on the exercises, [open the course](../start.md) or download {{download}}`this workbook <{file}>`.",
)


def workbook_page(name: str, lang: Language) -> tuple[str, dict[str, bytes]]:
    """Return a workbook as Markdown, and its files by name: the notebook itself and pictures of the answers.

    >>> page, files = workbook_page("04_rfm", "en")
    >>> page.count("<summary>Model answer</summary>"), page.count("<summary>Hint 1</summary>"), list(files)
    (10, 10, ['04_rfm_exercises.ipynb'])
    """
    original = course_root() / "exercises" / lang / f"{name}_exercises.ipynb"
    unsolved, solved = (
        nbformat.read(path, as_version=4).cells
        for path in (original, course_root() / "solutions" / lang / f"{name}_solutions.ipynb")
    )
    files = {original.name: original.read_bytes()}
    stubs = [cell.source for cell in unsolved if cell.cell_type == "code" and "exercise" in cell.metadata]
    before, _, after = links(unsolved[0].source, "workbooks", name, lang).partition("\n\n")
    parts = [before, DOWNLOAD.within(lang).format(file=original.name).replace("{{", "{").replace("}}", "}")]
    parts.append(after)
    parts += _exercises(list(takewhile(_asks, solved[1:])), iter(stubs), lang, files)
    return "\n\n".join(parts) + "\n", files


def _asks(cell: Any) -> bool:
    """Tell the exercises from what ends a workbook: a heading of its own and `progress()`."""
    return not (
        cell.cell_type == "markdown" and cell.source.startswith("## ") and "exercise" not in cell.metadata
    )


def _exercises(
    cells: list[Any], stubs: Iterator[str], lang: Language, files: dict[str, bytes]
) -> Iterator[str]:
    opened = ""
    for cell in cells:
        identity = cell.metadata.get("exercise", "")
        checks = cell.source.startswith("check(")
        if opened and not checks:
            yield "</details>"
            opened = ""
        if cell.cell_type == "markdown":
            text = links(cell.source, "workbooks", "", lang)
            yield f"({identity})=\n{text.replace('### ', '## ', 1)}" if identity else text
        elif identity:
            yield _code(next(stubs))
            yield from _hints(identity, lang)
            yield f'<details class="answer"><summary>{ANSWER.within(lang)}</summary>'
            yield _code(cell.source)
            yield from _outputs(cell, identity, files)
            opened = identity
        else:
            yield _code(cell.source)
            yield from _outputs(cell, opened or "given", files)
    if opened:
        yield "</details>"


def _hints(identity: str, lang: Language) -> Iterator[str]:
    for number, hint in enumerate(exercise(identity).words.hints, 1):
        title = HINT.within(lang).format(n=number)
        yield f"<details><summary>{title}</summary>\n\n{hint.within(lang)}\n\n</details>"


def _code(source: str) -> str:
    return f"```python\n{source}\n```"


def _outputs(cell: Any, stem: str, files: dict[str, bytes]) -> Iterator[str]:
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data:
            yield f'````{{raw}} html\n<div class="output">{data["text/html"]}</div>\n````'
        elif "image/png" in data:
            name = f"{stem}-{len(files)}.png"
            files[name] = b64decode(data["image/png"])
            yield f"![{stem}]({name})"
        else:
            yield f"```text\n{(output.get('text') or data['text/plain']).rstrip()}\n```"
