"""Persona: how large a group of customers is, what it brings, and what sets it apart from all others."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.tiers.order import ordered
from custseg_helpers.tiers.value import by_group

MOST_VALUES = 30
"""Text with more different values than this is a name or an id, not a trait."""

YES_NO = {True: "yes", False: "no"}

COLUMNS = ["group", "feature", "category", "group_value", "rest_value", "ratio", "effect"]


@dataclass(frozen=True)
class Profile:
    """The sizes of all groups and what sets each apart; see `profile`."""

    sizes: pd.DataFrame
    standouts: pd.DataFrame
    at_least: int


def profile(
    frame: pd.DataFrame, groups: pd.Series, value: pd.Series | None = None, *, at_least: int = 10
) -> Profile:
    """Profile any grouping: size, share, value share, and what stands out against the rest.

    Args:
        frame: customers × traits, numbers and codes mixed.
        groups: one group a customer; whoever has none is left out.
        value: yuan a customer, for the value share.
        at_least: a group smaller than this (or with a rest smaller than this) gets no traits: they would be chance.

    Returns:
        `sizes` as in `value.by_group`, and `standouts` as in `standouts`.
    """
    inside = frame.reindex(groups.index[groups.notna()])
    found = standouts(inside, groups, at_least=at_least)
    return Profile(by_group(groups, value), found, at_least)


def standouts(frame: pd.DataFrame, groups: pd.Series, *, at_least: int = 10) -> pd.DataFrame:
    """Compare each group with all other customers, trait by trait, the most striking first.

    Effect sizes on one scale, so that numbers and categories can be ranked together: for numbers Cohen's d (difference
    of means in pooled standard deviations), for a category Cohen's h (difference of arcsine-transformed shares).
    0.2 is small, 0.5 medium, 0.8 large. Missing and `"unknown"` values are left out trait by trait.

    Returns:
        `group`, `feature`, `category` (None for numbers), `group_value` and `rest_value` (means or shares), `ratio`
        (group : rest, the lift of a category; NaN if the rest has none) and `effect`; sorted by group and |effect|.
        `attrs["skipped"]`: dates and texts with more than 30 different values, which are no traits.
        `attrs["too_small"]`: groups that got no traits.

    Source: Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., 2.2 and 6.2; his table 6.2.2
    gives h = .20 for .50 against .40 (φ 1.571 − 1.369).

    >>> frame = pd.DataFrame({"region": ["east"] * 9 + ["west"] + ["east"] + ["west"] * 9})
    >>> groups = pd.Series(["A"] * 10 + ["B"] * 10)
    >>> standouts(frame, groups)[["group", "category", "group_value", "rest_value"]].values.tolist()[0]
    ['A', 'east', 0.9, 0.1]
    """
    names = _ordered(groups)
    member = groups.reindex(frame.index).to_numpy(dtype=object, na_value=None)
    rows: list[tuple] = []
    too_small = [name for name in names if min((member == name).sum(), (member != name).sum()) < at_least]
    skipped = []
    for feature in frame:
        column = frame[feature].mask(frame[feature].eq("unknown").to_numpy(dtype=bool, na_value=False))
        kind = _kind(column)
        if kind == "skipped":
            skipped.append(feature)
            continue
        for name in names:
            if name in too_small:
                continue
            mine = pd.Series(member == name, index=frame.index)
            compare = _numbers if kind == "number" else _categories
            rows += [
                (name, feature, *found) for found in compare(column[mine].dropna(), column[~mine].dropna())
            ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = (
        table.assign(
            place=table["group"].map({name: number for number, name in enumerate(names)}),
            size=-table["effect"].abs(),
            text=table["category"].astype(str),
        )
        .sort_values(["place", "size", "feature", "text"], ignore_index=True)
        .drop(columns=["place", "size", "text"])
    )
    table.attrs.update(skipped=skipped, too_small=too_small)
    return table


def _ordered(groups: pd.Series) -> list:
    if isinstance(groups.dtype, pd.CategoricalDtype):
        return list(groups.cat.categories)
    return ordered(groups.dropna().unique())


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "category"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(column) or column.nunique() > MOST_VALUES:
        return "skipped"
    return "category"


def _numbers(group: pd.Series, rest: pd.Series) -> list[tuple]:
    if group.empty or rest.empty:
        return []
    mine, others = (np.sort(side.to_numpy(dtype=float)) for side in (group, rest))
    squares = ((mine - mine.mean()) ** 2).sum() + ((others - others.mean()) ** 2).sum()
    pooled = math.sqrt(squares / max(len(mine) + len(others) - 2, 1))
    both = np.sort(np.concatenate([mine, others]))
    difference = mine.mean() - others.mean()
    spread = pooled if pooled > 1e-12 * abs(both).max() else both.std()
    effect = difference / spread if difference and spread else 0.0
    ratio = mine.mean() / others.mean() if others.mean() > 0 <= mine.mean() else math.nan
    return [(None, mine.mean(), others.mean(), ratio, effect)]


def _categories(group: pd.Series, rest: pd.Series) -> list[tuple]:
    if group.empty or rest.empty:
        return []
    if pd.api.types.is_bool_dtype(group):
        group, rest = group.map(YES_NO), rest.map(YES_NO)
    shares = pd.DataFrame(
        {"group": group.value_counts() / len(group), "rest": rest.value_counts() / len(rest)}
    ).fillna(0)
    shares = shares[(shares > 0).any(axis=1)].sort_index()
    return [
        (category, mine, others, mine / others if others else math.nan, _arcsine(mine) - _arcsine(others))
        for category, mine, others in shares.itertuples(name=None)
    ]


def _arcsine(share: float) -> float:
    return 2 * math.asin(math.sqrt(share))
