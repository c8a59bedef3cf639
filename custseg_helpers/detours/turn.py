"""What a turn is, and how the code and the values around it are looked at."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.trace import Part
from custseg_helpers.detours.words import called
from custseg_helpers.words.text import T

LONGEST = 90
"""Code longer than this is not shown."""
MOST_LABELS = 24
"""Of a column with more labels no neighbour is tried."""


@dataclass(frozen=True)
class Turn:
    """One thing done otherwise at an expression: its kind, how plain it is (0 first), its words, the value there."""

    kind: str
    plain: int
    text: T
    make: Callable[[], Any]


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


def bracketed(text: str) -> str:
    """Return the code of an expression so that a method can be called on it.

    >>> bracketed("grade == 'A'"), bracketed("facts['orders']")
    ("(grade == 'A')", "facts['orders']")
    """
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:  # cut where it is long
        return text
    return f"({text})" if isinstance(node, (ast.Compare, ast.BinOp, ast.UnaryOp, ast.BoolOp)) else text


def sort_of(column: pd.Series) -> str:
    """Tell numbers, days, text, and yes and no apart."""
    types = pd.api.types
    if types.is_bool_dtype(column):
        return "yes_no"
    if types.is_numeric_dtype(column):
        return "number"
    return "date" if types.is_datetime64_any_dtype(column) else "text"


def same(value: Any) -> Any:
    """Return a value as it is."""
    return value


def short(value: Any) -> str:
    """Write a number of a model answer, without a long tail of decimals."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def base_of(part: Part) -> Any:
    """Return the table that `.loc`, `.at` or `.iloc` looks into, or what stands there itself."""
    if isinstance(part.node, ast.Attribute) and part.node.attr in ("loc", "at", "iloc"):
        return part.parts[0].value
    return part.value


def siblings(container: Any, name: str, rows: bool = False, kind: str = "column") -> Iterator[Turn]:
    """Yield the other columns, rows or groups of a table that stand where one is named."""
    if not isinstance(container, (pd.DataFrame, pd.Series, dict)):
        container = getattr(container, "obj", None)
    if isinstance(container, pd.DataFrame) and not rows:
        if name not in container.columns or not container.columns.is_unique:
            return
        sort = sort_of(container[name])
        others = [one for one in container.columns if one != name and sort_of(container[one]) == sort]
        said = {"grouped": words.GROUPED, "sorted": words.SORTED}.get(kind, words.COLUMN)
    elif isinstance(container, (pd.DataFrame, pd.Series)):
        others, kind, said = [one for one in container.index if one != name], "label", words.LABEL
    elif isinstance(container, dict):
        others, kind, said = [one for one in container if one != name], "label", words.LABEL
    else:
        return
    for other in others if len(others) <= 2 * MOST_LABELS else ():
        if isinstance(other, str):
            yield Turn(kind, 0, said.format(new=called(other), old=called(name)), partial(same, other))
