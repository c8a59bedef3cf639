"""What can be done otherwise at one expression of a model answer: the turns that people really take.

A turn looks at an expression and at the values around it, and yields what else could stand there and what to say to
whoever took it. It works nothing out beyond that one expression.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.numbers import neighbours
from custseg_helpers.detours.trace import Part
from custseg_helpers.detours.words import called
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.words.text import T, listed, verbatim

LONGEST = 90
"""Code longer than this is not shown."""
MOST_LABELS = 24
"""Of a column with more labels no neighbour is tried."""
MOST_COLUMNS = 6
"""Of a table with more columns none is left out."""
COMPARES: dict[type, tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
}
TWIN = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}
OTHER_SIDE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
OPERATORS = dict(COMPARES.values())
RULE = re.compile(r"(?<=[\w\])'\" ])(>=|<=|>|<)(\s*)(\d+(?:\.\d+)?)\b")
"""A condition within a text, as rules of tags have it: `frequency >= 2`."""

JOINED = re.compile(r"([\w.]+ *[<>=]+ *[\w.]+) and ([\w.]+ *[<>=]+ *[\w.]+)")
"""Two conditions of a rule that must both hold."""


@dataclass(frozen=True)
class Turn:
    """One thing done otherwise at an expression: its kind, how plain it is (0 first), its words, the value there."""

    kind: str
    plain: int
    text: T
    make: Callable[[], Any]


def turns(part: Part) -> Iterator[Turn]:
    """Yield what can be done otherwise at an expression, apart from other names that it could use.

    >>> from custseg_helpers.detours.trace import run
    >>> trace = run("", "few = 3 > 3", "few", {})
    >>> [(turn.kind, turn.make()) for _, part in trace.parts() for turn in turns(part) if isinstance(part.node, ast.Compare)]
    [('bound', True), ('opposite', True)]
    """
    for look in LOOKS.get(type(part.node), ()):
        yield from look(part)
    yield from _left_out(part)
    if is_mask(part.value) and not isinstance(part.node, (ast.Compare, ast.Constant)):
        yield Turn("opposite", 0, words.OPPOSITE.format(old=code(part)), lambda: ~part.value)


def all_at_once(parts: Sequence[Part]) -> Iterator[tuple[tuple[Part, ...], Turn]]:
    """Yield what can be done otherwise at several expressions of a line at once: a number that stands there twice.

    >>> from custseg_helpers.detours.trace import run
    >>> trace = run("r, f = 4, 5", "best = r >= 5 and f >= 5", "best", {})
    >>> {turn.make() for _, turn in all_at_once(trace.parts_of(trace.lines[-1]))} >= {4, 6}
    True
    """
    places: dict[Any, list[Part]] = {}
    for part in parts:
        if isinstance(part.node, ast.Constant) and is_number(part.value) and not _fixed(part):
            places.setdefault(part.value, []).append(part)
    for value, found in places.items():
        for turn in _constant(found[0]) if len(found) > 1 and not isinstance(value, bool) else ():
            yield tuple(found), turn


def is_mask(value: Any) -> bool:
    """Tell whether a value is a column of True and False.

    >>> is_mask(pd.Series([True])), is_mask(True)
    (True, False)
    """
    return isinstance(value, pd.Series) and pd.api.types.is_bool_dtype(value)


def code(part: Part) -> str:
    """Return the code of an expression, cut where it is long."""
    text = " ".join(part.text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _compare(part: Part) -> Iterator[Turn]:
    node = part.node
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in COMPARES:
        return
    sign, _ = COMPARES[type(node.ops[0])]
    left, right = part.parts
    for kind, other in (("bound", TWIN.get(sign)), ("opposite", OTHER_SIDE[sign])):
        if other is None:
            continue
        new = f"{code(left)} {other} {code(right)}"
        text = words.OPPOSITE if kind == "opposite" else words.IN if "=" in other else words.OUT
        yield Turn(
            kind, 0, text.format(new=new, old=code(part)), partial(OPERATORS[other], left.value, right.value)
        )
    if sign == "==" and is_number(right.value):
        value = right.value
        for other, limit in (("<=", value), (">=", value), ("<=", value + 1), (">=", value - 1)):
            new = f"{code(left)} {other} {_short(limit)}"
            told = words.RANGE.format(new=new, old=code(part))
            yield Turn("bound", 0, told, partial(OPERATORS[other], left.value, limit))
    if (
        isinstance(right.node, ast.Constant)
        and isinstance(right.value, str)
        and isinstance(left.value, pd.Series)
    ):
        for label in _labels(left.value, right.value):
            text = words.LABEL.format(new=called(label), old=called(right.value))
            yield Turn("label", 0, text, partial(OPERATORS[sign], left.value, label))


def _labels(column: pd.Series, right: str) -> list[str]:
    if pd.api.types.is_numeric_dtype(column):
        return []
    found = [label for label in column.dropna().unique() if isinstance(label, str) and label != right]
    return found if len(found) <= MOST_LABELS else []


def _logic(part: Part) -> Iterator[Turn]:
    if not isinstance(part.node, ast.BinOp) or not isinstance(part.node.op, (ast.BitAnd, ast.BitOr)):
        return
    left, right = part.parts
    one, other, asks_both = left.value, right.value, isinstance(part.node.op, ast.BitAnd)
    both = {"one": code(left), "other": code(right)}
    turned = {"one": code(right), "other": code(left)}
    if asks_both:
        yield Turn("or_for_and", 0, words.EITHER.format(**both), lambda: one | other)
    else:
        yield Turn("and_for_or", 0, words.BOTH.format(**both), lambda: one & other)
    yield Turn("one_condition", 0, words.ONE_ONLY.format(**both), lambda: one)
    yield Turn("one_condition", 0, words.ONE_ONLY.format(**turned), lambda: other)
    yield Turn("one_turned", 0, words.ONE_NOT.format(**both), lambda: one & ~other)
    yield Turn("one_turned", 0, words.ONE_NOT.format(**turned), lambda: other & ~one)
    yield Turn("both_turned", 0, words.NEITHER.format(**both), lambda: ~one & ~other)


def _arithmetic(part: Part) -> Iterator[Turn]:
    if not isinstance(part.node, ast.BinOp):
        return
    left, right = part.parts
    one, other = left.value, right.value
    both = {"one": code(left), "other": code(right)}

    def turn(kind: str, text: T, make: Callable[[], Any]) -> Turn:
        return Turn(kind, 0, text.format(**both), make)

    if isinstance(part.node.op, ast.Div):
        yield turn("not_divided", words.NOT_DIVIDED, lambda: one)
        yield turn("only_below", words.ONLY_BELOW, lambda: other)
        yield turn("upside_down", words.UPSIDE_DOWN, lambda: other / one)
        yield turn("difference_for_ratio", words.DIFFERENCE_FOR_RATIO, lambda: one - other)
    elif isinstance(part.node.op, ast.Sub):
        yield turn("turned", words.TURNED, lambda: other - one)
        yield turn("first_alone", words.NOT_TAKEN_OFF, lambda: one)
        yield turn("second_alone", words.SECOND_ALONE, lambda: other)
        yield turn("added", words.ADDED, lambda: one + other)
        if not {1, 0} & {side for side in (one, other) if is_number(side)}:
            yield turn("ratio_for_difference", words.RATIO_FOR_DIFFERENCE, lambda: one / other)
            yield turn("ratio_for_difference", words.RATIO_FOR_DIFFERENCE, lambda: other / one)
        yield turn("change_for_difference", words.CHANGE_FOR_DIFFERENCE, lambda: one / other - 1)
    elif isinstance(part.node.op, (ast.Mult, ast.Add, ast.Pow)):
        yield turn("first_alone", words.FIRST_ALONE, lambda: one)
        if not isinstance(part.node.op, ast.Pow):
            yield turn("second_alone", words.SECOND_ALONE, lambda: other)
        if isinstance(part.node.op, ast.Mult):
            yield turn("divided", words.DIVIDED, lambda: one / other)


def _not(part: Part) -> Iterator[Turn]:
    if isinstance(part.node, ast.UnaryOp) and isinstance(part.node.op, ast.Invert):
        text = words.OPPOSITE.format(old=code(part))
        yield Turn("opposite", 0, text, lambda: part.parts[0].value)


def _constant(part: Part) -> Iterator[Turn]:
    value, above = part.value, part.above
    if isinstance(value, bool):
        text = words.OPTION.format(new=verbatim(str(not value)), old=verbatim(str(value)))
        yield Turn("option", 1, text, lambda: not value)
    elif is_number(value) and not _fixed(part):
        where = above
        while where and len(where.text) < 6 and where.above:
            where = where.above
        for other in neighbours(value):
            said = words.NEXT_NUMBER if abs(other - value) == 1 else words.NUMBER
            text = said.format(new=_short(other), old=_short(value), where=code(where or part))
            yield Turn("number", 1, text, partial(_same, other))
    elif isinstance(value, str):
        yield from _other_labels(part)
        for found in RULE.finditer(value):
            yield from _rule(value, found)
        for found in JOINED.finditer(value):
            for kept, lost in (found.groups(), found.groups()[::-1]):
                text = words.ONE_ONLY.format(one=kept, other=lost)
                rest = value[: found.start()] + kept + value[found.end() :]
                yield Turn("one_condition", 0, text, partial(_same, rest))


def _fixed(part: Part) -> bool:
    """Tell whether a number is no choice: a seed, an axis, the decimals of a rounding."""
    node, above = part.node, part.above
    if above is None or not isinstance(above.node, ast.Call):
        return False
    function = above.node.func
    if isinstance(function, ast.Attribute) and function.attr == "round":
        return True
    named = [one.arg for one in above.node.keywords if one.value is node]
    return bool(named) and named[0] in ("axis", "seed", "random_state", "decimals")


def _rule(rule: str, found: re.Match[str]) -> Iterator[Turn]:
    sign, gap, number = found.groups()
    start, end = found.span()
    near = re.search(r"\w+\s*$", rule[:start])
    name = near.group().strip() if near else ""

    def with_(new: str) -> str:
        return rule[:start] + new + rule[end:]

    old = f"{name} {sign} {number}".strip()
    twin = f"{TWIN[sign]}{gap}{number}"
    text = words.IN if "=" in TWIN[sign] else words.OUT
    yield Turn("bound", 0, text.format(new=f"{name} {twin}", old=old), partial(_same, with_(twin)))
    value = float(number) if "." in number else int(number)
    for other in neighbours(value):
        text = words.NUMBER.format(new=_short(other), old=number, where=old)
        yield Turn("number", 1, text, partial(_same, with_(f"{sign}{gap}{_short(other)}")))


def _other_labels(part: Part) -> Iterator[Turn]:
    """Yield the other columns, rows or groups that a name could stand for."""
    above, value = part.above, part.value
    if above is None:
        return
    if isinstance(above.node, (ast.List, ast.Tuple)) and above.above is not None:
        holder = above.above
        if isinstance(holder.node, ast.Call) and isinstance(holder.node.func, ast.Attribute):
            if holder.node.func.attr == "isin" and isinstance(above.node, ast.List):
                return  # `_method` turns the labels of `isin`
        elif isinstance(holder.node, ast.Subscript) and isinstance(above.node, ast.Tuple):
            place = above.parts.index(part)
            yield from _siblings(_base(holder.parts[0]), value, rows=place == 0)
        return
    if isinstance(above.node, ast.Subscript) and above.parts[-1] is part:
        container = above.parts[0]
        rows = isinstance(container.node, ast.Attribute) and container.node.attr in ("loc", "at")
        yield from _siblings(_base(container), value, rows=rows)
    elif isinstance(above.node, ast.Call) and isinstance(above.node.func, ast.Attribute):
        if above.node.func.attr != "groupby":
            return
        yield from _siblings(above.parts[0].parts[0].value, value, kind="grouped")


def _base(part: Part) -> Any:
    if isinstance(part.node, ast.Attribute) and part.node.attr in ("loc", "at", "iloc"):
        return part.parts[0].value
    return part.value


def _siblings(container: Any, name: str, rows: bool = False, kind: str = "column") -> Iterator[Turn]:
    if not isinstance(container, (pd.DataFrame, pd.Series, dict)):
        container = getattr(container, "obj", None)
    if isinstance(container, pd.DataFrame) and not rows:
        if name not in container.columns or not container.columns.is_unique:
            return
        sort = _sort(container[name])
        others = [one for one in container.columns if one != name and _sort(container[one]) == sort]
        said = words.GROUPED if kind == "grouped" else words.COLUMN
    elif isinstance(container, (pd.DataFrame, pd.Series)):
        others, kind, said = [one for one in container.index if one != name], "label", words.LABEL
    elif isinstance(container, dict):
        others, kind, said = [one for one in container if one != name], "label", words.LABEL
    else:
        return
    for other in others if len(others) <= 2 * MOST_LABELS else ():
        if isinstance(other, str):
            yield Turn(kind, 0, said.format(new=called(other), old=called(name)), partial(_same, other))


def _sort(column: pd.Series) -> str:
    types = pd.api.types
    if types.is_bool_dtype(column):
        return "yes_no"
    if types.is_numeric_dtype(column):
        return "number"
    return "date" if types.is_datetime64_any_dtype(column) else "text"


def _filtered(part: Part) -> Iterator[Turn]:
    """Yield the table without the condition that its rows are chosen by."""
    if not isinstance(part.node, ast.Subscript):
        return
    container, chosen = part.parts[0], part.parts[-1]
    base = _base(container)
    if is_mask(chosen.value) and isinstance(base, (pd.DataFrame, pd.Series)):
        yield Turn("unfiltered", 0, words.ALL_ROWS.format(old=code(chosen)), lambda: base)
    elif isinstance(chosen.node, ast.Tuple) and len(chosen.parts) == 2 and is_mask(chosen.parts[0].value):
        text = words.ALL_ROWS.format(old=code(chosen.parts[0]))
        yield Turn("unfiltered", 0, text, lambda: base[chosen.parts[1].value])


AGGREGATES = ("sum", "mean", "median", "count", "nunique", "size", "max", "min", "std")
OPPOSED = {
    "idxmax": "idxmin",
    "idxmin": "idxmax",
    "head": "tail",
    "tail": "head",
    "first": "last",
    "last": "first",
}
LEFT_OUT = (
    "abs",
    "cumsum",
    "dropna",
    "fillna",
    "drop_duplicates",
    "clip",
    "reindex",
    "unique",
    "shift",
    "diff",
)


def _method(part: Part) -> Iterator[Turn]:
    node = part.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    method, base = node.func.attr, part.parts[0].parts[0]
    held, given = base.value, [one.value for one in part.parts[1 : 1 + len(node.args)]]
    named = {
        one.arg: value.value
        for one, value in zip(node.keywords, part.parts[1 + len(node.args) :], strict=True)
        if one.arg
    }
    if method in AGGREGATES and not given:
        for other in AGGREGATES:
            if other != method and hasattr(held, other):
                called_here = words.AGGREGATES | (words.OF_MASKS if _yes_no(held) else {})
                told = words.AGGREGATE.format(
                    new=called_here[other], old=called_here[method], where=code(part)
                )
                yield Turn("aggregate", 0, told, partial(_called, held, other, named))
    elif method in OPPOSED and hasattr(held, OPPOSED[method]):
        new = f"{code(base)}.{OPPOSED[method]}"
        text = words.SWAPPED.format(new=new, old=code(part))
        yield Turn("opposed", 0, text, lambda: getattr(held, OPPOSED[method])(*given, **named))
    elif method in LEFT_OUT:
        yield Turn("step_left_out", 1, words.STEP_LEFT_OUT.format(old=code(part)), lambda: held)
    elif method == "isin" and given and isinstance(given[0], list) and isinstance(held, pd.Series):
        yield from _isin(held, given[0])
    elif method == "between":
        for sides, text in (("neither", words.OUT), ("left", words.OUT), ("right", words.OUT)):
            new = f'{code(part)[:-1]}, inclusive="{sides}")'
            told = text.format(new=new, old=code(part))
            yield Turn("bound", 0, told, partial(held.between, *given, inclusive=sides))
    elif method in ("duplicated", "drop_duplicates"):
        text = words.OPTION.format(new=f"{code(part)[:-1]}keep=False)", old=code(part))
        yield Turn("option", 0, text, lambda: getattr(held, method)(*given, **{**named, "keep": False}))


def _yes_no(held: Any) -> bool:
    """Tell whether what is added up or averaged is yes and no, also by group or as 1 and 0."""
    column = getattr(held, "obj", held)
    return is_mask(column) or (isinstance(column, pd.Series) and column.isin((0, 1)).all())


def _isin(column: pd.Series, labels: list[Any]) -> Iterator[Turn]:
    old = listed(map(str, labels))
    for label in labels if len(labels) > 1 else ():
        rest = [one for one in labels if one != label]
        yield Turn(
            "label", 0, words.LABEL_LACKS.format(new=called(label), old=old), partial(column.isin, rest)
        )
        yield Turn("label", 0, words.LABEL.format(new=called(label), old=old), partial(column.isin, [label]))
    others = [one for one in column.dropna().unique() if one not in labels]
    for label in others if len(others) <= MOST_LABELS else ():
        more = [*labels, label]
        yield Turn(
            "label", 0, words.LABEL_MORE.format(new=called(label), old=old), partial(column.isin, more)
        )


def _left_out(part: Part) -> Iterator[Turn]:
    """Yield a list of columns, or a small table, that a call is given, without one of its columns."""
    above, value = part.above, part.value
    if above is None or not isinstance(above.node, ast.Call) or above.parts[0] is part:
        return
    if isinstance(part.node, ast.List) and all(isinstance(one, str) for one in value):
        for item in value if 1 < len(value) <= MOST_COLUMNS else ():
            rest = [one for one in value if one != item]
            yield Turn("column_left_out", 0, words.LEFT_OUT.format(old=called(item)), partial(_same, rest))
    elif isinstance(value, pd.DataFrame) and 1 < value.shape[1] <= MOST_COLUMNS and value.columns.is_unique:
        for column in value.columns:
            text = words.LEFT_OUT.format(old=called(column))
            yield Turn("column_left_out", 0, text, partial(value.drop, columns=column))


def _function(part: Part) -> Iterator[Turn]:
    """Yield a count of different ids for a count of rows, two arguments that have changed places, and the defaults turned."""
    node = part.node
    if not isinstance(node, ast.Call) or not part.parts:
        return
    given = [one.value for one in part.parts[1 : 1 + len(node.args)]]
    if isinstance(node.func, ast.Name) and node.func.id == "len" and isinstance(given[0], pd.DataFrame):
        for column in given[0].columns:
            if str(column).endswith("_id"):
                text = words.COUNTED.format(new=called(column), old=words.AGGREGATES["size"])
                yield Turn("counted", 0, text, partial(_called, given[0][column], "nunique", {}))
    if (
        len(given) >= 2
        and isinstance(given[0], (pd.Series, pd.DataFrame))
        and type(given[0]) is type(given[1])
    ):
        names = [code(one) for one in part.parts[1:]]
        new = f"({names[1]}, {names[0]})"
        text = words.SWAPPED.format(new=new, old=f"({names[0]}, {names[1]})")
        yield Turn("swapped", 1, text, lambda: _call(part, [given[1], given[0], *given[2:]], {}))


def _called(held: Any, method: str, named: dict[str, Any]) -> Any:
    found = getattr(held, method)
    return found(**named) if callable(found) else found


def _call(part: Part, given: list[Any], more: dict[str, Any]) -> Any:
    assert isinstance(part.node, ast.Call)
    held = part.parts[1 + len(part.node.args) :]
    named = {one.arg: value.value for one, value in zip(part.node.keywords, held, strict=True) if one.arg}
    return part.parts[0].value(*given, **{**named, **more})


def _same(value: Any) -> Any:
    return value


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


Look = Callable[[Part], Iterator[Turn]]
LOOKS: dict[type, tuple[Look, ...]] = {
    ast.Compare: (_compare,),
    ast.BinOp: (_logic, _arithmetic),
    ast.UnaryOp: (_not,),
    ast.Constant: (_constant,),
    ast.Subscript: (_filtered,),
    ast.Call: (_method, _function),
}
"""What to look at, by sort of expression."""
