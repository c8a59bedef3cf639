"""Who is held out: at random for one campaign, and a control group that stays out of all of them."""

import hashlib

import pandas as pd

from custseg_helpers.action.experiment import assign_holdout
from custseg_helpers.facts.shares import need_share

CONTROL = "permanent control group"


def draw(tiers: pd.Series, name: str, share: float) -> pd.Series:
    """Draw who is held out of a campaign: within each tier, by a hash of customer and campaign.

    Two campaigns hold out different people, and nobody can choose whom: the name decides.

    >>> tiers = pd.Series("A", index=[f"C{n}" for n in range(100)])
    >>> spring, autumn = draw(tiers, "spring", 0.2), draw(tiers, "autumn", 0.2)
    >>> both = (spring == "holdout") & (autumn == "holdout")
    >>> int((spring == "holdout").sum()), bool(both.sum() < 12)
    (20, True)
    """
    return assign_holdout(tiers, share, seed=_number(name))


def in_control(ids: pd.Index, share: float) -> pd.Series:
    """Tell who belongs to the permanent control group: each customer's own hash lies below `share`.

    It depends on the id alone: who is in stays in, and of customers who come later the same share is in.

    >>> ids = pd.Index([f"C{n}" for n in range(10_000)])
    >>> bool(0.045 < in_control(ids, 0.05).mean() < 0.055)
    True
    """
    need_share("share", share)
    hashes = [_number(f"{CONTROL}\n{one}") / 2**128 for one in ids]
    return pd.Series([one < share for one in hashes], index=ids, name="control", dtype=bool)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")
