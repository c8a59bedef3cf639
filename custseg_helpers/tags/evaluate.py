"""Rules on a table of customers: all in one pass, every column converted once, equal parts worked out once."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.tags.kinds import kind_of
from custseg_helpers.tags.rules import Rule, Tree

BLOCK = 1 << 15
"""Customers per block: what is worked out on the way stays in the processor's cache."""

_LEAVES = ("column", "number", "texts", "never")


def evaluate(rules: Mapping[str, Rule], table: pd.DataFrame, *, surely_not: bool = False) -> pd.DataFrame:
    """Return one yes/no column a rule and one row a customer; `surely_not` asks for the opposite of every rule.

    A rule may use the tags before it. Customers whose values are missing are in neither answer. Dates count by whole
    days, in their own time zone.

    >>> from custseg_helpers.tags.kinds import column_kinds
    >>> from custseg_helpers.tags.rules import parse_rule
    >>> table = pd.DataFrame({"frequency": [1, 7, None]}, index=["C1", "C2", "C3"])
    >>> rules = {"frequent": parse_rule("frequency >= 5", column_kinds(table))}
    >>> evaluate(rules, table)["frequent"].tolist(), evaluate(rules, table, surely_not=True)["frequent"].tolist()
    ([False, True, False], [True, False, False])
    """
    steps, answered_by = _plan(rules, surely_not)
    columns = {step[1]: _converted(table[step[1]]) for step in steps if step[0] == "column"}
    answers = np.empty((len(rules), len(table)), dtype=bool)
    with np.errstate(all="ignore"):
        for start in range(0, len(table), BLOCK):
            rows = slice(start, start + BLOCK)
            block = {name: column[rows] for name, column in columns.items()}
            known: list[Any] = []
            for step in steps:
                known.append(_worked_out(step, known, block))
            for place, number in enumerate(answered_by):
                answers[place, rows] = known[number]
    return pd.DataFrame(answers.T, index=table.index, columns=list(rules))


def _plan(rules: Mapping[str, Rule], surely_not: bool) -> tuple[list[Tree], list[int]]:
    """Number the different parts of all rules, parts before wholes, and say which number answers each rule.

    In the steps returned, a part is the number of its own step.
    """
    steps: dict[Tree, int] = {}
    tags: dict[tuple[str, bool], int] = {}
    referred = {tag for rule in rules.values() for tag in rule.tags}

    def number(tree: Tree) -> int:
        sign, *parts = tree
        if sign == "tag":
            return tags[tree[1], tree[2]]
        step = tree if sign in _LEAVES else (sign, *map(number, parts))
        return steps.setdefault(step, len(steps))

    for code, rule in rules.items():
        for wanted in (True, False) if code in referred else (not surely_not,):
            tags[code, wanted] = number(rule.yes if wanted else rule.no)
    return list(steps), [tags[code, not surely_not] for code in rules]


def _worked_out(step: Tree, known: list[Any], block: Mapping[str, Any]) -> Any:
    sign, *parts = step
    match sign:
        case "column":
            return block[parts[0]]
        case "number":
            return parts[0]
        case "texts":
            return tuple(parts)
        case "never":
            return False
    return _OPERATORS[sign](*(known[number] for number in parts))


@dataclass(frozen=True)
class _Texts:
    """A text column as whole numbers: `codes` are places in `words`, −1 where empty."""

    codes: np.ndarray
    words: pd.Index

    def __getitem__(self, rows: slice) -> "_Texts":
        return _Texts(self.codes[rows], self.words)

    def among(self, texts: tuple[str, ...]) -> np.ndarray:
        chosen = np.append(self.words.isin(texts), False)
        return chosen[self.codes]


def _known(values: Any) -> Any:
    return values.codes >= 0 if isinstance(values, _Texts) else ~np.isnan(values)


def _same(a: Any, b: Any) -> Any:
    if not isinstance(a, _Texts):
        return a == b
    places = np.append(a.words.get_indexer(b.words), -2)
    return _known(a) & (a.codes == places[b.codes])


_OPERATORS: dict[str, Callable[..., Any]] = {
    "and": lambda *parts: reduce(np.logical_and, parts),
    "or": lambda *parts: reduce(np.logical_or, parts),
    "in": lambda column, texts: column.among(texts),
    "not in": lambda column, texts: _known(column) & ~column.among(texts),
    "missing": lambda value: ~_known(value),
    "present": _known,
    "<": operator.lt,
    "<=": operator.le,
    "==": _same,
    "!=": lambda a, b: _known(a) & _known(b) & ~_same(a, b),
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / np.where(b == 0, np.nan, b),
}
"""What each sign does; a comparison with NaN is False by itself, but for `!=`."""


def _converted(column: pd.Series) -> np.ndarray | _Texts:
    """Turn numbers, yes/no and dates (as days) into floats with NaN for empty, and texts into `_Texts`."""
    kind = kind_of(column)
    if kind == "text":
        codes, words = pd.factorize(column)
        return _Texts(codes, pd.Index(words, dtype=object))
    if kind == "date":
        moments = pd.to_datetime(column).dt.tz_localize(None)
        days = moments.to_numpy().astype("datetime64[D]").astype(float)
        return np.where(moments.isna(), np.nan, days)
    if kind in ("number", "flag"):
        return column.astype(object if column.dtype == "category" else column.dtype).to_numpy(
            dtype=float, na_value=np.nan
        )
    return np.where(column.isna(), np.nan, 0.0)
