"""What can be done otherwise at one expression of a model answer: the turns that people really take.

A turn looks at an expression and at the values around it, and yields what else could stand there and what to say to
whoever took it. It works nothing out beyond that one expression.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.calls import FIXED, function, left_out, measured_twice, method
from custseg_helpers.detours.numbers import SEEDS, neighbours
from custseg_helpers.detours.trace import Part
from custseg_helpers.detours.turn import MOST_LABELS, Turn, base_of, code, is_mask, same, short, siblings
from custseg_helpers.detours.words import called
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.words.text import T, verbatim

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


SEEDS_OF = ("seed", "random_state")
NAMED_BY = {"groupby": "grouped", "sort_values": "sorted", "nlargest": "sorted", "nsmallest": "sorted"}
"""Calls that are given the name of a column."""


def turns(part: Part) -> Iterator[Turn]:
    """Yield what can be done otherwise at an expression, apart from other names that it could use.

    >>> from custseg_helpers.detours.trace import run
    >>> trace = run("", "few = 3 > 3", "few", {})
    >>> [(turn.kind, turn.make()) for _, part in trace.parts() for turn in turns(part) if isinstance(part.node, ast.Compare)]
    [('bound', True), ('opposite', True)]
    """
    for look in LOOKS.get(type(part.node), ()):
        yield from look(part)
    yield from left_out(part)
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
    yield from measured_twice(parts)


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
            new = f"{code(left)} {other} {short(limit)}"
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
            if sign == "!=":
                text = words.ONE_LABEL.format(new=called(label), old=code(part))
                yield Turn("label", 0, text, partial(operator.eq, left.value, label))
            elif sign == "==":
                text = words.LABEL_MORE.format(new=called(label), old=called(right.value))
                yield Turn("label", 1, text, partial(left.value.isin, [right.value, label]))


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
        yield turn("multiplied", words.MULTIPLIED, lambda: one * other)
        yield from _other_factor(left, right)
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
        if isinstance(part.node.op, ast.Add):
            yield turn("taken_off", words.TAKEN_OFF, lambda: one - other)
        if isinstance(part.node.op, ast.Mult):
            yield turn("divided", words.DIVIDED, lambda: one / other)


def _other_factor(product: Part, divisor: Part) -> Iterator[Turn]:
    """Yield `a * c / b` for `a * b / c`: the wrong one of the two is above the line."""
    if isinstance(product.node, ast.BinOp) and isinstance(product.node.op, ast.Mult):
        first, second = product.parts
        text = words.UPSIDE_DOWN.format(one=code(second), other=code(divisor))
        yield Turn("upside_down", 0, text, lambda: first.value * divisor.value / second.value)


def _not(part: Part) -> Iterator[Turn]:
    if isinstance(part.node, ast.UnaryOp) and isinstance(part.node.op, ast.Invert):
        text = words.OPPOSITE.format(old=code(part))
        yield Turn("opposite", 0, text, lambda: part.parts[0].value)


def _constant(part: Part) -> Iterator[Turn]:
    value, above = part.value, part.above
    if isinstance(value, bool):
        text = words.OPTION.format(new=verbatim(str(not value)), old=verbatim(str(value)))
        yield Turn("option", 1, text, lambda: not value)
    elif is_number(value) and _named(part) in SEEDS_OF:
        for seed in SEEDS:
            if seed != value:
                text = words.SEED.format(new=short(seed), old=short(value))
                yield Turn("seed", 1, text, partial(same, seed))
    elif is_number(value) and not _fixed(part):
        where = above
        while where and len(where.text) < 6 and where.above:
            where = where.above
        for other in neighbours(value):
            said = words.NEXT_NUMBER if abs(other - value) == 1 else words.NUMBER
            text = said.format(new=short(other), old=short(value), where=code(where or part))
            yield Turn("number", 1, text, partial(same, other))
    elif isinstance(value, str):
        yield from _other_labels(part)
        for found in RULE.finditer(value):
            yield from _rule(value, found)
        for found in JOINED.finditer(value):
            for kept, lost in (found.groups(), found.groups()[::-1]):
                text = words.ONE_ONLY.format(one=kept, other=lost)
                rest = value[: found.start()] + kept + value[found.end() :]
                yield Turn("one_condition", 0, text, partial(same, rest))


def _fixed(part: Part) -> bool:
    """Tell whether a number is no choice: a seed, an axis, the decimals of a rounding."""
    above = part.above
    if above is None or not isinstance(above.node, ast.Call):
        return False
    function = above.node.func
    if isinstance(function, ast.Attribute) and function.attr == "round":
        return True
    return _named(part) in FIXED


def _named(part: Part) -> str | None:
    """Return the name under which a call is given a value."""
    above = part.above
    if above is None or not isinstance(above.node, ast.Call):
        return None
    place = above.parts.index(part) - 1 - len(above.node.args)
    return above.node.keywords[place].arg if place >= 0 else None


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
    yield Turn("bound", 0, text.format(new=f"{name} {twin}", old=old), partial(same, with_(twin)))
    value = float(number) if "." in number else int(number)
    for other in neighbours(value):
        text = words.NUMBER.format(new=short(other), old=number, where=old)
        yield Turn("number", 1, text, partial(same, with_(f"{sign}{gap}{short(other)}")))


def _other_labels(part: Part) -> Iterator[Turn]:
    """Yield the other columns, rows or groups that a name could stand for."""
    above, value = part.above, part.value
    if above is None:
        return
    if isinstance(above.node, (ast.List, ast.Tuple)) and above.above is not None:
        holder = above.above
        if isinstance(holder.node, ast.Call) and isinstance(holder.node.func, ast.Attribute):
            sorted_by = NAMED_BY.get(holder.node.func.attr) == "sorted"
            if sorted_by and isinstance(holder.parts[0].parts[0].value, pd.DataFrame):
                yield from siblings(holder.parts[0].parts[0].value, value, kind="sorted")
            return  # `method` turns the labels of `isin`
        elif isinstance(holder.node, ast.Subscript) and isinstance(above.node, ast.Tuple):
            place = above.parts.index(part)
            yield from siblings(base_of(holder.parts[0]), value, rows=place == 0)
        return
    if isinstance(above.node, ast.Subscript) and above.parts[-1] is part:
        container = above.parts[0]
        rows = isinstance(container.node, ast.Attribute) and container.node.attr in ("loc", "at")
        yield from siblings(base_of(container), value, rows=rows)
    elif isinstance(above.node, ast.Call) and isinstance(above.node.func, ast.Attribute):
        kind = NAMED_BY.get(above.node.func.attr)
        if kind and isinstance(above.parts[0].parts[0].value, pd.DataFrame):
            yield from siblings(above.parts[0].parts[0].value, value, kind=kind)


def _filtered(part: Part) -> Iterator[Turn]:
    """Yield the table without the condition that its rows are chosen by."""
    if not isinstance(part.node, ast.Subscript):
        return
    container, chosen = part.parts[0], part.parts[-1]
    base = base_of(container)
    yield from _converse(part, container, chosen)
    if is_mask(chosen.value) and isinstance(base, (pd.DataFrame, pd.Series)):
        text = words.ALL_ROWS.format(old=code(chosen))
        if "quantity" in code(chosen) and isinstance(base, pd.DataFrame) and "quantity" in base:
            sold = base["quantity"] > 0
            text = words.WITH_RETURNS if chosen.value.equals(sold) else text
        yield Turn("unfiltered", 0, text, lambda: base)
    elif isinstance(chosen.node, ast.Tuple) and len(chosen.parts) == 2 and is_mask(chosen.parts[0].value):
        text = words.ALL_ROWS.format(old=code(chosen.parts[0]))
        yield Turn("unfiltered", 0, text, lambda: base[chosen.parts[1].value])


def _converse(part: Part, among: Part, chosen: Part) -> Iterator[Turn]:
    """Yield the converse: among those with the one, who has the other, and the groups and what is measured swapped."""
    one, other = among.value, chosen.value
    if _yes_and_no(one) and _yes_and_no(other) and len(one) == len(other):
        text = words.CONVERSE.format(new=f"{code(chosen)}[{code(among)}]", old=code(part))
        yield Turn("converse", 0, text, lambda: pd.Series(np.asarray(other))[np.asarray(one)])
    node = among.node
    if isinstance(other, str) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        by = among.parts[-1].value
        if node.func.attr == "groupby" and len(among.parts) == 2 and isinstance(by, str) and by != other:
            table = among.parts[0].parts[0].value
            text = words.GROUPS_SWAPPED.format(new=called(other), old=called(by))
            yield Turn("converse", 0, text, lambda: table.groupby(other)[by])


def _yes_and_no(value: Any) -> bool:
    """Tell whether a value is a column or an array of True and False."""
    return is_mask(value) or (isinstance(value, np.ndarray) and value.dtype == bool)


Look = Callable[[Part], Iterator[Turn]]
LOOKS: dict[type, tuple[Look, ...]] = {
    ast.Compare: (_compare,),
    ast.BinOp: (_logic, _arithmetic),
    ast.UnaryOp: (_not,),
    ast.Constant: (_constant,),
    ast.Subscript: (_filtered,),
    ast.Call: (method, function),
}
"""What to look at, by sort of expression."""
