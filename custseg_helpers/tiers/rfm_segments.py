"""From scores to segments: two tables without overlap, so that the order of rules cannot matter."""

import numpy as np
import pandas as pd

from custseg_helpers.facts.columns import need
from custseg_helpers.words.text import UserError

SCORES = ["r_score", "f_score", "m_score"]

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
    need(scores, SCORES)
    values = scores[SCORES].to_numpy(dtype="int64")
    if len(values) and (values.min() < 1 or values.max() > 5):
        raise UserError(zh="RFM 得分应在 1 到 5 之间。", en="RFM scores must lie between 1 and 5.")
    return values
