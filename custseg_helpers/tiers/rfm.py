"""Recency, frequency, monetary: who is worth a call today?

Each customer gets three scores from 1 to 5 (5 is best), then a segment. Equal values always get equal scores:
a group of ties that spans several fifths takes the lowest of them, so that one-time buyers are never "frequent".

Sources: Hughes, *Strategic Database Marketing* (1994) for the fifths; the eight segments are those of Chinese
CRM textbooks; the eleven are the usual ones of marketing tools, laid out as a table so that none overlap.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.text import UserError

MEASURES = {"recency_days": "r_score", "frequency": "f_score", "monetary": "m_score"}
STEP = {"recency_days": -1.0, "frequency": 1.0, "monetary": 0.01}
"""The smallest step to the better: a day, an order, a cent."""

SEGMENTS_8 = {
    (True, True, True): "high_value_loyal",
    (True, False, True): "key_develop",
    (False, True, True): "key_retain",
    (False, False, True): "key_winback",
    (True, True, False): "general_value",
    (True, False, False): "general_develop",
    (False, True, False): "general_retain",
    (False, False, False): "general_winback",
}
"""Recency, frequency, monetary above the middle? → segment."""

SEGMENTS_11 = {
    5: ("new_customers", "potential_loyalists", "potential_loyalists", "champions", "champions"),
    4: ("promising", "potential_loyalists", "potential_loyalists", "loyal_customers", "loyal_customers"),
    3: ("about_to_sleep", "about_to_sleep", "need_attention", "loyal_customers", "loyal_customers"),
    2: ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
    1: ("lost", "lost", "at_risk", "at_risk", "cannot_lose"),
}
"""Recency score → segment at each mean of the frequency and monetary scores, 1 to 5."""


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
            cuts = tuple(float(cut) for cut in getattr(self, measure))
            if list(cuts) != sorted(cuts) or len(cuts) > 4 or not np.isfinite(cuts).all():
                raise UserError(
                    zh=f"“{measure}”的分界点应为一至四个数，从小到大：{cuts}",
                    en=f"The cuts of “{measure}” must be one to four numbers in rising order: {cuts}",
                )
            object.__setattr__(self, measure, cuts)

    def to_dict(self) -> dict[str, list[float]]:
        """Return plain lists, ready for TOML or JSON."""
        return {measure: list(cuts) for measure, cuts in asdict(self).items()}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Cuts":
        """Read what `to_dict` wrote."""
        return cls(**{measure: tuple(saved[measure]) for measure in MEASURES})


def quantile_cuts(facts: pd.DataFrame, bins: int = 5) -> Cuts:
    """Return the cuts that part the customers into `bins` groups of equal size, ties kept together.

    >>> facts = pd.DataFrame({"recency_days": [9, 7, 5, 3, 1], "frequency": [1, 1, 1, 1, 4],
    ...                       "monetary": [10.0, 20.0, 30.0, 40.0, 50.0]})
    >>> quantile_cuts(facts)
    Cuts(recency_days=(1.0, 3.0, 5.0, 7.0), frequency=(4.0, 4.0, 4.0, 4.0), monetary=(20.0, 30.0, 40.0, 50.0))
    """

    def cuts(measure: str) -> tuple[float, ...]:
        sign = np.sign(STEP[measure])
        values = np.sort(sign * facts[measure].dropna().to_numpy(dtype=float))
        if not len(values):
            return ()
        worse = values[[-(-part * len(values) // bins) - 1 for part in range(1, bins)]]
        better = np.append(values, values[-1] + abs(STEP[measure]))
        return tuple(sorted((sign * better[np.searchsorted(values, worse, side="right")]).tolist()))

    return Cuts(**{measure: cuts(measure) for measure in MEASURES})


def rfm_scores(facts: pd.DataFrame, cuts: Cuts | None = None) -> pd.DataFrame:
    """Return `r_score`, `f_score`, `m_score` from 1 to 5 (5 is best) for each customer.

    Without `cuts` each measure is cut into fifths of these customers. Who lacks one of the measures is left out
    and counted in `.attrs["left_out"]`.

    >>> facts = pd.DataFrame({"recency_days": [400, 30, 2], "frequency": [1, 3, 3], "monetary": [50.0, 400.0, 90.0]},
    ...                      index=pd.Index(["C1", "C2", "C3"], name="customer_id"))
    >>> rfm_scores(facts, Cuts(recency_days=(30, 180), frequency=(2,), monetary=(100,))).values.tolist()
    [[1, 1, 1], [5, 5, 5], [5, 5, 1]]
    """
    known = facts[list(MEASURES)].dropna()
    cuts = cuts or quantile_cuts(known)
    scores = pd.DataFrame(index=known.index)
    for measure, score in MEASURES.items():
        edges = np.sort(np.sign(STEP[measure]) * np.asarray(getattr(cuts, measure)))
        values = np.sign(STEP[measure]) * known[measure].to_numpy(dtype=float)
        levels = np.rint(np.linspace(1, 5, len(edges) + 1)).astype("int64")
        scores[score] = levels[np.searchsorted(edges, values, side="right")]
    scores.attrs["left_out"] = {"no_value": len(facts) - len(known)}
    return scores


def segments8(scores: pd.DataFrame) -> pd.Series:
    """Return the Chinese eight segments: each score counts as high above the middle, that is 4 or 5.

    >>> segments8(pd.DataFrame({"r_score": [5, 1], "f_score": [5, 2], "m_score": [4, 5]})).tolist()
    ['high_value_loyal', 'key_winback']
    """
    table = np.array(
        [SEGMENTS_8[r, f, m] for r in (False, True) for f in (False, True) for m in (False, True)]
    )
    high = _checked(scores) >= 4
    return pd.Series(table[high @ [4, 2, 1]], index=scores.index, name="segment", dtype="str")


def segments11(scores: pd.DataFrame) -> pd.Series:
    """Return the eleven English segments by recency score and the mean of the other two, halves rounded up.

    >>> segments11(pd.DataFrame({"r_score": [5, 1, 5], "f_score": [5, 5, 1], "m_score": [5, 5, 1]})).tolist()
    ['champions', 'cannot_lose', 'new_customers']
    """
    table = np.array([SEGMENTS_11[r] for r in range(1, 6)])
    r, f, m = _checked(scores).T
    return pd.Series(table[r - 1, (f + m + 1) // 2 - 1], index=scores.index, name="segment", dtype="str")


def _checked(scores: pd.DataFrame) -> np.ndarray:
    values = scores[list(MEASURES.values())].to_numpy(dtype="int64")
    if len(values) and (values.min() < 1 or values.max() > 5):
        raise UserError(zh="RFM 得分应在 1 到 5 之间。", en="RFM scores must lie between 1 and 5.")
    return values
