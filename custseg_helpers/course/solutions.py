"""Cut answers out: solution markers become `name = ...` in the workbook, and nothing of them may leak."""

import ast
import difflib
import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from custseg_helpers.course.asked.steps import steps, without_marks
from custseg_helpers.course.source import Cell, Problem
from custseg_helpers.learn import rungs
from custseg_helpers.steps.stored import Step

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"


@dataclass(frozen=True)
class _Part:
    """A run of lines of a cell: given code, or a solution (`first` is its first line, from 1)."""

    first: int
    lines: tuple[str, ...]
    solution: bool

    @property
    def code(self) -> str:
        return without_marks(self.lines)


def check_markers(cell: Cell, *, allowed: bool) -> None:
    """Stop at a marker that is misspelt, unbalanced, or where none may be; a lost one would print an answer."""
    for number, line in enumerate(cell.text.splitlines(), 1):
        if line in (BEGIN, END):
            if not allowed:
                raise Problem(
                    cell.at(number),
                    zh="答案标记只能写在 exercise.py 里带 exercise=… 的代码单元格中。",
                    en="Solution markers belong in code cells of exercise.py that carry exercise=… only.",
                )
        elif _looks_like_marker(line):
            raise Problem(
                cell.at(number),
                zh=f"答案标记写错了：“{line.strip()}”。应顶格写 {BEGIN} 和 {END}。",
                en=f"Misspelt solution marker “{line.strip()}”. Write {BEGIN} and {END}, not indented.",
            )
    if allowed and not any(part.solution for part in _parts(cell)):
        raise Problem(
            cell.place, zh=f"这个练习没有 {BEGIN} … {END}。", en=f"This exercise has no {BEGIN} … {END}."
        )


def solved(cell: Cell) -> str:
    """Return a code cell with its answer and without the marker lines."""
    return "\n".join(part.code for part in _parts(cell)).strip("\n")


def answer_code(cell: Cell) -> str:
    """Return the code between a cell's solution markers."""
    return "\n".join(part.code for part in _parts(cell) if part.solution)


@dataclass(frozen=True)
class Open:
    """An answer cut out of a cell: where the cell stands, the names that code outside uses later on, the steps."""

    place: int
    names: tuple[str, ...]
    steps: tuple[Step, ...]


def workbook(
    cells: list[Cell], *, answers: bool = False, standing: Mapping[str, str] | None = None
) -> list[Cell]:
    r"""Replace every solution by what its learner finds: `name = ...`, or what the rung in `standing` asks for.

    With `answers`, the solution stays below, in its markers: what graders cut out themselves. `standing` gives rungs
    by exercise.

    Of two lines of answer, the name that nothing outside needs is left out:

    >>> from pathlib import Path
    >>> from custseg_helpers.course.source import Place
    >>> code = "# BEGIN SOLUTION\nhelper = 1\nresult = helper + 1\n# END SOLUTION"
    >>> answer = Cell("code", code, Place(Path("exercise.py"), 1))
    >>> [cell.text for cell in workbook([answer, replace(answer, text='check("rfm-recency", result)')])]
    ['result = ...', 'check("rfm-recency", result)']
    """
    chosen = standing or {}
    waiting = open_answers(cells)
    texts: dict[int, list[str]] = {}
    for index, cell in enumerate(cells):
        for part in _parts(cell) if cell.kind == "code" else ():
            found = texts.setdefault(index, [])
            if part.solution:
                one = waiting.pop(0)
                rung = chosen.get(cell.attributes.get("exercise", ""), "write")
                found.append(rungs.cell(rung, one.steps, one.names))
                found += [BEGIN, part.code, END] if answers else []
            else:
                found.append(part.code)
    return [
        replace(cell, text="\n".join(texts[index]).strip("\n")) if index in texts else cell
        for index, cell in enumerate(cells)
    ]


def open_answers(cells: list[Cell]) -> list[Open]:
    """Return the answers of cells that are in one language already, in order."""
    parts = [
        (index, part) for index, cell in enumerate(cells) if cell.kind == "code" for part in _parts(cell)
    ]
    found = []
    for position, (index, part) in enumerate(parts):
        if not part.solution:
            continue
        later = _loaded("\n".join(after.code for _, after in parts[position + 1 :] if not after.solution))
        names = tuple(name for name in _bound(part.code) if name in later)
        if not names:
            raise Problem(
                cells[index].at(part.first),
                zh="答案里没有任何名字在后面用到：至少要有一个交给 check()。",
                en="Nothing this solution defines is used afterwards: at least one name must reach check().",
            )
        found.append(Open(index, names, steps(cells[index], part.first, part.lines)))
    return found


def leaks(cells: list[Cell], shown: list[str]) -> Iterator[Problem]:
    """Find lines of solutions that stand in a workbook, whose cells' texts are `shown`.

    Lines that tell nothing (`)`, `else:`, `return result`) do not count.
    """
    lines = {_squeezed(line) for text in shown for line in text.splitlines()}
    everything = "\n".join(_squeezed(text) for text in shown)
    for cell in cells:
        for part in _parts(cell) if cell.kind == "code" else ():
            for number, line in enumerate(part.lines, part.first):
                words = _telling(line)
                leaked = _squeezed(line) in lines or (words >= 4 and _squeezed(line) in everything)
                if part.solution and not line.startswith("#") and words >= 2 and leaked:
                    yield Problem(
                        cell.at(number),
                        zh=f"答案泄漏：练习册里也有这一行：{line.strip()}",
                        en=f"Leaked answer: this line stands in the workbook too: {line.strip()}",
                    )


def _parts(cell: Cell) -> list[_Part]:
    parts: list[_Part] = []
    lines: list[str] = []
    first, opened = 1, 0
    for number, line in enumerate(cell.text.splitlines(), 1):
        if line not in (BEGIN, END):
            lines.append(line)
            continue
        if (line == BEGIN) == bool(opened):
            raise _unbalanced(cell, number)
        parts.append(_Part(first, tuple(lines), line == END))
        lines, first, opened = [], number + 1, number if line == BEGIN else 0
    if opened:
        raise _unbalanced(cell, opened)
    return [
        part for part in [*parts, _Part(first, tuple(lines), False)] if part.solution or part.code.strip()
    ]


def _unbalanced(cell: Cell, number: int) -> Problem:
    return Problem(
        cell.at(number), zh=f"{BEGIN} 和 {END} 不成对。", en=f"{BEGIN} and {END} do not pair up here."
    )


def _looks_like_marker(line: str) -> bool:
    words = re.sub(r"[^A-Z]+", " ", line.upper()).strip()
    near = difflib.get_close_matches(words, ("BEGIN SOLUTION", "END SOLUTION"), cutoff=0.75)
    return line.lstrip().startswith("#") and bool(near)


def _bound(code: str) -> list[str]:
    """Return the names a stretch of code defines at its top level, in order."""
    names: dict[str, None] = {}

    def visit(node: ast.AST) -> None:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = None
            return
        if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(code))
    return list(names)


def _loaded(code: str) -> set[str]:
    """Return every name a stretch of code reads."""
    return {
        node.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _squeezed(text: str) -> str:
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _telling(line: str) -> int:
    """Count the words of a line that say something: names, numbers, texts, but no keywords."""
    words = re.findall(r"\w+", line)
    return sum(not keyword.iskeyword(word) or word in ("True", "False", "None") for word in words)
