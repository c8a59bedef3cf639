"""The fields of a step as controls: what can be chosen is what the notebook holds."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.builder.functions import Call, functions
from custseg_helpers.builder.preview import named, spoken
from custseg_helpers.builder.steps import PLAIN, Kind, Step
from custseg_helpers.builder.values import Names, held, index_names
from custseg_helpers.words.text import T, UserError

TABLES = (pd.DataFrame, pd.Series, pd.Index, np.ndarray)
NONE = T(zh="（不选）", en="(none)")
ROW_NAMES = T(zh="行名", en="names of the rows")
MOST_VALUES = 40


@dataclass(frozen=True)
class Field:
    """One field of a step: its name there, how it is filled in, what it is called, what it begins with."""

    name: str
    kind: Kind
    title: T
    options: Mapping[str, T] | None = None
    start: str = ""


@cache
def blocks() -> dict[str, T]:
    """Return every step that can be chosen with its title: plain ones, then the course's functions by path."""
    return {name: step.title for name, step in PLAIN.items()} | {
        path: T(zh="课上的：", en="Course: ") + function.title for path, function in functions().items()
    }


def offered(names: Names) -> dict[str, T]:
    """Return the steps to choose from in a notebook: of the course's functions those that it has imported."""
    return {
        block: title
        for block, title in blocks().items()
        if block in PLAIN or block.partition(".")[0] in names
    }


def fields_of(block: str, names: Names) -> list[Field]:
    """Return the fields of a step. An argument that is called like a name of the notebook begins with it."""
    if block in PLAIN:
        return [
            Field(one.name, **{"options": None, **one.metadata}, start=str(one.default))
            for one in fields(PLAIN[block])
        ]
    function = functions()[block]
    needed = function.needed()
    asked = [
        Field(name, "value" if name in needed else "maybe value", title, start=name if name in names else "")
        for name, title in function.fields.items()
    ]
    part = T(zh="只要结果的哪一列（可空）", en="Only this column of it (may be empty)")
    return [*asked, Field("part", "maybe value", part)]


def step_of(block: str, values: Mapping[str, str]) -> Step:
    """Return the step that filled-in fields stand for."""
    if block in PLAIN:
        return PLAIN[block](**values)
    return Call(
        block,
        {name: value for name, value in values.items() if name != "part"},
        values.get("part", "").strip(),
    )


def tables(names: Names, *, looked_up: bool = False) -> list[tuple[str, str]]:
    """Return the tables and columns of a notebook, the youngest first, as (what it is called, its code).

    Args:
        names: the notebook's names.
        looked_up: also return what only single entries are looked up in, such as a table's remarks.

    >>> from custseg_helpers.words.text import speaking
    >>> with speaking("en"):
    ...     tables({"_1": pd.DataFrame(), "money": pd.Series([1, 2]), "as_of": 3})
    [('money (2)', 'money')]
    """
    kinds = (*TABLES, dict) if looked_up else TABLES
    found: dict[str, Any] = {}
    for name, value in names.items():
        if name.startswith("_") or isinstance(value, type):
            continue
        if isinstance(value, TABLES):
            found[name] = value
            if looked_up and isinstance(value, pd.DataFrame) and value.attrs:
                found[f"{name}.attrs"] = value.attrs
        elif type(value).__module__.startswith("custseg_helpers"):
            found |= {f"{name}.{part}": inner for part, inner in _parts(value, kinds).items()}
    called = T(zh="{name}（{n:,}）", en="{name} ({n:,})")
    return [(str(called.format(name=name, n=len(value))), name) for name, value in reversed(found.items())]


def _parts(value: Any, kinds: tuple[Any, ...]) -> dict[str, Any]:
    """Return what one of the course's own objects, such as a company, holds of some kinds."""
    found = {}
    for name in dir(value):
        inner = None if name.startswith("_") else getattr(value, name)
        if isinstance(inner, kinds) and len(inner):
            found[name] = inner
    return found


def columns(table: str, names: Names, *, series: bool = True) -> list[tuple[str, str]]:
    """Return what can be chosen as a column of a table: its own, its rows' names, the notebook's own columns."""
    try:
        there = held(table, names)
    except UserError:
        return []
    own = [
        (str(named(column)), column) for column in getattr(there, "columns", ()) if isinstance(column, str)
    ]
    rows = [(f"{ROW_NAMES} {' '.join(index_names(there))}".strip(), (index_names(there) or ["index"])[0])]
    taken = {column for _, column in own} | {table}
    others = [(name, name) for name, value in reversed(dict(names).items()) if isinstance(value, pd.Series)]
    return (
        own
        + rows
        + [(text, name) for text, name in others if series and name not in taken and name[0] != "_"]
    )


def values(names: Names, table: str = "", column: str = "") -> list[str]:
    """Return what a value can be chosen from: what the compared column holds, the notebook's names, tables' columns."""
    held_there: list[str] = []
    known = dict(tables(names))
    if table:
        try:
            there = held(table, names)
        except UserError:
            there = None
        there = there[column] if isinstance(there, pd.DataFrame) and column in there.columns else there
        if isinstance(there, pd.Series) and not pd.api.types.is_numeric_dtype(there):
            distinct = there.dropna().unique()
            if len(distinct) <= MOST_VALUES:
                held_there = [spoken(value) for value in distinct if isinstance(value, str)]
    plain = [
        name
        for name, value in names.items()
        if name[0] != "_"
        and isinstance(value, int | float | str | pd.Timestamp | list | tuple)
        and value is not ...
    ]
    of_tables = [
        f'{name}["{column}"]'
        for name in known.values()
        if isinstance(held(name, names), pd.DataFrame)
        for column in held(name, names).columns
        if isinstance(column, str)
    ]
    return list(dict.fromkeys([*held_there, *known.values(), *plain, *of_tables]))
