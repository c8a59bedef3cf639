"""A model answer taken apart: every expression with its value, so that one may be replaced and the rest follows.

What does not rest on the replaced expression keeps its value; a forecast fitted once is not fitted again for each detour.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Set
from copy import copy, deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

from custseg_helpers.files.statements import IMPORTS, made, read

DEAR = frozenset(
    {"traits", "need_groups", "by_tier", "fit_clusters", "coming_year", "holdout", "load_sample"}
)
"""Calls that take long; lines with one are run only where the answer rests on them."""
FOLDER = "work_folder"
"""What makes a folder for files of the lesson."""
COURSE, LITTLE, GROUPED, OPAQUE = 60, 8, 8, 60
"""Work of a call of the course, of one that is given small tables only, of a grouping, of a line run as it stands; of an
addition it is 1."""
SMALL = 100
"""So many rows at most has a small table."""
WHOLE = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr, ast.NamedExpr)
"""Expressions that are worked out as a whole."""


@dataclass(eq=False)
class Part:
    """An expression: what it is made of, the names it reads, its value."""

    node: ast.expr
    parts: list["Part"]
    reads: frozenset[str]
    code: CodeType
    above: "Part | None" = None
    value: Any = None

    @cached_property
    def text(self) -> str:
        """Its code."""
        return ast.unparse(self.node)

    def walk(self) -> Iterator["Part"]:
        """Yield this expression and all it is made of."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(eq=False)
class Line:
    """A line that gives a name its value; one of another kind has no `whole` and is run as it stands.

    What it `changes` was there before, such as a table that gets a column. A `given` one stands above the exercise.
    """

    name: str
    whole: Part | None
    code: CodeType
    reads: frozenset[str]
    makes: frozenset[str]
    changes: frozenset[str] = frozenset()
    given: bool = False


@dataclass
class Trace:
    """A model answer that has been run: its names, its lines and the name that the answer has."""

    names: dict[str, Any]
    answer: str
    lines: list[Line] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)

    @property
    def value(self) -> Any:
        """What the model answer comes to."""
        return self.names[self.answer]

    def parts(self) -> Iterator[tuple[int, Part]]:
        """Yield every expression with the number of its line."""
        for number, line in enumerate(self.lines):
            for part in self.parts_of(line):
                yield number, part

    def parts_of(self, line: Line) -> list[Part]:
        """Return the expressions of a line; none where its name is made twice, and none where it reads or keeps files."""
        once = sum(line.name in other.makes for other in self.lines) == 1
        return list(line.whole.walk()) if line.whole and once and not line.reads & self.folders else []

    def otherwise(self, number: int, instead: Mapping[Part, Any]) -> Any:
        r"""Return what the answer comes to where some expressions of a line have another value.

        >>> trace = run("money = [3, 4]", "total = sum(money)\nmean = total / len(money)", "mean", {})
        >>> [trace.otherwise(n, {part: 14}) for n, part in trace.parts() if part.text == "sum(money)"]
        [7.0]
        """
        line = self.lines[number]
        assert line.whole
        changed = {line.name: self._replaced(line.whole, instead, _above(instead))}
        for line in self.lines[number + 1 :]:
            if not line.reads & changed.keys():
                continue
            if not line.changes <= changed.keys() or line.reads & self.folders:
                raise ValueError("neither a table that was changed nor a file is made a second time")
            if line.whole:
                changed[line.name] = self._again(line.whole, changed)
            else:
                names = self.names | changed | {name: copy(changed[name]) for name in line.changes}
                exec(line.code, names)
                changed |= {name: names[name] for name in line.makes}
        return changed.get(self.answer, self.value)

    def work(self, number: int, places: Iterable[Part]) -> int:
        r"""Return how much is worked out anew where some expressions have another value: a call of the course most.

        >>> trace = run("money = [3, 4]", "total = sum(money)\nmean = total / len(money)", "mean", {})
        >>> [trace.work(n, [part]) for n, part in trace.parts() if part.text == "sum(money)"]
        [1]
        """
        changed = {self.lines[number].name}
        anew = sum(map(self._dear, _above(places)))
        for line in self.lines[number + 1 :]:
            if not line.reads & changed:
                continue
            changed |= line.makes
            if line.whole:
                anew += sum(self._dear(one) for one in line.whole.walk() if one.parts and one.reads & changed)
            else:
                anew += OPAQUE
        return anew

    def _dear(self, part: Part) -> int:
        if not isinstance(part.node, ast.Call):
            return 1
        called = part.parts[0].value
        course = (getattr(called, "__module__", None) or "").startswith("custseg_helpers")
        if course and all(_small(one.value) for one in part.parts[1:]):
            return LITTLE
        return COURSE if course else GROUPED if part.text.count("groupby") else 2

    def _replaced(self, part: Part, instead: Mapping[Part, Any], above: Set[Part]) -> Any:
        if part in instead:
            return instead[part]
        if part not in above:
            return part.value
        values = {f"_{place}": self._replaced(one, instead, above) for place, one in enumerate(part.parts)}
        return eval(part.code, self.names, values)

    def _again(self, part: Part, changed: dict[str, Any]) -> Any:
        if not part.reads & changed.keys():
            return part.value
        if isinstance(part.node, ast.Name):
            return changed[part.node.id]
        values = {f"_{place}": self._again(one, changed) for place, one in enumerate(part.parts)}
        return eval(part.code, self.names | changed if not part.parts else self.names, values)


def _small(value: Any) -> bool:
    return isinstance(value, (str, int, float, type(None))) or (
        hasattr(value, "__len__") and len(value) <= SMALL
    )


def _above(parts: Iterable[Part]) -> set[Part]:
    """Return the expressions that these are parts of."""
    found = set[Part]()
    for part in parts:
        while part.above is not None:
            part = part.above
            found.add(part)
    return found


def run(before: str, steps: str, answer: str, names: dict[str, Any]) -> Trace:
    """Run a model answer, the lines above it and its own steps, expression by expression where the answer rests on them.

    Lines that keep files do so in a folder of their own, which is gone afterwards.
    """
    trace = Trace(dict(names), answer)
    given, own = ast.parse(before).body, ast.parse(steps).body
    alive = _alive([*given, *own], answer)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for statement in [*_at_hand(given, alive), *(one for one in own if one in alive)]:
            line = _line(statement, trace.names, given=statement in given)
            if statement in alive and not isinstance(statement, IMPORTS):
                trace.lines.append(line)
            if line.whole:
                _work_out(line.whole, trace.names)
                trace.names[line.name] = line.whole.value
            else:
                exec(line.code, trace.names)
            if FOLDER in line.makes:
                trace.names[FOLDER] = lambda *_, **__: Path(folder)
            trace.folders |= line.makes if FOLDER in line.makes | line.reads else set()
    return trace


def _alive(statements: list[ast.stmt], answer: str) -> list[ast.stmt]:
    """Return the statements that the answer rests on."""
    wanted, kept = {answer}, list[ast.stmt]()
    for statement in reversed(statements):
        if made(statement) & wanted:
            kept.insert(0, statement)
            wanted |= read(statement)
    return kept


def _at_hand(given: list[ast.stmt], alive: list[ast.stmt]) -> list[ast.stmt]:
    """Return the lines above that are run: those that the answer rests on, and what else is made without long work."""
    lost, kept = set[str](), list[ast.stmt]()
    for statement in given:
        calls = {
            one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
            for one in ast.walk(statement)
            if isinstance(one, ast.Call)
        }
        if statement not in alive and (calls & DEAR or read(statement) & lost):
            lost |= made(statement)
        else:
            lost -= made(statement)
            kept.append(statement)
    return kept


def _line(statement: ast.stmt, names: dict[str, Any], given: bool) -> Line:
    plain = isinstance(statement, ast.Assign) and len(statement.targets) == 1
    target = statement.targets[0] if isinstance(statement, ast.Assign) and plain else None
    whole = (
        _part(statement.value) if isinstance(statement, ast.Assign) and isinstance(target, ast.Name) else None
    )
    code = compile(ast.Module([statement], []), "<steps>", "exec")
    makes = made(statement)
    name = target.id if isinstance(target, ast.Name) else next(iter(sorted(makes)), "")
    changes = frozenset() if whole else frozenset(makes & names.keys() - _named(statement))
    return Line(name, whole, code, frozenset(read(statement)), frozenset(makes), changes, given)


def _named(statement: ast.stmt) -> set[str]:
    """Return the names that a statement makes anew, as `a, b = …` does."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    named = [
        one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]
    return {one.id for one in named if isinstance(one, ast.Name)}


class _Apart(ast.NodeTransformer):
    """Takes the direct parts of an expression out and leaves a name in the place of each."""

    def __init__(self) -> None:
        self.parts: list[ast.expr] = []

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and not isinstance(node, (ast.Slice, ast.Starred)):
            self.parts.append(node)
            return ast.Name(f"_{len(self.parts) - 1}", ast.Load())
        return self.generic_visit(node)


def _part(node: ast.expr) -> Part:
    apart = _Apart()
    hollow = deepcopy(node)
    if not isinstance(node, WHOLE):
        apart.generic_visit(hollow)
    code = compile(ast.fix_missing_locations(ast.Expression(hollow)), "<steps>", "eval")
    whole = Part(node, [_part(one) for one in apart.parts], frozenset(read(node)), code)
    for one in whole.parts:
        one.above = whole
    return whole


def _work_out(part: Part, names: dict[str, Any]) -> None:
    for one in part.parts:
        _work_out(one, names)
    part.value = eval(part.code, names, {f"_{place}": one.value for place, one in enumerate(part.parts)})
