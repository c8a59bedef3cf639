"""`answers.py` and `feedback.toml` before a notebook runs: what is misspelt, missing or said twice, with its line."""

import ast
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_args

from custseg_helpers.course.compose import Task
from custseg_helpers.course.source import Cell, Place, Problem, read_python, read_text
from custseg_helpers.learn.exercise import Exercise, Mistake, Same
from custseg_helpers.learn.lessons import ELSEWHERE
from custseg_helpers.learn.words_file import ANSWERS, FEEDBACK, faults
from custseg_helpers.words.text import T, listed

KNOWN = {
    kind.__name__: {field.name: field for field in fields(kind) if field.name not in ("words", "on")}
    for kind in (Exercise, Mistake)
}
"""What may be made in `answers.py`, and the fields it has there."""
SHORT_NAME = re.compile(r"[a-z][a-z0-9_]*")


def mistakes(folder: Path, tasks: list[Task], cells: Sequence[Cell]) -> Iterator[Problem]:
    """Yield what is wrong with a lesson's answers and words, held against its exercises and its workbook's cells."""
    path = folder / ANSWERS
    yield from (
        list(_misspelt(path))
        or list(_unlike(path, tasks))
        or list(_elsewhere(path, tasks, cells))
        or _failing(folder)
    )


def mistakes_alone(folder: Path) -> list[Problem]:
    """Return what is wrong with answers and words whatever their lesson holds; for this nothing else need be read."""
    path = folder / ANSWERS
    if not path.is_file():
        return []
    try:
        return list(_misspelt(path)) or list(_failing(folder))
    except Problem as problem:
        return [problem]


def _misspelt(path: Path) -> Iterator[Problem]:
    for call, name in _calls(path):
        known = KNOWN[name]
        given = dict(zip(known, call.args, strict=False)) | {k.arg: k.value for k in call.keywords if k.arg}
        place = Place(path, call.lineno)
        unknown = [keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg not in known]
        if unknown:
            line = next(keyword.lineno for keyword in call.keywords if keyword.arg in unknown)
            yield Problem(
                Place(path, line),
                T(
                    zh="{name} 没有 {unknown}，可以写：{known}。",
                    en="{name} has no {unknown}; it may have: {known}.",
                ).format(name=name, unknown=listed(unknown), known=listed(known)),
            )
        if len(call.args) > len(known):
            yield Problem(
                place,
                T(zh="{name} 里写多了：只有 {known}。", en="Too much in {name}: it has {known}.").format(
                    name=name, known=listed(known)
                ),
            )
        needed = [key for key, field in known.items() if field.default is MISSING]
        if missing := [key for key in needed if key not in given]:
            yield Problem(
                place,
                T(zh="{name} 缺少 {missing}。", en="{name} lacks {missing}.").format(
                    name=name, missing=listed(missing)
                ),
            )
        yield from _wrong_values(path, given)


def _wrong_values(path: Path, given: dict[str, ast.expr]) -> Iterator[Problem]:
    same = given.get("same")
    if isinstance(same, ast.Constant) and same.value not in get_args(Same):
        yield Problem(
            Place(path, same.lineno),
            T(
                zh="same 不能是 {value}，可以写：{known}。", en="same cannot be {value}; it may be: {known}."
            ).format(value=repr(same.value), known=listed(get_args(Same))),
        )
    seen: set[str] = set()
    for call in ast.walk(given.get("mistakes", ast.Tuple([]))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Mistake"):
            continue
        name = first_word(call)
        if name in seen or not SHORT_NAME.fullmatch(name):
            yield Problem(
                Place(path, call.lineno),
                T(
                    zh="一种错的名字要用小写英文和下划线，在一道练习里各不相同；{name} 不行。",
                    en="A mistake's name is in lower case and underscores, and no other of the exercise has it: {name} will not do.",
                ).format(name=repr(name)),
            )
        seen.add(name)


def _unlike(path: Path, tasks: list[Task]) -> Iterator[Problem]:
    """Hold the exercises of `answers.py` against those of `exercise.py`: each once, in the same order, of its kind."""
    by_id = {task.id: task for task in tasks}
    seen: dict[str, int] = {}
    for call, name in _calls(path):
        if name != "Exercise":
            continue
        place, identity = Place(path, call.lineno), first_word(call)
        if identity in seen:
            yield Problem(
                place,
                T(
                    zh="{id} 写了两次，第 {line} 行已经有了。",
                    en="{id} is there twice; line {line} has it already.",
                ).format(id=identity, line=seen[identity]),
            )
        elif identity not in by_id:
            yield Problem(
                place,
                T(
                    zh="exercise.py 里没有练习 {id}。现有：{known}。",
                    en="exercise.py has no exercise {id}. It has: {known}.",
                ).format(id=identity, known=listed(by_id)),
            )
        else:
            kind = by_id[identity].marks["kind"]
            keys = {keyword.arg for keyword in call.keywords}
            if ("answer" in keys) == (kind == "explain"):
                yield Problem(
                    place,
                    T(
                        zh='{id} 是 kind="explain"：由人来读，不写 answer。',
                        en='{id} has kind="explain": people read it, it has no answer.',
                    ).format(id=identity)
                    if kind == "explain"
                    else T(
                        zh='{id} 是 kind="{kind}"：要有 answer。',
                        en='{id} has kind="{kind}": it needs an answer.',
                    ).format(id=identity, kind=kind),
                )
        seen.setdefault(identity, call.lineno)
    for identity, task in by_id.items():
        if identity not in seen:
            yield Problem(
                task.answer.place,
                T(
                    zh='answers.py 里没有练习 {id}：加上 Exercise("{id}", …)。',
                    en='answers.py has no exercise {id}: add Exercise("{id}", …) to it.',
                ).format(id=identity),
            )
    if set(seen) == set(by_id) and list(seen) != list(by_id):
        yield Problem(
            Place(
                path,
                next(
                    line
                    for identity, line in seen.items()
                    if identity != list(by_id)[list(seen).index(identity)]
                ),
            ),
            T(
                zh="这里的练习次序和 exercise.py 的不同，应一样。",
                en="The exercises here are not in the order of exercise.py; it should be the same.",
            ),
        )


def _elsewhere(path: Path, tasks: list[Task], cells: Sequence[Cell]) -> Iterator[Problem]:
    """Hold the exercises asked of other data against the cells that open it: each just above its answer."""
    answers = [cell for cell in cells if cell.kind == "code" and "exercise" in cell.attributes]
    asked = _declared(path.with_name(ELSEWHERE))
    for identity in asked.keys() - {task.id for task in tasks}:
        yield Problem(
            Place(path.with_name(ELSEWHERE), asked[identity]),
            zh=f"这一课没有练习 {identity}。",
            en=f"This lesson has no exercise {identity}.",
        )
    opened: dict[str, Cell] = {}
    for cell in cells:
        if cell.kind == "code" and "exercise" not in cell.attributes:
            below = next((one for one in answers if cells.index(one) > cells.index(cell)), None)
            for identity in _opened(cell):
                opened[identity] = cell
                if identity not in asked:
                    yield Problem(
                        cell.place,
                        zh=f'这里打开练习 {identity} 的另一份数据，elsewhere.py 却没有说是哪一份：写上 "{identity}": another("…")，或者去掉这里。',
                        en=f'This opens other data for exercise {identity}, and elsewhere.py does not say which: write "{identity}": another("…") there, or take this out.',
                    )
                elif below is None or below.attributes["exercise"] != identity:
                    yield Problem(
                        cell.place,
                        zh=f'elsewhere("{identity}") 应写在这道题的题目和答案之间。',
                        en=f'elsewhere("{identity}") belongs between the text of its exercise and its answer.',
                    )
    for identity in asked.keys() - opened.keys():
        yield Problem(
            Place(path.with_name(ELSEWHERE), asked[identity]),
            zh=f'{identity} 换了数据，练习册里却没有打开它：题目下面加一格 there = elsewhere("{identity}")。',
            en=f'{identity} is asked of other data, which the workbook does not open: add a cell there = elsewhere("{identity}") below its text.',
        )


def _declared(file: Path) -> dict[str, int]:
    """Return the exercises that an `elsewhere.py` names, with the line of each."""
    if not file.is_file():
        return {}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ELSEWHERE":
            keys = node.value.keys if isinstance(node.value, ast.Dict) else []
            return {str(key.value): key.lineno for key in keys if isinstance(key, ast.Constant)}
    return {}


def _opened(cell: Cell) -> list[str]:
    """Return the exercises whose other data a cell opens."""
    return [
        str(getattr(call.args[0], "value", ""))
        for call in ast.walk(ast.parse(cell.text))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "elsewhere" and call.args
    ]


def _failing(folder: Path) -> Iterator[Problem]:
    """Run the answers, which are only functions yet: a wrong import or name shows now; then hold the words to them."""
    path = folder / ANSWERS
    names: dict[str, Any] = {"__name__": f"answers_{folder.name}"}
    try:
        exec(compile(read_text(path), str(path), "exec"), names)
        exercises: list[Exercise] = names["EXERCISES"]
    except Exception as error:
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
        ]
        yield Problem(
            Place(path, (lines or [1])[-1] or 1),
            T(zh="运行不了：{said}", en="It does not run: {said}").format(
                said=f"{type(error).__name__}: {error}"
            ),
        )
        return
    words = folder / FEEDBACK
    yield from (Problem(Place(words, line), text) for line, text in faults(read_text(words), exercises))


def first_word(call: ast.Call) -> str:
    """Return the id an `Exercise(…)` is given, or the name a `Mistake(…)`; `""` where it is not written out."""
    named = next((word.value for word in call.keywords if word.arg in ("id", "name")), None)
    named = call.args[0] if call.args else named
    return str(named.value) if isinstance(named, ast.Constant) else ""


def _calls(path: Path) -> list[tuple[ast.Call, str]]:
    calls = [node for node in ast.walk(read_python(path)) if isinstance(node, ast.Call)]
    named = [
        (call, call.func.id) for call in calls if isinstance(call.func, ast.Name) and call.func.id in KNOWN
    ]
    return sorted(named, key=lambda pair: pair[0].lineno)
