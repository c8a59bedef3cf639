"""What can be done otherwise at a call: another measure, the other end, a step or a setting left out, arguments swapped."""

import ast
import inspect
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import permutations
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.trace import Part
from custseg_helpers.detours.turn import MOST_LABELS, Turn, bracketed, code, is_mask, same, short
from custseg_helpers.detours.words import called
from custseg_helpers.words.text import T, listed

FIXED = ("axis", "seed", "random_state", "decimals")
"""Settings that are no choice."""
MOST_COLUMNS = 6
"""Of a table with more columns none is left out."""
MOST_IN_ORDER = 3
"""A longer list is not tried in every order."""
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
    "sort_values",
    "sort_index",
    "head",
    "tail",
    "nlargest",
)
BY_ROW = ("sum", "mean", "median", "max", "min", "idxmax", "idxmin")
"""What a table can be measured by, by column and by row."""


def method(part: Part) -> Iterator[Turn]:
    """Yield another measure, the other end, another bound or list, and the step left out."""
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
    if method in ("sum", "mean") and not given:
        yield from _ids_of_groups(base, part)
    if method in BY_ROW and isinstance(held, pd.DataFrame) and not given and set(named) <= {"axis"}:
        by_row = named.get("axis", 0) in (0, "index")
        text = words.BY_ROW if by_row else words.BY_COLUMN
        turned = partial(_called, held, method, {"axis": int(by_row)})
        yield Turn("other_axis", 0, text.format(old=code(part)), turned)
    if method in OPPOSED and hasattr(held, OPPOSED[method]):
        new = f"{bracketed(code(base))}.{OPPOSED[method]}"
        text = words.SWAPPED.format(new=new, old=code(part))
        yield Turn("opposed", 0, text, lambda: getattr(held, OPPOSED[method])(*given, **named))
    if method in LEFT_OUT:
        yield Turn("step_left_out", 1, words.STEP_LEFT_OUT.format(old=code(part)), lambda: held)
    elif method == "isin" and given and isinstance(given[0], list) and isinstance(held, pd.Series):
        yield from _isin(held, given[0])
    elif method == "between":
        for sides, text in (("neither", words.OUT), ("left", words.OUT), ("right", words.OUT)):
            new = f'{code(part)[:-1]}, inclusive="{sides}")'
            told = text.format(new=new, old=code(part))
            yield Turn("bound", 0, told, partial(held.between, *given, inclusive=sides))
        yield from _one_end(base, held, *given[:2])
    elif method in ("duplicated", "drop_duplicates"):
        text = words.OPTION.format(new=f"{code(part)[:-1]}keep=False)", old=code(part))
        yield Turn("option", 0, text, lambda: getattr(held, method)(*given, **{**named, "keep": False}))


def _ids_of_groups(base: Part, part: Part) -> Iterator[Turn]:
    """Yield how many different customers, orders or products each group has, for what is added up in it."""
    if not isinstance(base.node, ast.Subscript) or not isinstance(base.parts[0].node, ast.Call):
        return
    grouped = base.parts[0].value
    table = getattr(grouped, "obj", None)
    for column in table.columns if isinstance(table, pd.DataFrame) and hasattr(grouped, "ngroups") else ():
        if str(column).endswith("_id") and column not in grouped.exclusions:
            text = words.COUNTED.format(new=called(column), old=f"`{code(part)}`")
            yield Turn("counted", 0, text, partial(_called, grouped[column], "nunique", {}))


class Each(list[Any]):
    """What stands at each of several places."""


def measured_twice(parts: Sequence[Part]) -> Iterator[tuple[tuple[Part, ...], Turn]]:
    """Yield another measure where a line measures twice by the same one: means divided where sums are."""
    places: dict[str, list[Part]] = {}
    for part in parts:
        node = part.node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
            places.setdefault(node.func.attr, []).append(part)
    for name, found in places.items():
        held = [one.parts[0].parts[0].value for one in found]
        for other in ("sum", "mean", "median") if name in AGGREGATES and len(found) > 1 else ():
            if other != name and all(hasattr(one, other) for one in held):
                text = words.AGGREGATE.format(
                    new=words.AGGREGATES[other], old=words.AGGREGATES[name], where=code(found[0])
                )
                yield tuple(found), Turn("aggregate", 0, text, partial(_each, held, other))


def _each(held: list[Any], name: str) -> Each:
    return Each(_called(one, name, {}) for one in held)


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
    others = [one for one in column.dropna().unique() if one not in labels]
    for label in [*labels, *others] if len(others) <= MOST_LABELS and len(labels) + len(others) > 1 else ():
        yield Turn("label", 0, words.LABEL.format(new=called(label), old=old), partial(column.isin, [label]))
    for label in others if len(others) <= MOST_LABELS else ():
        more = [*labels, label]
        yield Turn(
            "label", 0, words.LABEL_MORE.format(new=called(label), old=old), partial(column.isin, more)
        )


def _one_end(base: Part, column: Any, low: Any, high: Any) -> Iterator[Turn]:
    """Yield what lies beyond one end of a range, or up to one end only."""
    said, old = code(base), f"{short(low)}–{short(high)}"
    for new, make in (
        (f"{said} >= {short(low)}", lambda: column >= low),
        (f"{said} <= {short(high)}", lambda: column <= high),
        (f"{said} > {short(high)}", lambda: column > high),
        (f"{said} < {short(low)}", lambda: column < low),
    ):
        yield Turn("one_end", 1, words.ONE_END.format(new=new, old=old), make)


def left_out(part: Part) -> Iterator[Turn]:
    """Yield a list of columns, or a small table, that a call is given, without one of its columns."""
    above, value = part.above, part.value
    if above is None or not isinstance(above.node, ast.Call) or above.parts[0] is part:
        return
    if isinstance(part.node, ast.List) and all(isinstance(one, str) for one in value):
        for item in value if 1 < len(value) <= MOST_COLUMNS else ():
            rest = [one for one in value if one != item]
            yield Turn("column_left_out", 0, words.LEFT_OUT.format(old=called(item)), partial(same, rest))
        for order, text in _orders(value):
            yield Turn("other_order", 0, text, partial(same, order))
    elif isinstance(value, pd.DataFrame) and 1 < value.shape[1] <= MOST_COLUMNS and value.columns.is_unique:
        for column in value.columns:
            text = words.LEFT_OUT.format(old=called(column))
            yield Turn("column_left_out", 0, text, partial(value.drop, columns=column))
        for order, text in _orders(list(value.columns)):
            yield Turn("other_order", 0, text, partial(value.reindex, columns=order))


def _orders(names: list[Any]) -> Iterator[tuple[list[Any], T]]:
    """Yield every other order of a few names, with its words."""
    for order in permutations(names) if 1 < len(names) <= MOST_IN_ORDER else ():
        if list(order) != names:
            new, old = (listed(map(called, some)) for some in (order, names))
            yield list(order), words.OTHER_ORDER.format(new=new, old=old)


def function(part: Part) -> Iterator[Turn]:
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
        for place in (0, 1):
            said = words.SAME_TWICE.format(new=names[place], old=names[1 - place])
            yield Turn("same_twice", 1, said, partial(_call, part, [given[place]] * 2 + given[2:], {}))
    yield from _settings(part)


def _settings(part: Part) -> Iterator[Turn]:
    """Yield what a function of the course comes to with a setting left at its default, or at another it could have."""
    node, made = part.node, part.parts[0].value
    if not isinstance(node, ast.Call) or not (getattr(made, "__module__", None) or "").startswith(
        "custseg_helpers"
    ):
        return
    try:
        takes, kinds = inspect.signature(made).parameters, get_type_hints(made)
    except (TypeError, ValueError, NameError):
        return
    held = dict(zip([one.arg for one in node.keywords], part.parts[1 + len(node.args) :], strict=True))
    for name, one in takes.items():
        if name in FIXED or one.kind not in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY):
            continue
        now = held[name].value if name in held else one.default
        given = list(takes).index(name) < len(node.args)
        others = [other for other in get_args(kinds.get(name)) if isinstance(other, str) and other != now]
        if get_origin(kinds.get(name)) is Literal and not given:
            for other in others:
                text = words.OPTION.format(new=f'{name}="{other}"', old=f'{name}="{now}"')
                yield Turn("option", 1, text, partial(_call, part, _given(part), {name: other}))
        elif name in held and one.default is not one.empty and not is_alike(one.default, now):
            text = words.SETTING_LEFT.format(old=f"{name}={code(held[name])}")
            yield Turn("setting", 1, text, partial(_call, part, _given(part), {name: one.default}))


def _given(part: Part) -> list[Any]:
    assert isinstance(part.node, ast.Call)
    return [one.value for one in part.parts[1 : 1 + len(part.node.args)]]


def is_alike(one: Any, other: Any) -> bool:
    """Tell whether two settings are the same; of tables it is not asked.

    >>> is_alike(2, 2.0), is_alike(None, pd.Series([1]))
    (True, False)
    """
    return type(one) is not pd.Series and type(other) is not pd.Series and bool(np.all(one == other))


def _called(held: Any, method: str, named: dict[str, Any]) -> Any:
    found = getattr(held, method)
    return found(**named) if callable(found) else found


def _call(part: Part, given: list[Any], more: dict[str, Any]) -> Any:
    assert isinstance(part.node, ast.Call)
    held = part.parts[1 + len(part.node.args) :]
    named = {one.arg: value.value for one, value in zip(part.node.keywords, held, strict=True) if one.arg}
    return part.parts[0].value(*given, **{**named, **more})
