"""A model answer taken apart: every expression with its value, so that one may be replaced and the rest follows.

What does not rest on the replaced expression keeps its value; a forecast fitted once is not fitted again for each detour.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from custseg_helpers.files.statements import made, read

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

    @property
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
    """A line that gives a name its value; one of another kind has no `whole` and is run as it stands."""

    name: str
    whole: Part | None
    code: CodeType
    reads: frozenset[str]
    makes: frozenset[str]


@dataclass
class Trace:
    """A model answer that has been run: its names, its lines and the name that the answer has."""

    names: dict[str, Any]
    answer: str
    lines: list[Line] = field(default_factory=list)

    @property
    def value(self) -> Any:
        """What the model answer comes to."""
        return self.names[self.answer]

    def parts(self) -> Iterator[tuple[int, Part]]:
        """Yield every expression with the number of its line."""
        for number, line in enumerate(self.lines):
            for part in line.whole.walk() if line.whole else ():
                yield number, part

    def otherwise(self, number: int, part: Part, value: Any) -> Any:
        r"""Return what the answer comes to where one expression has another value.

        >>> trace = run("money = [3, 4]", "total = sum(money)\nmean = total / len(money)", "mean", {})
        >>> [trace.otherwise(n, part, 14) for n, part in trace.parts() if part.text == "sum(money)"]
        [7.0]
        """
        while part.above is not None:
            above = part.above
            values = {
                f"_{place}": value if one is part else one.value for place, one in enumerate(above.parts)
            }
            part, value = above, eval(above.code, self.names, values)
        changed = {self.lines[number].name: value}
        for line in self.lines[number + 1 :]:
            if not line.reads & changed.keys():
                continue
            if line.whole:
                changed[line.name] = self._again(line.whole, changed)
            else:
                names = self.names | changed
                exec(line.code, names)
                changed |= {name: names[name] for name in line.makes}
        return changed.get(self.answer, self.value)

    def _again(self, part: Part, changed: dict[str, Any]) -> Any:
        if not part.reads & changed.keys():
            return part.value
        if isinstance(part.node, ast.Name):
            return changed[part.node.id]
        values = {f"_{place}": self._again(one, changed) for place, one in enumerate(part.parts)}
        return eval(part.code, self.names | changed if not part.parts else self.names, values)


def run(before: str, steps: str, answer: str, names: dict[str, Any]) -> Trace:
    """Run a model answer: the lines above it as they stand, its own steps expression by expression."""
    names = dict(names)
    exec(before, names)
    trace = Trace(names, answer)
    for statement in _alive(ast.parse(steps).body, answer):
        line = _line(statement)
        trace.lines.append(line)
        if line.whole:
            _work_out(line.whole, names)
            names[line.name] = line.whole.value
        else:
            exec(line.code, names)
    return trace


def _alive(statements: list[ast.stmt], answer: str) -> list[ast.stmt]:
    """Return the statements that the answer rests on."""
    wanted, kept = {answer}, list[ast.stmt]()
    for statement in reversed(statements):
        if made(statement) & wanted:
            kept.insert(0, statement)
            wanted |= read(statement)
    return kept


def _line(statement: ast.stmt) -> Line:
    plain = isinstance(statement, ast.Assign) and len(statement.targets) == 1
    target = statement.targets[0] if isinstance(statement, ast.Assign) and plain else None
    whole = (
        _part(statement.value) if isinstance(statement, ast.Assign) and isinstance(target, ast.Name) else None
    )
    code = compile(ast.Module([statement], []), "<steps>", "exec")
    makes = made(statement)
    name = target.id if isinstance(target, ast.Name) else next(iter(sorted(makes)), "")
    return Line(name, whole, code, frozenset(read(statement)), frozenset(makes))


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
    from copy import deepcopy

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
