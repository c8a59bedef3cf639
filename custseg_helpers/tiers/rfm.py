"""Recency, frequency, monetary: who is worth a call today?

Each customer gets three scores from 1 to 5 (5 is best), then a segment. Equal values always get equal scores. A
group of ties that spans several fifths takes the lowest of them in frequency and money, so that one-time buyers
are never "frequent"; in recency it takes the fifth in which most of them stand, so that nobody loses R = 5 because
many bought yesterday.

Source of the fifths: Hughes, *Strategic Database Marketing* (1994). On untied values whose number is a multiple
of five the scores are those of `pandas.qcut`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.facts.columns import need
from custseg_helpers.tiers.rfm_cuts import MEASURES, STEP, Cuts, collapsed, mean_cuts, quantile_cuts, top_cuts
from custseg_helpers.tiers.rfm_segments import segments8, segments11
from custseg_helpers.tiers.rfm_verdict import Verdict, rfm_verdict

__all__ = [
    "Cuts",
    "Verdict",
    "collapsed",
    "mean_cuts",
    "quantile_cuts",
    "rfm_scores",
    "rfm_snapshots",
    "rfm_verdict",
    "segments8",
    "segments11",
    "top_cuts",
]


def rfm_scores(facts: pd.DataFrame, cuts: Cuts | Mapping[str, Sequence[float]] | None = None) -> pd.DataFrame:
    """Return `r_score`, `f_score`, `m_score` from 1 to 5 (5 is best) for each customer.

    `cuts` are `Cuts`, or a dict of the same three measures. Without them each measure is cut into fifths of these
    customers. Who lacks one of the measures is left out
    and counted in `.attrs["left_out"]`.

    >>> facts = pd.DataFrame({"recency_days": [400, 30, 2], "frequency": [1, 3, 3], "monetary": [50.0, 400.0, 90.0]},
    ...                      index=pd.Index(["C1", "C2", "C3"], name="customer_id"))
    >>> rfm_scores(facts, Cuts(recency_days=(30, 180), frequency=(2,), monetary=(100,))).values.tolist()
    [[1, 1, 1], [5, 5, 5], [5, 5, 1]]
    """
    need(facts, list(MEASURES))
    known = facts[list(MEASURES)].dropna()
    if cuts is None:
        cuts = quantile_cuts(known)
    elif not isinstance(cuts, Cuts):
        cuts = Cuts.from_dict(cuts)
    scores = {}
    for measure, score in MEASURES.items():
        sign, edges = np.sign(STEP[measure]), getattr(cuts, measure)
        values = sign * known[measure].to_numpy(dtype=float)
        reached = np.zeros(len(known), dtype="int8")
        for edge in edges:
            reached += values >= sign * edge
        scores[score] = np.rint(np.linspace(1, 5, len(edges) + 1)).astype("int64")[reached]
    table = pd.DataFrame(scores, index=known.index)
    table.attrs["left_out"] = {"no_value": len(facts) - len(known)}
    return table


def rfm_snapshots(
    facts_by_date: Mapping[Any, pd.DataFrame], cuts: Cuts | Mapping[str, Sequence[float]] | None = None
) -> pd.DataFrame:
    """Return the scores at several dates: index `as_of`, `customer_id`.

    Args:
        facts_by_date: for each date the facts as of that date, from `facts_at(orders, dates)`.
        cuts: one yardstick for all dates, so that a customer moves only when the customer changed. Without it
            every date is cut into its own fifths, and customers also move when the others do.

    >>> facts = pd.DataFrame({"recency_days": [3], "frequency": [2], "monetary": [9.0]}, index=["C1"])
    >>> scores = rfm_snapshots({"2025-01-31": facts, "2025-02-28": facts}, Cuts((30,), (2,), (10,)))
    >>> segments8(scores).unstack("as_of").values.tolist()
    [['general_value', 'general_value']]
    """
    scores = {pd.Timestamp(date): rfm_scores(facts_by_date[date], cuts) for date in sorted(facts_by_date)}
    return pd.concat(scores, names=["as_of", "customer_id"])
