"""What an answer asks for and where the course teaches it: nothing is asked that was not shown.

A name is a method, a function (the course's own too), an operator or a column of a model answer. It is taught where a
sentence names it as code and a cell shows it with what it gives, both in an earlier lesson, or in this one before the
exercise is tried. A task's own text may be the sentence. Hints teach nothing.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import custseg_helpers
from custseg_helpers.course.compose import Task, tasks
from custseg_helpers.course.languages import in_language
from custseg_helpers.course.solutions import answer_code
from custseg_helpers.course.source import FIRST, Cell, Lesson, Place, Problem, paired
from custseg_helpers.rooms import homes_of
from custseg_helpers.words.text import T, listed

OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Invert: "~",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
}
EXCEL = frozenset({"+", "-", "*", "/", "<", "<=", ">", ">="})
"""Signs that people bring along from Excel; they are taught, and are not counted as new."""
MOST = 12
"""New names a lesson may bring, columns and the signs of Excel left out."""
BY_COLUMN = {"groupby", "drop", "sort_values", "set_index", "map"}
"""Methods that are told columns by their names."""
STUB = Path(custseg_helpers.__file__).with_name("__init__.pyi")
MODULES = {
    name
    for name, home in homes_of(STUB).items()
    if STUB.parent.joinpath(*home.split("."), f"{name}.py").is_file() or STUB.parent.joinpath(name).is_dir()
} | {"pd"}
"""What answers reach into: `rfm.rfm_scores` is a function of the course, `pd.DataFrame` one of pandas."""
SPAN = re.compile(r"`+([^`]+)`+")
WORDS = re.compile(r"[^\W\d]\w*|[-+*/<>=!&|~]+")


@dataclass(frozen=True)
class Name:
    """A name as an answer uses it: `.sum()`, `rfm.rfm_scores`, `len`, `&`, `"amount"`."""

    text: str
    kind: str

    @property
    def word(self) -> str:
        """Return what a sentence must hold to name it."""
        return self.text.strip('".()').rpartition(".")[2]


@dataclass(frozen=True)
class Taught:
    """A name that answers need: the exercise that first asks for it, and the lessons that say and show it before."""

    name: Name
    lesson: str
    exercise: str
    said: str | None
    shown: str | None

    @property
    def untaught(self) -> bool:
        """Tell whether it is asked before it was both said and shown."""
        return self.said is None or self.shown is None

    @property
    def new_in(self) -> str:
        """Return the lesson that teaches it: the later of the two."""
        return max(self.said or self.lesson, self.shown or self.lesson)


def names_in(code: str) -> dict[Name, None]:
    """Return the names of a stretch of code, the outer ones first.

    >>> [name.text for name in names_in('few = rfm.rfm_scores(facts)["r_score"].max() == len(few)')]
    ['==', 'len', '.max()', '"r_score"', 'rfm.rfm_scores']
    """
    found: dict[Name, None] = {}
    tree = ast.parse(code)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    own = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            found |= {Name(OPERATORS[type(op)], "operator"): None for op in node.ops if type(op) in OPERATORS}
        elif isinstance(node, (ast.BinOp, ast.UnaryOp)) and type(node.op) in OPERATORS:
            found[Name(OPERATORS[type(node.op)], "operator")] = None
        elif isinstance(node, ast.comprehension):
            found[Name("for", "operator")] = None
        elif isinstance(node, ast.Attribute):
            of_module = isinstance(node.value, ast.Name) and node.value.id in MODULES
            text = f"{node.value.id}.{node.attr}" if of_module else f".{node.attr}"  # type: ignore[attr-defined]
            found[
                Name(
                    text if of_module or id(node) not in called else f"{text}()",
                    "function" if of_module else "method",
                )
            ] = None
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in own | {"t"}
        ):
            found[Name(node.func.id, "function")] = None
        if isinstance(node, ast.Subscript):
            found |= _columns([node.slice])
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in BY_COLUMN
        ):
            found |= _columns([*node.args, *(keyword.value for keyword in node.keywords)])
    return found


def report(lessons: Sequence[Lesson]) -> list[Taught]:
    """Return every name that answers need, in the order in which the course first asks for it."""
    said: dict[str, str] = {}
    shown: dict[str, str] = {}
    found: dict[Name, Taught] = {}

    def read(cell: Cell, lesson: str) -> None:
        if cell.kind == "markdown":
            words = (word for span in SPAN.findall(cell.text) for word in WORDS.findall(span))
        elif _gives_output(code := in_language(cell, FIRST)):
            for name in (*(name.text for name in names_in(code)), *_texts(code)):
                shown.setdefault(name, lesson)
            return
        else:
            return
        for word in words:
            said.setdefault(word, lesson)

    for lesson in lessons:
        workbook = list(_read_by_learners(lesson.exercise))
        answers = {task.id: task for task in tasks(lesson)}
        for cell in _read_by_learners(lesson.lesson):
            read(cell, lesson.number)
            for identity in str(cell.attributes.get("try", "")).split():
                while (given := workbook.pop(0)).kind == "markdown" or "exercise" not in given.attributes:
                    read(given, lesson.number)
                for name in _asked(answers[identity]):
                    where = said.get(name.word), shown.get(name.word if name.kind == "column" else name.text)
                    found.setdefault(name, Taught(name, lesson.number, identity, *where))
    return list(found.values())


def too_many(taught: Iterable[Taught]) -> dict[str, list[str]]:
    """Return the new names of the lessons that bring more than `MOST`."""
    new: dict[str, list[str]] = {}
    for one in taught:
        if one.name.kind != "column" and one.name.text not in EXCEL:
            new.setdefault(one.new_in, []).append(one.name.text)
    return {lesson: names for lesson, names in new.items() if len(names) > MOST}


def problems(lessons: Sequence[Lesson], of: Sequence[str]) -> Iterator[Problem]:
    """Yield what the lessons `of` ask for and nobody taught before, and where they bring too much at once.

    `lessons` are all lessons of the course, in order; `of` are numbers.
    """
    found = report(lessons)
    answers = {task.id: task.answer for lesson in lessons for task in tasks(lesson)}
    for one in found:
        if one.untaught and one.lesson in of:
            yield Problem(
                answers[one.exercise].place,
                T(
                    zh="练习 {id} 的答案要用 {name}，前面没有教过：课文里要有一句话写到它（放在反引号里），还要有一格代码用它并显示结果。",
                    en="Exercise {id} needs {name}, which nobody taught before: a sentence of the lesson names it (in backticks), and a cell uses it and shows what it gives.",
                ).format(id=one.exercise, name=one.name.text),
            )
    new = too_many(found)
    for lesson in lessons:
        if lesson.number in new and lesson.number in of:
            yield Problem(
                Place(lesson.folder / "lesson.py", 1),
                T(
                    zh="这一课教了 {n} 个新写法，最多 {most} 个：{names}。",
                    en="This lesson brings {n} new names, and {most} are the most: {names}.",
                ).format(n=len(new[lesson.number]), most=MOST, names=listed(new[lesson.number])),
            )


def table(lessons: Sequence[Lesson]) -> list[tuple[str, ...]]:
    """Return the report as rows: name, kind, the exercise that first needs it, where it is said, where it is shown."""
    return [
        (one.name.text, one.name.kind, one.exercise, one.said or "-", one.shown or "-")
        for one in report(lessons)
    ]


def _read_by_learners(cells: tuple[Cell, ...]) -> Iterator[Cell]:
    """Yield what a learner reads, in one language: neither the trainer's words nor the slides'."""
    for cell in paired(cells):
        one = cell[0] if isinstance(cell, tuple) else cell
        if not (one.for_trainer or one.slide_only):
            yield one


def _asked(task: Task) -> list[Name]:
    """Return the names that doing an exercise takes; a written answer takes none, and what it makes itself is its own."""
    if task.marks["kind"] == "explain":
        return []
    code = answer_code(replace(task.answer, text=in_language(task.answer, FIRST)))
    made = " ".join(text for text in _constants(code) if not text.isidentifier())
    return [name for name in names_in(code) if name.kind != "column" or name.word not in made]


def _constants(code: str) -> list[str]:
    nodes = ast.walk(ast.parse(code))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _texts(code: str) -> Iterator[str]:
    """Yield the words that stand in texts of a cell: columns it makes, codes it asks for."""
    return (word for text in _constants(code) for word in WORDS.findall(text))


def _gives_output(code: str) -> bool:
    """Tell whether a cell shows something: a value in its last line, or a print."""
    body = ast.parse(code).body
    return any(isinstance(one, ast.Expr) for one in body[-1:]) or "print(" in code


def _columns(nodes: Iterable[ast.expr]) -> dict[Name, None]:
    texts = [
        leaf.value
        for node in nodes
        for leaf in (ast.walk(node) if isinstance(node, (ast.List, ast.Tuple)) else [node])
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    ]
    return {Name(f'"{text}"', "column"): None for text in texts if text.isidentifier()}
