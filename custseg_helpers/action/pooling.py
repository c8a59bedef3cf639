"""Several campaigns together: what no single one can show, all of them may; and what each tier has answered so far."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from custseg_helpers.facts.per_customer import order_facts

ENOUGH = 30
"""Customers an arm needs before its share says anything."""
NORMAL = 1.959964
"""Half the width of a 95 % interval, in standard errors."""


class Pooled(NamedTuple):
    """What several effects come to: with its 95 % interval, and how far the effects lie apart beyond chance (0–1)."""

    effect: float
    lower: float
    upper: float
    apart: float


def pool(effects: pd.Series, errors: pd.Series) -> Pooled:
    """Put effects of independent tests together, each weighted by how surely it is known.

    The weights are 1 ÷ (standard error² + spread between the tests); the spread is estimated, and 0 where the tests agree
    as well as chance lets them. `apart` is I²: the share of the differences between the tests that is no chance.

    Sources: DerSimonian & Laird (1986), *Controlled Clinical Trials* 7, 177–188; Higgins & Thompson (2002), *Statistics
    in Medicine* 21, 1539–1558. With equal errors it is the plain mean.

    >>> pool(pd.Series([0.02, 0.04]), pd.Series([0.01, 0.01])).effect
    0.03
    >>> quarter, year = 0.02, pool(pd.Series([0.03] * 4), pd.Series([0.02] * 4))
    >>> [round(value, 4) for value in (year.effect, year.lower, year.upper)]
    [0.03, 0.0104, 0.0496]
    """
    one, error = effects.to_numpy(dtype=float), errors.to_numpy(dtype=float)
    weight = 1 / error**2
    fixed = float((weight * one).sum() / weight.sum())
    spread = float((weight * (one - fixed) ** 2).sum())
    free = len(one) - 1
    between = 0.0
    if free:
        scale = weight.sum() - (weight**2).sum() / weight.sum()
        between = max(0.0, (spread - free) / scale)
    weight = 1 / (error**2 + between)
    effect, half = float((weight * one).sum() / weight.sum()), NORMAL / math.sqrt(weight.sum())
    apart = max(0.0, (spread - free) / spread) if free and spread > 0 else 0.0
    return Pooled(round(effect, 12), effect - half, effect + half, apart)


def measured_response(
    orders: pd.DataFrame,
    campaigns: pd.DataFrame,
    responses: pd.DataFrame,
    tiers_of: Callable[[pd.DataFrame], pd.Series],
) -> pd.DataFrame:
    """Return what each tier answered to the campaigns that held a control group: how many more of them bought.

    Customers are tiered as they were on the day before each campaign; those without a purchase by then have no tier.
    In each campaign and tier the share of buyers among those contacted is compared with the control group; the campaigns
    are pooled (`pool`). A tier with few people is drawn towards all customers, the more the less surely it is known
    (empirical Bayes, normal with normal), so that a lucky one is not taken at its word.

    Args:
        orders: order lines.
        campaigns: `campaign_id` and `start_date`.
        responses: `campaign_id`, `customer_id`, `arm` and `converted`.
        tiers_of: makes tiers from `order_facts`.

    Returns:
        One row a tier: `n_treatment`, `n_holdout` over all campaigns, `measured` (pooled, NaN below 30 an arm in every
        campaign), `response` (drawn towards all), `lower` and `upper` (95 %); `attrs["all"]` is all customers pooled and
        `attrs["campaigns"]` how many campaigns had enough people. None had: an empty table.

    Source: Efron & Morris (1975), *Journal of the American Statistical Association* 70, 311–319.
    """
    cells = []
    for campaign in campaigns.dropna(subset="start_date").itertuples():
        listed = responses[responses["campaign_id"] == campaign.campaign_id].set_index("customer_id")
        before = orders[orders["order_date"] < campaign.start_date]
        if before.empty:
            continue
        facts = order_facts(before, campaign.start_date)
        tier = tiers_of(facts).astype(str) if len(facts) >= 2 * ENOUGH else pd.Series(dtype=object)
        listed = listed.assign(tier=tier.reindex(listed.index), converted=listed["converted"].astype(float))
        cells.extend(_cell(campaign.campaign_id, "", listed))
        for name, people in listed.dropna(subset="tier").groupby("tier"):
            cells.extend(_cell(campaign.campaign_id, name, people))
    table = pd.DataFrame(cells, columns=["campaign", "tier", "n_treatment", "n_holdout", "effect", "error"])
    whole = table[table["tier"] == ""]
    columns = ["n_treatment", "n_holdout", "measured", "response", "lower", "upper"]
    if whole.empty:
        return pd.DataFrame(columns=columns).rename_axis("tier")
    overall = pool(whole["effect"], whole["error"])
    found = _drawn_together(table[table["tier"] != ""], overall)[columns]
    found.attrs.update({"all": overall, "campaigns": len(whole)})
    return found


def _cell(campaign: object, tier: object, people: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return one row, the difference of two shares and its standard error; nothing where an arm is too small."""
    arms = [people.loc[people["arm"] == arm, "converted"].dropna() for arm in ("treatment", "holdout")]
    if min(map(len, arms)) < ENOUGH:
        return []
    # Agresti & Caffo (2000): one buyer and one who does not buy are added to each arm, so no error is 0
    shares = [(arm.sum() + 1) / (len(arm) + 2) for arm in arms]
    error = math.sqrt(sum(p * (1 - p) / (len(arm) + 2) for p, arm in zip(shares, arms, strict=True)))
    return [(campaign, tier, len(arms[0]), len(arms[1]), float(arms[0].mean() - arms[1].mean()), error)]


def _drawn_together(cells: pd.DataFrame, overall: Pooled) -> pd.DataFrame:
    rows = {}
    for tier, tests in cells.groupby("tier"):
        own = pool(tests["effect"], tests["error"])
        error = (own.upper - own.lower) / 2 / NORMAL
        rows[tier] = (tests["n_treatment"].sum(), tests["n_holdout"].sum(), own.effect, error)
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["n_treatment", "n_holdout", "measured", "error"]
    ).rename_axis("tier")
    if table.empty:
        return table.assign(response=[], lower=[], upper=[])
    square = table["error"] ** 2
    between = max(0.0, float(((table["measured"] - overall.effect) ** 2 - square).mean()))
    own = between / (between + square)
    table["response"] = own * table["measured"] + (1 - own) * overall.effect
    shared = (overall.upper - overall.lower) / 2 / NORMAL
    half = NORMAL * np.sqrt(own * square + ((1 - own) * shared) ** 2)
    return table.assign(lower=table["response"] - half, upper=table["response"] + half)
