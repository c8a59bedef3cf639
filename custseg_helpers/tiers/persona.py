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

BY_BIRTH = ("age_band", "gender")
"""Traits that people are born with: they may be looked at, and stand on no card."""

COLUMNS = ["group", "feature", "category", "group_value", "rest_value", "ratio", "effect", "lower", "upper"]

SURE = 0.95
"""How sure the chance ranges of all traits of one group are together."""


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

    Effect sizes: for numbers Cohen's d (difference of means in pooled standard deviations), for a category Cohen's h
    (difference of arcsine-transformed shares). To rank both on one scale is a convention, not a law: Cohen calls 0.2
    small, 0.5 medium, 0.8 large for either. `lower` and `upper` are the chance range, widened (Bonferroni) so that all
    ranges of a group hold together with 95 %: with forty traits two would else stand out by chance. Traits are ranked by
    the end of the range that is nearer to 0. Missing and `"unknown"` values are left out trait by trait.

    Returns:
        `group`, `feature`, `category` (None for numbers), `group_value` and `rest_value` (means or shares), `ratio`
        (group : rest, the lift of a category; NaN if the rest has none), `effect`, `lower` and `upper`; sorted by group
        and by how large the effect is at least.
        `attrs["skipped"]`: dates and texts with more than 30 different values, which are no traits.
        `attrs["too_small"]`: groups that got no traits.

    Source: Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*, 2nd ed., 2.2 and 6.2; his table 6.2.2
    gives h = .20 for .50 against .40 (φ 1.571 − 1.369). Standard error of d: Hedges & Olkin (1985), *Statistical Methods
    for Meta-Analysis*, 5; of h: √(1/n + 1/m), Cohen 6.2.

    >>> frame = pd.DataFrame({"region": ["east"] * 9 + ["west"] + ["east"] + ["west"] * 9})
    >>> groups = pd.Series(["A"] * 10 + ["B"] * 10)
    >>> standouts(frame, groups)[["group", "category", "group_value", "rest_value"]].values.tolist()[0]
    ['A', 'east', 0.9, 0.1]
    """
    names = _ordered(groups)
    place = pd.Categorical(groups.reindex(frame.index), categories=names).codes
    frame, place = frame[place >= 0], place[place >= 0]
    size = np.bincount(place, minlength=len(names))
    enough = np.minimum(size, len(place) - size) >= at_least
    pieces, skipped = [], []
    for feature in frame:
        column = frame[feature].mask(frame[feature].eq("unknown").to_numpy(dtype=bool, na_value=False))
        kind = _kind(column)
        if kind == "skipped":
            skipped.append(feature)
            continue
        known = column.notna().to_numpy()
        compare = _numbers if kind == "number" else _categories
        found = compare(column[known], place[known], len(names))
        pieces.append(found[enough[found["place"]]].assign(feature=feature))
    if pieces:
        table = pd.concat(pieces, ignore_index=True)
        table["group"] = np.asarray(names, dtype=object)[table["place"]]
        half = _half(table)
        table = table.assign(lower=table["effect"] - half, upper=table["effect"] + half)
        strength, text = half - table["effect"].abs(), table["category"].astype(str)
        table = table.assign(strength=strength, text=text).sort_values(
            ["place", "strength", "feature", "text"], ignore_index=True
        )[COLUMNS]
    else:
        table = pd.DataFrame(columns=COLUMNS)
    too_small = [name for name, is_enough in zip(names, enough, strict=True) if not is_enough]
    table.attrs.update(skipped=skipped, too_small=too_small)
    return table


def sure(table: pd.DataFrame) -> pd.Series:
    """Return which traits differ by more than chance: those whose range lies on one side of 0."""
    return (table["lower"] > 0) | (table["upper"] < 0)


def _half(table: pd.DataFrame) -> pd.Series:
    """Return half the width of each trait's chance range."""
    from scipy.special import ndtri

    tested = table.groupby("place")["effect"].transform("size")
    error = (1 / table["n"] + 1 / table["rest"] + table["extra"]) ** 0.5
    return ndtri(1 - (1 - SURE) / 2 / tested) * error


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


def _numbers(values: pd.Series, place: np.ndarray, groups: int) -> pd.DataFrame:
    # Sums run from small to large, so that no row order changes the last bit.
    order = np.argsort(values.to_numpy(dtype=float), kind="stable")
    numbers, place = values.to_numpy(dtype=float)[order], place[order]
    centre = numbers.mean() if len(numbers) else 0.0
    away = numbers - centre
    count, total, square = (np.bincount(place, weights=away**power, minlength=groups) for power in (0, 1, 2))
    rest_count, rest_total, rest_square = (part.sum() - part for part in (count, total, square))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, rest_mean = total / count, rest_total / rest_count
        within = square - total * mean + rest_square - rest_total * rest_mean
    overall = math.sqrt(square.sum() / max(len(numbers), 1))
    pooled = np.sqrt(np.maximum(within, 0) / max(len(numbers) - 2, 1))
    spread = np.where(pooled > 1e-7 * overall, pooled, overall or 1.0)
    nothing = np.abs(mean - rest_mean) <= 1e-12 * max(abs(centre), overall)
    effect = np.where(nothing, 0.0, (mean - rest_mean) / spread)
    sizes = (count, rest_count)
    extra = effect**2 / (2 * (count + rest_count))
    return _table(np.arange(groups), None, mean + centre, rest_mean + centre, effect, sizes, extra)


def _categories(values: pd.Series, place: np.ndarray, groups: int) -> pd.DataFrame:
    if pd.api.types.is_bool_dtype(values):
        values = values.map(YES_NO)
    code, names = pd.factorize(values, sort=True)
    counts = np.bincount(place.astype(np.int64) * len(names) + code, minlength=groups * len(names))
    counts = counts.reshape(groups, len(names))
    rest = counts.sum(axis=0) - counts
    with np.errstate(invalid="ignore"):
        share, others = (side / side.sum(axis=1, keepdims=True) for side in (counts, rest))
    effect = 2 * np.arcsin(np.sqrt(share)) - 2 * np.arcsin(np.sqrt(others))
    groups_of, names_of = (
        np.repeat(np.arange(groups), len(names)),
        np.tile(np.asarray(names, dtype=object), groups),
    )
    sizes = (counts.sum(axis=1)[groups_of], rest.sum(axis=1)[groups_of])
    return _table(groups_of, names_of, share.ravel(), others.ravel(), effect.ravel(), sizes)


def _table(
    place: np.ndarray,
    category: np.ndarray | None,
    mine: np.ndarray,
    others: np.ndarray,
    effect: np.ndarray,
    sizes: tuple[np.ndarray, np.ndarray],
    extra: np.ndarray | float = 0.0,
) -> pd.DataFrame:
    ratio = np.divide(mine, others, out=np.full(len(mine), math.nan), where=(others > 0) & (mine >= 0))
    table = pd.DataFrame(
        {
            "place": place,
            "category": category,
            "group_value": mine,
            "rest_value": others,
            "ratio": ratio,
            "effect": effect,
            "n": sizes[0],
            "rest": sizes[1],
            "extra": extra,
        }
    ).astype({"category": object})
    return table.dropna(subset=["group_value", "rest_value"])
