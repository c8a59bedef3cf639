"""The fixed order of a lesson, and what every workbook must hold."""

import ast
from collections.abc import Callable, Iterator

from custseg_helpers.course.answers_file import mistakes
from custseg_helpers.course.clock import minutes
from custseg_helpers.course.compose import Task, tasks
from custseg_helpers.course.frame import KINDS, LEVELS
from custseg_helpers.course.source import Cell, Lesson, Place, Problem, read_toml
from custseg_helpers.words.text import T

STORY = T(zh="## 故事与数据", en="## Story and data")
IN_YOUR_COMPANY = T(zh="## 在你的公司", en="## In your company")
WELCOME = "00"
"""The lesson that shows how lessons work; it need not have every kind of exercise."""

LONGEST = 90
"""Minutes a lesson may take in class."""
CAPSTONE, WORKSHOP = "15", 150
"""The lesson that is a workshop, and its minutes."""
MOST_EXERCISES = 0.55
"""The share of a lesson's minutes that its core exercises may take: the rest is telling, looking and talking."""

_STALLING = {"interact", "interactive", "interact_manual", "interactive_output", "Output"}
"""Widgets that hang the executor and that nbval cannot compare."""


def anatomy(lesson: Lesson) -> Iterator[Problem]:
    """Yield what is missing or out of order in a lesson and in its workbook."""
    yield from _order(lesson)
    yield from _ends(lesson)
    yield from _workbook(lesson)
    for cell in (*lesson.lesson, *lesson.exercise):
        for name in sorted(_names(cell) & _STALLING):
            yield Problem(
                cell.place,
                zh=f"课程笔记本里不用 {name}：改用 explore 里的做法（控件 + observe + 图片）。",
                en=f"No {name} in course notebooks: use the pattern of explore (control, observe, picture).",
            )
        for module in _deep_imports(cell):
            yield Problem(
                cell.place,
                zh=f"“{module}”是内部的位置，以后会变：课程笔记本只写 from custseg_helpers import …。",
                en=f"“{module}” is an inner place that may move: course notebooks import from custseg_helpers alone.",
            )
        if _calls("progress")(cell) and "nbval-ignore-output" not in cell.attributes.get("tags", ()):
            yield Problem(
                cell.place,
                zh='progress() 的输出每人不同，这一格要标注 tags=["nbval-ignore-output"]。',
                en='progress() shows something else to everyone; this cell needs tags=["nbval-ignore-output"].',
            )


def _order(lesson: Lesson) -> Iterator[Problem]:
    """Check that each section is there and stands after the one before."""
    cells = lesson.lesson
    sections: list[tuple[T, Callable[[Cell], bool]]] = [
        (T(zh='开头 about="opening"', en='about="opening"'), _about("opening")),
        ("“" + STORY + "”", _heading(STORY)),
        (
            T(zh='use_language(t(zh="zh", en="en"))', en='use_language(t(zh="zh", en="en"))'),
            _calls("use_language"),
        ),
        (T(zh="动手试试 try=…", en="try=…"), lambda cell: "try" in cell.attributes),
        (
            T(zh='探索器 tags=["explorer"]', en='tags=["explorer"]'),
            lambda cell: "explorer" in cell.attributes.get("tags", ()),
        ),
        (T(zh=f'测验 quiz("{lesson.number}")', en=f'quiz("{lesson.number}")'), _calls("quiz", lesson.number)),
        (T(zh='要点 about="key_points"', en='about="key_points"'), _about("key_points")),
        ("“" + IN_YOUR_COMPANY + "”", _heading(IN_YOUR_COMPANY)),
        (T(zh='下一课 about="next"', en='about="next"'), _about("next")),
    ]
    reached, before = -1, T(zh="文件开头", en="the beginning of the file")
    for name, belongs in sections:
        places = [index for index, cell in enumerate(cells) if belongs(cell)]
        following = [index for index in places if index > reached]
        if not following:
            found = cells[places[0]].place if places else Place(lesson.folder / "lesson.py", 1)
            yield Problem(
                found,
                T(
                    zh="缺少{name}，它应在{before}之后。", en="{name} is missing; it belongs after {before}."
                ).format(name=name, before=before),
            )
        else:
            reached, before = following[0], name


def _ends(lesson: Lesson) -> Iterator[Problem]:
    """Check the first and last cells, and that the trainer is spoken to somewhere."""
    for cells in (lesson.lesson, lesson.exercise):
        if cells and not _about("opening")(cells[0]):
            yield Problem(
                cells[0].place,
                zh='第一格应是 about="opening"。',
                en='The first cell must be about="opening".',
            )
    if lesson.lesson and not _about("next")(lesson.lesson[-1]):
        yield Problem(
            lesson.lesson[-1].place,
            zh='最后一格应是 about="next"。',
            en='The last cell must be about="next".',
        )
    if not any(cell.for_trainer for cell in lesson.lesson):
        yield Problem(
            Place(lesson.folder / "lesson.py", 1),
            zh='没有写给老师的话（tags=["trainer"]）。',
            en='There is no note for the trainer (tags=["trainer"]).',
        )


def _workbook(lesson: Lesson) -> Iterator[Problem]:
    start = Place(lesson.folder / "exercise.py", 1)
    found = tasks(lesson)
    known = {} if lesson.number == WELCOME else {"kind": KINDS, "level": LEVELS}
    for mark, values in known.items():
        for missing in sorted(set(values) - {task.marks[mark] for task in found}):
            yield Problem(
                start,
                zh=f'没有 {mark}="{missing}" 的练习。',
                en=f'There is no exercise with {mark}="{missing}".',
            )
    yield from _class_time(lesson, found)
    for task in found:
        yield from _exercise(lesson, task)
    yield from _old_ids(lesson, {task.id for task in found})
    tried = [identity for cell in lesson.lesson for identity in cell.attributes.get("try", "").split()]
    if tried != [task.id for task in found]:
        yield Problem(
            Place(lesson.folder / "lesson.py", 1),
            T(
                zh="这里的练习是 {ids}，和 exercise.py 的不同：应逐个出现，次序一样。",
                en="The exercises here, {ids}, are not those of exercise.py: each once, in the same order.",
            ).format(ids=" ".join(tried) or T(zh="无", en="none")),
        )
    yield from mistakes(lesson.folder, found, lesson.exercise)


def _class_time(lesson: Lesson, found: list[Task]) -> Iterator[Problem]:
    """Check that a lesson fits into its class, and that its core exercises leave room for the rest."""
    start = Place(lesson.folder / "exercise.py", 1)
    whole = minutes(lesson, found).lesson
    core = sum(task.minutes for task in found if task.marks["level"] == "core")
    most = WORKSHOP if lesson.number == CAPSTONE else LONGEST
    if whole > most:
        yield Problem(
            start,
            zh=f"这一课要 {whole} 分钟，最多 {most} 分钟：把几题改为进阶，或拆成两课。",
            en=f"This lesson takes {whole} minutes, and {most} are the most: make exercises stretch, or split it.",
        )
    if core > MOST_EXERCISES * whole:
        yield Problem(
            start,
            zh=f"基础练习要 {core} 分钟，全课 {whole} 分钟，最多占 {MOST_EXERCISES:.0%}：把几题改为进阶。",
            en=f"The core exercises take {core} of {whole} minutes, and {MOST_EXERCISES:.0%} is the most: make some of them stretch.",
        )


def _exercise(lesson: Lesson, task: Task) -> Iterator[Problem]:
    after = lesson.exercise[lesson.exercise.index(task.answer) :]
    if not any(_calls("check", task.id)(cell) for cell in after):
        yield Problem(
            task.answer.place,
            zh=f'后面没有 check("{task.id}", …)。',
            en=f'No check("{task.id}", …) follows.',
        )


def _old_ids(lesson: Lesson, known: set[str]) -> Iterator[Problem]:
    """Check that every older id still means one exercise, and is none itself."""
    path = lesson.folder / "old_ids.toml"
    for line, (old, new) in enumerate(read_toml(path).items() if path.is_file() else (), 2):
        if new not in known:
            yield Problem(
                Place(path, line),
                zh=f"{old} 以前的练习现在叫 {new}，但这一课没有这个练习：改了名字，这里也要改。",
                en=f"What was {old} is said to be {new} now, which is no exercise of this lesson: rename it here, too.",
            )
        if old in known:
            yield Problem(
                Place(path, line),
                zh=f"{old} 以前指别的练习，旧笔记本里还在用；新练习请换一个名字。",
                en=f"{old} was another exercise, and old notebooks still mean that one: call the new one something else.",
            )


def _about(name: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.attributes.get("about") == name


def _heading(text: T) -> Callable[[Cell], bool]:
    return lambda cell: (
        bool(cell.lang) and cell.text.partition("\n")[0].strip() == text.within(cell.lang or "zh")
    )


def _calls(name: str, first: str | None = None) -> Callable[[Cell], bool]:
    """Return a test for cells that call a function, with a certain first argument if one is given."""

    def test(cell: Cell) -> bool:
        calls = [
            node
            for node in _nodes(cell)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
        ]
        return any(first is None or (c.args and getattr(c.args[0], "value", None) == first) for c in calls)

    return test


def _names(cell: Cell) -> set[str]:
    imported = {
        alias.name for node in _nodes(cell) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return imported | {getattr(node, "attr", getattr(node, "id", "")) for node in _nodes(cell)}


def _deep_imports(cell: Cell) -> list[str]:
    """Return the modules inside the package that a cell imports by their path."""
    paths = [node.module or "" for node in _nodes(cell) if isinstance(node, ast.ImportFrom)]
    paths += [alias.name for node in _nodes(cell) if isinstance(node, ast.Import) for alias in node.names]
    return [path for path in paths if path.startswith("custseg_helpers.")]


def _nodes(cell: Cell) -> list[ast.AST]:
    return list(ast.walk(ast.parse(cell.text))) if cell.kind == "code" else []
