"""What else is at hand where a model answer works: other tables and columns, everyone and buyers, returns, other measures."""

import ast
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from custseg_helpers.detours import words
from custseg_helpers.detours.trace import Part, Trace
from custseg_helpers.detours.turns import AGGREGATES, Turn, code, is_mask
from custseg_helpers.detours.words import called
from custseg_helpers.relations.evidence import shown
from custseg_helpers.relations.keyed import is_number
from custseg_helpers.words.text import T

MOST_OTHERS = 16
"""So many other tables at most are tried in the place of one."""
MOST_COLUMNS = 60
"""Of a wider table no column is looked at."""
MEASURES = ("sum", "mean", "median", "count", "nunique", "max", "min")


def other_names(trace: Trace, part: Part) -> Iterator[Turn]:
    """Yield the other tables, columns and numbers that a name could stand for."""
    value, name = part.value, part.text
    if not isinstance(part.node, ast.Name):
        return
    found = 0
    for other, another in list(trace.names.items()):
        if other == name or other.startswith("_") or type(another) is not type(value) or found >= MOST_OTHERS:
            continue
        if isinstance(value, (pd.DataFrame, pd.Series)):
            alike = isinstance(value, pd.DataFrame) or (
                another.index.name == value.index.name and is_mask(another) == is_mask(value)
            )
            if alike and another is not value:
                found += 1
                text = words.ANOTHER.format(new=other, old=name, n=f"{len(another):,}", m=f"{len(value):,}")
                yield Turn("other_table", 0, text, partial(_as_it_is, another))
        elif is_number(value) and another != value:
            found += 1
            text = words.ANOTHER_NUMBER.format(new=other, old=name, n=shown(another), m=shown(value))
            yield Turn("other_number", 0, text, partial(_as_it_is, another))
        elif isinstance(value, pd.Timestamp) and another != value:
            found += 1
            days = {"n": f"{another:%Y-%m-%d}", "m": f"{value:%Y-%m-%d}"}
            text = words.ANOTHER_NUMBER.format(new=other, old=name, **days)
            yield Turn("other_day", 0, text, partial(_as_it_is, another))


def other_people(company: Any, part: Part) -> Iterator[Turn]:
    """Yield everyone for those who bought, and the other way round, of what stands by customer."""
    value = part.value
    if (
        not isinstance(value, (pd.DataFrame, pd.Series))
        or value.index.name != "customer_id"
        or not value.index.is_unique
    ):
        return
    ids = pd.Index(company.customers["customer_id"])
    bought = company.orders.loc[company.orders["quantity"] > 0, "customer_id"].unique()
    sizes = {"old": code(part), "m": f"{len(value):,}"}
    if len(value) < len(ids) and value.index.isin(ids).all():
        text = words.EVERYONE.format(n=f"{len(ids):,}", **sizes)
        yield Turn("everyone", 0, text, lambda: value.reindex(ids.rename("customer_id")))
        if isinstance(value, pd.Series):
            filled = False if is_mask(value) else 0 if pd.api.types.is_numeric_dtype(value) else None
            if filled is not None:
                yield Turn(
                    "everyone", 0, text, lambda: value.reindex(ids.rename("customer_id"), fill_value=filled)
                )
    elif len(value) > len(bought) and value.index.isin(bought).any():
        text = words.BUYERS.format(n=f"{len(bought):,}", **sizes)
        yield Turn("buyers_only", 0, text, lambda: value[value.index.isin(bought)])


def returns(company: Any, part: Part) -> Iterator[Turn]:
    """Yield order lines with and without returns."""
    value = part.value
    if not isinstance(value, pd.DataFrame) or not {"quantity", "order_id", "amount"} <= set(value.columns):
        return
    if not pd.api.types.is_numeric_dtype(value["quantity"]):
        return
    back = value["quantity"] < 0
    if back.any():
        yield Turn("without_returns", 0, words.WITHOUT_RETURNS, lambda: value[~back])
        yield Turn("returns_only", 0, words.RETURNS_ONLY, lambda: value[back])
    elif len(value) == (company.orders["quantity"] > 0).sum():
        yield Turn("with_returns", 0, words.WITH_RETURNS, lambda: company.orders)


def denominators(trace: Trace, part: Part) -> Iterator[Turn]:
    """Yield a share of another whole: the mean of a condition among other rows, a quotient by another count."""
    node = part.node
    mean = (
        isinstance(node, ast.Call)
        and code(part).endswith(".mean()")
        and is_mask(part.parts[0].parts[0].value)
    )
    divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and is_number(part.parts[-1].value)
    if not mean and not divided:
        return
    above = part.parts[0].parts[0].value.sum() if mean else part.parts[0].value
    below = len(part.parts[0].parts[0].value) if mean else part.parts[-1].value
    seen = {below}
    for name, table in list(trace.names.items()):
        if name.startswith("_") or not isinstance(table, (pd.DataFrame, pd.Series, pd.Index)):
            continue
        for n, said in _sizes(name, table):
            if n and n not in seen:
                seen.add(n)
                text = words.BY_ANOTHER.format(new=said, n=f"{n:,}", m=shown(below))
                yield Turn("denominator", 0, text, partial(_quotient, above, n))


def _sizes(name: str, table: Any) -> Iterator[tuple[int, str]]:
    yield len(table), name
    if is_mask(table):
        yield int(table.sum()), name
        yield int((~table).sum()), f"~{name}"
    elif isinstance(table, pd.DataFrame):
        for column in table.columns[:MOST_COLUMNS]:
            if str(column).endswith("_id") and table.columns.is_unique:
                yield int(table[column].nunique()), f'{name}["{column}"].nunique()'


def measures(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    """Yield the measures of all that is at hand which have the form of the answer, with their words."""
    if is_number(trace.value):
        yield from _numbers(trace)
    elif isinstance(trace.value, pd.Series):
        yield from _columns(trace, trace.value)


def _numbers(trace: Trace) -> Iterator[tuple[str, T, Any]]:
    for name, column, values in _each_column(trace):
        numeric = pd.api.types.is_numeric_dtype(values)
        for measure in MEASURES if numeric else ("count", "nunique"):
            said = words.AGGREGATES[measure]
            text = words.MEASURED.format(table=name, column=column, new=said)
            try:
                yield f"{name}.{measure}", text, getattr(values, measure)()
            except (TypeError, ValueError):
                continue


def _each_column(trace: Trace) -> Iterator[tuple[str, T, pd.Series]]:
    seen: set[int] = set()
    for name, table in list(trace.names.items()):
        if name.startswith("_") or id(table) in seen:
            continue
        seen.add(id(table))
        if isinstance(table, pd.Series):
            yield name, called(table.name or name), table
        elif isinstance(table, pd.DataFrame) and table.columns.is_unique and table.shape[1] <= MOST_COLUMNS:
            for column in table.columns:
                yield name, called(column), table[column]


def _columns(trace: Trace, answer: pd.Series) -> Iterator[tuple[str, T, Any]]:
    key, numeric = answer.index.name, pd.api.types.is_numeric_dtype(answer)
    for name, column, values in _each_column(trace):
        if pd.api.types.is_numeric_dtype(values) != numeric or is_mask(values) != is_mask(answer):
            continue
        if len(values) == len(answer) and values.index.isin(answer.index).all():
            yield name, words.COLUMN_OF.format(table=name, column=column), values
        table = trace.names[name]
        if (
            not isinstance(key, str)
            or not isinstance(table, pd.DataFrame)
            or key not in table
            or values.name == key
        ):
            continue
        for measure in AGGREGATES if numeric else ():
            text = words.GROUPS_OF.format(table=name, column=column, new=words.AGGREGATES[measure])
            try:
                yield f"{name}.{measure}", text, getattr(values.groupby(table[key]), measure)()
            except (TypeError, ValueError):
                continue


def _as_it_is(value: Any) -> Any:
    return value


def _quotient(above: Any, below: int) -> Any:
    return above / below
