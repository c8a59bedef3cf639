"""Where recency, frequency and monetary are cut: by fifths, mean, top or fixed lines, to save and use again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.facts.columns import need
from custseg_helpers.tiers.cuts import points
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, UserError, listed

MEASURES = {"recency_days": "r_score", "frequency": "f_score", "monetary": "m_score"}
STEP = {"recency_days": -1.0, "frequency": 1.0, "monetary": 0.01}
"""The smallest step to the better: a day, an order, a cent."""


@dataclass(frozen=True)
class Cuts:
    """Cut points to keep: one to four a measure, from the smallest to the largest.

    A recency of at most the cut and a frequency or monetary of at least the cut is the better side. Four cuts
    give the scores 1 to 5; fewer spread over the same scale: one cut 1 and 5, two cuts 1, 3 and 5.

    >>> cuts = Cuts(recency_days=(30, 60, 90, 180), frequency=(2, 3, 5, 10), monetary=(100, 500, 1000, 5000))
    >>> Cuts.from_dict(cuts.to_dict()) == cuts
    True
    """

    recency_days: tuple[float, ...]
    frequency: tuple[float, ...]
    monetary: tuple[float, ...]

    def __post_init__(self) -> None:
        for measure in MEASURES:
            cuts = tuple(float(cut) for cut in points(getattr(self, measure), "(30, 60, 90, 180)"))
            if list(cuts) != sorted(cuts) or len(cuts) > 4 or not np.isfinite(cuts).all():
                raise UserError(
                    T(
                        zh="“{measure}”的分界点应为一至四个数，从小到大：{cuts}",
                        en="The cuts of “{measure}” must be one to four numbers in rising order: {cuts}",
                    ).format(measure=term(measure), cuts=cuts)
                )
            object.__setattr__(self, measure, cuts)

    def to_dict(self) -> dict[str, list[float]]:
        """Return plain lists, ready for TOML or JSON."""
        return {measure: list(cuts) for measure, cuts in asdict(self).items()}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Cuts":
        """Read what `to_dict` wrote: the cut points of all three measures; anything else is a `UserError`.

        >>> Cuts.from_dict({"recency_days": [30], "frequency": [2], "monetary": [100]})
        Cuts(recency_days=(30.0,), frequency=(2.0,), monetary=(100.0,))
        """
        if not isinstance(saved, Mapping) or saved.keys() != MEASURES.keys():
            raise UserError(
                T(
                    zh="RFM 的分界点要写三项：{measures}，如 Cuts(recency_days=(30, 90), frequency=(2,), monetary=(500,))，现在是 {given}。",
                    en="RFM needs cut points for {measures}, such as Cuts(recency_days=(30, 90), frequency=(2,), monetary=(500,)); given: {given}.",
                ).format(measures=listed(MEASURES), given=saved)
            )
        return cls(**saved)


def quantile_cuts(facts: pd.DataFrame, bins: int = 5) -> Cuts:
    """Return the cuts that part the customers into `bins` (2 to 5) groups of equal size, ties kept together.

    Frequency and monetary: a group of ties takes the lowest score that one of its places would have, so that
    one-time buyers are never "frequent". Recency: it takes the score that most of its places have (of two the
    better), and the latest day the best one, so that nobody loses R = 5 because many bought yesterday. Where one
    value fills several groups (75 % bought once), cuts coincide and the scores between stay empty; see
    `collapsed`.

    >>> facts = pd.DataFrame({"recency_days": [9, 7, 1, 1, 1], "frequency": [1, 1, 1, 1, 4],
    ...                       "monetary": [10.0, 20.0, 30.0, 40.0, 50.0]})
    >>> quantile_cuts(facts)
    Cuts(recency_days=(1.0, 1.0, 1.0, 7.0), frequency=(4.0, 4.0, 4.0, 4.0), monetary=(20.0, 30.0, 40.0, 50.0))
    """

    def cuts(measure: str, values: np.ndarray) -> list[float]:
        edges = [-(-part * len(values) // bins) for part in range(bins + 1)]
        return (_most if measure == "recency_days" else _lowest)(values, edges, abs(STEP[measure]))

    return _cuts(facts, cuts)


def _lowest(values: np.ndarray, edges: list[int], step: float) -> list[float]:
    """Cut where ties take the lowest score of their places; `edges` are the first places of the groups."""
    last_of_worse = [edge - 1 for edge in edges[1:-1]]
    values = np.partition(values, last_of_worse)
    best = values.max() + step
    return [values[values > worse].min(initial=best) for worse in values[last_of_worse]]


def _most(values: np.ndarray, edges: list[int], step: float) -> list[float]:
    """Cut where ties take the score that most of their places have, the best value that of the last place."""
    worth, number = np.unique(values, return_counts=True)
    last = number.cumsum()[:, None]
    places = np.minimum(last, edges[1:]) - np.maximum(last - number[:, None], edges[:-1])
    group = places.shape[1] - 1 - places[:, ::-1].argmax(axis=1)
    group[-1] = np.flatnonzero(places[-1] > 0)[-1]
    return [worth[group >= part].min(initial=worth[-1] + step) for part in range(1, len(edges) - 1)]


def mean_cuts(facts: pd.DataFrame) -> Cuts:
    """Return one cut a measure, its mean: who is not below it scores 5, the others 1.

    With `segments8` this is how most Chinese textbooks part the eight. One very large customer moves the mean.

    >>> mean_cuts(pd.DataFrame({"recency_days": [10, 30], "frequency": [1, 2], "monetary": [10.0, 40.0]}))
    Cuts(recency_days=(20.0,), frequency=(1.5,), monetary=(25.0,))
    """
    return _cuts(facts, lambda measure, values: [np.floor(values * 100 + 0.5).sum() / 100 / len(values)])


def top_cuts(facts: pd.DataFrame, top: float) -> Cuts:
    """Return one cut a measure so that the best `top` customers score 5, the others 1.

    `top` is a number of customers, or a share when below 1. Who equals the last of them is in, too.

    >>> facts = pd.DataFrame({"recency_days": [1, 5, 9], "frequency": [4, 4, 1], "monetary": [10.0, 20.0, 30.0]})
    >>> top_cuts(facts, 1)
    Cuts(recency_days=(1.0,), frequency=(4.0,), monetary=(30.0,))
    """
    if top <= 0:
        raise UserError(
            zh=f"前几名应为正数，或 0 到 1 之间的比例：{top}",
            en=f"The top must be a number of customers, or a share between 0 and 1: {top}",
        )

    def cuts(measure: str, values: np.ndarray) -> list[float]:
        number = round(top * len(values)) if top < 1 else int(top)
        last = -min(max(number, 1), len(values))
        return [np.partition(values, last)[last]]

    return _cuts(facts, cuts)


def _cuts(facts: pd.DataFrame, cuts: Callable[[str, np.ndarray], list[float]]) -> Cuts:
    """Cut each measure; `cuts` sees its values with recency negated, so that more is always better.

    Adding nought makes the minus nought of a negated day plain.
    """
    need(facts, list(MEASURES))
    found = {}
    for measure in MEASURES:
        sign = np.sign(STEP[measure])
        values = sign * facts[measure].dropna().to_numpy(dtype=float)
        found[measure] = (
            tuple(sorted(float(sign * cut) + 0.0 for cut in cuts(measure, values))) if len(values) else ()
        )
    return Cuts(**found)


def collapsed(facts: pd.DataFrame, bins: int = 5) -> dict[str, float]:
    """Return the measures in which one value fills more than a group, with the share of customers who have it.

    >>> facts = pd.DataFrame({"recency_days": range(5), "frequency": [1, 1, 1, 2, 3], "monetary": range(5)})
    >>> collapsed(facts)
    {'frequency': 0.6}
    """
    cuts = quantile_cuts(facts, bins)
    return {
        measure: float(facts[measure].value_counts(normalize=True).iloc[0])
        for measure in MEASURES
        if len(set(getattr(cuts, measure))) < len(getattr(cuts, measure))
    }
