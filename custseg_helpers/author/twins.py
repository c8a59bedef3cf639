"""Every text of a lesson that exists in both languages, wherever it is written."""

import ast
from collections.abc import Iterator
from pathlib import Path

from custseg_helpers.author.languages import call_twins, code_twins
from custseg_helpers.author.source import Lesson, Place, Problem, Twin, paired, toml_twins


def twins(lesson: Lesson) -> Iterator[Twin]:
    """Go through the twins of a lesson: `about.toml`, cells, texts and comments in code, quiz, checks."""
    yield from toml_twins(lesson.folder / "about.toml")
    for cells in (lesson.lesson, lesson.exercise):
        for cell in paired(cells):
            if isinstance(cell, tuple):
                zh, en = cell
                yield Twin(zh.text, en.text, zh.place, en.place, cell=True)
            elif cell.kind == "code":
                yield from code_twins(cell)
    yield from toml_twins(lesson.folder / "quiz.toml")
    tree, start = _module(lesson.folder / "checks.py")
    yield from sorted(
        (twin for _, twin in call_twins(tree, {"T"}, start)), key=lambda twin: twin.zh_place.line
    )


def exercise_ids(folder: Path) -> list[str]:
    """Return the ids of the exercises that `checks.py` knows, without running it."""
    tree, _ = _module(folder / "checks.py")
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Exercise"
    ]
    named = [
        call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "id"), None)
        for call in calls
    ]
    return [str(node.value) for node in named if isinstance(node, ast.Constant)]


def _module(path: Path) -> tuple[ast.Module, Place]:
    try:
        return ast.parse(path.read_text(encoding="utf-8")), Place(path, 1)
    except FileNotFoundError:
        raise Problem(Place(path, 1), zh="没有这个文件。", en="There is no such file.") from None
    except SyntaxError as error:
        place = Place(path, error.lineno or 1)
        raise Problem(
            place, zh=f"不是合法的 Python：{error.msg}", en=f"Not valid Python: {error.msg}"
        ) from None
