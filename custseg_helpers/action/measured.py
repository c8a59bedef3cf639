"""Measured response: what campaigns with a control group say about each play, in place of a guess.

A play's own measurement is drawn towards that of all plays, the more the less is known of it: a lucky campaign must not
decide a budget. Plans for the careful take the lower limit.
"""

import dataclasses
from typing import NamedTuple

import numpy as np
import pandas as pd

from custseg_helpers.action.evaluation import ENOUGH
from custseg_helpers.action.playbook import Playbook, play_of_tier
from custseg_helpers.facts.per_customer import facts_at
from custseg_helpers.tiers import rfm


class Shrunk(NamedTuple):
    """Effects drawn towards their common mean, with standard errors."""

    effects: np.ndarray
    errors: np.ndarray
    mean: float
    between: float


def shrink(effects: np.ndarray, variances: np.ndarray) -> Shrunk:
    """Draw measured effects towards their mean: the weight of the own one is τ² ÷ (τ² + its variance).

    τ² is the variance between effects beyond chance, by DerSimonian & Laird (1986), *Controlled Clinical Trials* 7, 177–188.
    Checked against R's metafor on the BCG trials (τ² 0.3088, mean −0.7141) and on the eight schools (τ² 0, mean 7.69).

    >>> schools = shrink(np.array([28., 8, -3, 7, -1, 1, 18, 12]), np.array([15., 10, 16, 11, 9, 11, 10, 18]) ** 2)
    >>> round(schools.mean, 2), schools.between
    (7.69, 0.0)
    """
    weight = 1 / variances
    fixed = (weight * effects).sum() / weight.sum()
    excess = (weight * (effects - fixed) ** 2).sum() - (len(effects) - 1)
    room = weight.sum() - (weight**2).sum() / weight.sum()
    between = float(max(excess / room, 0.0)) if room > 0 else 0.0
    random = 1 / (variances + between)
    mean = float((random * effects).sum() / random.sum())
    own = between / (between + variances)
    errors = np.sqrt(own * variances + (1 - own) ** 2 / random.sum())
    return Shrunk(own * effects + (1 - own) * mean, errors, mean, between)


def with_tiers(responses: pd.DataFrame, campaigns: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Return the responses with the `tier` (eight segments) of each customer on the day before the campaign began.

    The tier of today would not do: who bought in the campaign has risen through it.
    """
    eve = campaigns.set_index("campaign_id")["start_date"] - pd.Timedelta(days=1)
    facts = facts_at(orders, list(eve.unique()))
    found = []
    for campaign, rows in responses.groupby("campaign_id"):
        known = facts[pd.Timestamp(eve[campaign])]
        segment = rfm.segments8(rfm.rfm_scores(known)).astype(object)
        found.append(rows.assign(tier=rows["customer_id"].map(segment)))
    return pd.concat(found)


def response_by_play(responses: pd.DataFrame, playbook: Playbook) -> pd.DataFrame:
    """Return for each play what its contacts brought where it was measured, and the guess of the playbook.

    Args:
        responses: with `campaign_id`, `arm`, `converted` and `tier`, from `with_tiers`.
        playbook: from `load_playbook()`.

    Returns:
        One row a play: `guess`; `campaigns` measured (at least 30 customers of the play in each arm), customers in
        each arm (`n_treatment`, `n_holdout`), the plain `measured` difference in buyers, the `shrunk` one and its
        `lower` limit (95 %, two-sided). Empty where nothing was measured: the guess stays. The campaigns had
        offers and channels of their own, so this is the nearest there is and no proof for the play.
    """
    play = responses["tier"].map(play_of_tier(playbook))
    bought = responses["converted"].astype("boolean").fillna(False).astype(int)
    keys = [play.rename("play"), responses["campaign_id"], responses["arm"]]
    counts = bought.groupby(keys).agg(["sum", "size"]).unstack("arm", fill_value=0)
    rows = {code: {"guess": one.extra_response, "campaigns": 0} for code, one in playbook.items()}
    effects, variances = {}, {}
    for code in rows:
        if code not in counts.index.get_level_values(0):
            continue
        each = counts.loc[code].reindex(
            columns=pd.MultiIndex.from_product([["sum", "size"], ["treatment", "holdout"]]), fill_value=0
        )
        each = each[each["size"].min(axis=1) >= ENOUGH]
        if each.empty:
            continue
        share = (each["sum"] + 1) / (each["size"] + 2)  # Agresti & Caffo (2000): no variance of 0
        variance = (share * (1 - share) / (each["size"] + 2)).sum(axis=1)
        gap = (
            each["sum"]["treatment"] / each["size"]["treatment"]
            - each["sum"]["holdout"] / each["size"]["holdout"]
        )
        weight = 1 / variance
        effects[code], variances[code] = (weight * gap).sum() / weight.sum(), 1 / weight.sum()
        sizes = each["size"].sum()
        rows[code] |= {
            "campaigns": len(each),
            "n_treatment": sizes["treatment"],
            "n_holdout": sizes["holdout"],
            "measured": effects[code],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("play")
    columns = ["guess", "campaigns", "n_treatment", "n_holdout", "measured", "shrunk", "lower"]
    table = table.reindex(columns=columns)
    if effects:
        found = shrink(np.array(list(effects.values())), np.array(list(variances.values())))
        table.loc[list(effects), "shrunk"] = found.effects
        table.loc[list(effects), "lower"] = found.effects - 1.96 * found.errors
    return table


def into_playbook(playbook: Playbook, measured: pd.DataFrame, *, careful: bool = False) -> dict[str, object]:
    """Return the playbook with the measured response in place of the guess, or with its lower limit if `careful`.

    A response below 0 becomes 0: nobody plans a contact to drive customers away.
    """
    value = measured["lower" if careful else "shrunk"].clip(lower=0)
    return {
        code: play if pd.isna(value[code]) else dataclasses.replace(play, extra_response=float(value[code]))
        for code, play in playbook.items()
    }
