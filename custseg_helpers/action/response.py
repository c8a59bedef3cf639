"""Measured response: what campaigns with a control group say about each tier and each play, in place of a guess.

A measurement of its own is drawn towards that of all customers, the more the less is known of it: a lucky campaign must
not decide a budget. Plans for the careful take the lower limit.
"""

import dataclasses
import math
from collections.abc import Callable

import pandas as pd

from custseg_helpers.action.evaluation import ENOUGH
from custseg_helpers.action.playbook import Playbook, play_of_tier
from custseg_helpers.action.pooling import NORMAL, Pooled, drawn_together, pool
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers import rfm

ALONE = ["alone_lower", "alone_upper"]
COLUMNS = ["campaigns", "n_treatment", "n_holdout", "measured", *ALONE, "response", "lower", "upper"]


def by_tier(
    orders: pd.DataFrame,
    campaigns: pd.DataFrame,
    responses: pd.DataFrame,
    tiers_of: Callable[[pd.DataFrame], pd.Series],
) -> pd.DataFrame:
    """Return what each tier answered to the campaigns that held a control group: how many more of them bought.

    Customers are tiered as they were on the day before each campaign (today's tier would not do: who bought has risen
    through it); those without a purchase by then have no tier. In each campaign and tier the share of buyers among
    those contacted is compared with the control group; the campaigns are pooled (`pooling.pool`). A tier with few people
    is drawn towards all customers, the more the less surely it is known (empirical Bayes, normal with normal).

    Args:
        orders: order lines.
        campaigns: `campaign_id` and `start_date`.
        responses: `campaign_id`, `customer_id`, `arm` and `converted`.
        tiers_of: makes tiers from `order_facts`.

    Returns:
        One row a tier: `campaigns` with at least 30 customers of the tier in each arm, `n_treatment`, `n_holdout` over
        these, `measured` (pooled) with its own 95 % interval `alone_lower` to `alone_upper`, `response` (drawn towards
        all), `lower` and `upper` (95 %); `attrs["all"]` is all customers pooled, `attrs["campaigns"]` how many campaigns
        had enough people. None had: an empty table. Where the tiers differ by no more than chance lets them, all have
        the same `response`: that they differ is not seen, which is no proof that they are alike.

    Source: Efron & Morris (1975), *Journal of the American Statistical Association* 70, 311–319.
    """
    cells = []
    for campaign in campaigns.dropna(subset="start_date").itertuples():
        listed = responses[responses["campaign_id"] == campaign.campaign_id].set_index("customer_id")
        before = orders[orders["order_date"] < campaign.start_date]
        if before.empty:
            continue
        facts = order_facts(before, campaign.start_date)
        tier = tiers_of(facts).astype(object) if len(facts) >= 2 * ENOUGH else pd.Series(dtype=object)
        listed = listed.assign(tier=tier.reindex(listed.index), converted=listed["converted"].astype(float))
        cells.extend(_cell(campaign.campaign_id, "", listed))
        for name, people in listed.dropna(subset="tier").groupby("tier"):
            cells.extend(_cell(campaign.campaign_id, name, people))
    table = pd.DataFrame(cells, columns=["campaign", "tier", "n_treatment", "n_holdout", "effect", "error"])
    whole = table[table["tier"] == ""]
    if whole.empty:
        return pd.DataFrame(columns=COLUMNS).rename_axis("tier")
    overall = pool(whole["effect"], whole["error"])
    found = _drawn_together(table[table["tier"] != ""], overall)[COLUMNS]
    found.attrs.update({"all": overall, "campaigns": len(whole)})
    return found


def by_play(
    orders: pd.DataFrame, campaigns: pd.DataFrame, responses: pd.DataFrame, playbook: Playbook
) -> pd.DataFrame:
    """Return for each play what its contacts brought where it was measured (`by_tier`), beside the `guess`.

    A play is for whoever was in its tiers (eight segments) on the day before a campaign. Where nothing was measured
    the row is empty and the guess stays. The campaigns had offers and channels of their own, so this is the nearest
    there is and no proof for the play.
    """
    plays = play_of_tier(playbook)
    found = by_tier(
        orders,
        campaigns,
        responses,
        lambda facts: rfm.segments8(rfm.rfm_scores(facts)).astype(object).map(plays),
    )
    table = found.reindex(list(playbook)).rename_axis("play")
    table["campaigns"] = table["campaigns"].fillna(0).astype(int)
    table.insert(0, "guess", [play.extra_response for play in playbook.values()])
    return table


def into_playbook(playbook: Playbook, measured: pd.DataFrame, *, careful: bool = False) -> dict[str, object]:
    """Return the playbook with the measured response in place of the guess.

    If `careful`, with the smaller of its lower limit and the guess: a campaign that gave a coupon says too much of a
    play that gives none. A response below 0 becomes 0: nobody plans a contact to drive customers away.
    """
    value = measured["lower" if careful else "response"].clip(lower=0)
    if careful:
        value = value.clip(upper=pd.Series({code: play.extra_response for code, play in playbook.items()}))
    return {
        code: play if pd.isna(value[code]) else dataclasses.replace(play, extra_response=float(value[code]))
        for code, play in playbook.items()
    }


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
        rows[tier] = (len(tests), tests["n_treatment"].sum(), tests["n_holdout"].sum(), *own[:3], error)
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["campaigns", "n_treatment", "n_holdout", "measured", *ALONE, "error"]
    ).rename_axis("tier")
    if table.empty:
        return table.assign(response=[], lower=[], upper=[])
    drawn = drawn_together(table["measured"], table["error"], overall)
    return table.assign(response=drawn["effect"], lower=drawn["lower"], upper=drawn["upper"])
