"""What a campaign earned: read when it is over, from new orders and the lists that came back.

Everybody counts in the arm that the lot drew, whether reached or not (intention to treat). Before any effect is shown, the
reading checks itself: were the arms still the size that was planned, do the orders cover the days, who is in both arms.
"""

from dataclasses import dataclass, field

import pandas as pd

from custseg_helpers.action.evaluation import ENOUGH, Effect, difference_of_shares, verdict_of
from custseg_helpers.action.pooling import NORMAL, Pooled, drawn_together
from custseg_helpers.action.randomization import (
    adjusted_by_before,
    difference_by_randomization,
    effects_by_randomization,
)
from custseg_helpers.campaigns.plan import Plan
from custseg_helpers.campaigns.spending import spent
from custseg_helpers.tiers.order import ordered
from custseg_helpers.words.text import T, UserError

UNFAIR = 0.001
"""A difference of arm sizes that chance shows less often than this (p) says that something went wrong with the arms."""


@dataclass(frozen=True)
class Counts:
    """What became of those who were planned."""

    planned: int
    known: int
    """still to be found in the orders or in the file of customers"""
    treatment: int
    holdout: int
    renamed: int = 0
    both: int = 0
    """two planned ids that are one customer now, drawn into different arms: set aside"""
    wrongly_contacted: int = 0
    """held out and contacted all the same: they stay in the arm drawn"""
    not_reached: int = 0


@dataclass(frozen=True)
class Reading:
    """The result of a campaign."""

    plan: Plan
    counts: Counts
    verdict: str
    """`works`, `harms`, `unclear`, `too_few`, or `unfair` (the arms are not as drawn)"""
    shares: Effect | None
    money: Effect | None
    explained: float
    """share of the differences in spend that the period before explains (R²); below 5 % nothing is adjusted"""
    tiers: pd.DataFrame
    cost: float | None
    profit: tuple[float, float, float] | None
    """margin of the extra sales − cost, with the ends of its interval"""
    notes: list[T] = field(default_factory=list)


def covered(plan: Plan, orders: pd.DataFrame, as_of: pd.Timestamp, *, sure: bool) -> None:
    """Refuse to read a campaign that is not over, or whose days the orders do not cover.

    Args:
        plan: the campaign.
        orders: order lines of the new files.
        as_of: the new snapshot.
        sure: the user said that the export covers the whole period, although its last order is older.

    Raises:
        UserError: with the day from which on the effect can be read, or what to answer.
    """
    if as_of <= plan.end:
        raise UserError(
            T(
                zh="活动到 {e} 才结束，数据只到 {a} 之前。中途看效果会把运气当成成绩：请在 {e} 之后用新的订单文件再读（as_of 写次日）。",
                en="The campaign ends on {e} and the data stop before {a}. To look early is to take luck for success: read it after {e}, with new orders (as_of: the day after).",
            ).format(e=f"{plan.end:%Y-%m-%d}", a=f"{as_of:%Y-%m-%d}")
        )
    first, last = orders["order_date"].min(), orders["order_date"].max().normalize()
    if first > plan.start or (last < plan.end and not sure):
        raise UserError(
            T(
                zh="订单文件从 {f} 到 {l}，活动是 {s} 到 {e}。没有订单的客户要算 0，得先确定文件包含整个活动期。如果 {l} 之后真的没有订单，加 --covers；否则请重新导出。",
                en="The orders run from {f} to {l}, the campaign from {s} to {e}. A customer without an order counts as 0 only if the export covers all of it. If there really was no order after {l}, add --covers; otherwise export again.",
            ).format(
                f=f"{first:%Y-%m-%d}", l=f"{last:%Y-%m-%d}", s=f"{plan.start:%Y-%m-%d}", e=f"{plan.end:%Y-%m-%d}"
            )
        )  # fmt: skip


def read_campaign(
    plan: Plan,
    arms: pd.DataFrame,
    orders: pd.DataFrame,
    known: pd.Index,
    *,
    contacted: pd.Index | None = None,
    renamed: dict[str, str] | None = None,
) -> Reading:
    """Read a campaign that is over.

    Args:
        plan: as it was planned.
        arms: indexed by `customer_id`: `arm`, `tier`, `before` (money in the days before the draw).
        orders: order lines that cover the campaign.
        known: all ids that the new files know.
        contacted: ids that were really contacted, from the lists that came back; None: nobody says.
        renamed: old id → new id, where ids changed.
    """
    people, renamed_count, both = _under_new_ids(arms, renamed or {})
    people = people[people.index.isin(known)]
    here = people["arm"].value_counts()
    treatment, holdout = (int(here.get(arm, 0)) for arm in ("treatment", "holdout"))
    wrong = missed = 0
    if contacted is not None:
        reached = people.index.isin(contacted)
        wrong = int((reached & (people["arm"] == "holdout")).sum())
        missed = int((~reached & (people["arm"] == "treatment")).sum())
    counts = Counts(len(arms), len(people), treatment, holdout, renamed_count, both, wrong, missed)
    outcome = spent(orders, people.index, plan.start, plan.end)
    return evaluated(plan, counts, people.join(outcome), planned=arms["arm"].value_counts().to_dict())


def evaluated(plan: Plan, counts: Counts, people: pd.DataFrame, *, planned: dict[str, int]) -> Reading:
    """Return the effect of a contact on these people.

    Args:
        plan: what was planned; its cost and margin make the profit.
        counts: what became of those planned.
        people: `arm`, `tier`, `before`, `converted`, `amount`, one row a customer.
        planned: how many were drawn into each arm.
    """
    notes = _said_of(counts)
    arms = [people[people["arm"] == arm] for arm in ("treatment", "holdout")]
    empty = pd.DataFrame()
    odds = sample_ratio(counts.treatment, counts.holdout, planned)
    if odds < UNFAIR:
        notes.insert(0, _unfair(counts, planned, odds))
        return Reading(plan, counts, "unfair", None, None, 0.0, empty, None, None, notes)
    if min(map(len, arms)) < ENOUGH:
        return Reading(plan, counts, "too_few", None, None, 0.0, empty, None, None, notes)
    yes = [(int(arm["converted"].sum()), len(arm)) for arm in arms]
    shares = difference_of_shares(yes[0], yes[1])
    values, explained = adjusted_by_before(people["amount"], people["before"])
    money = difference_by_randomization(
        values[people["arm"] == "treatment"], values[people["arm"] == "holdout"]
    )
    verdict = verdict_of(money)
    number = counts.treatment
    cost = None if plan.cost is None else plan.cost * number
    profit = None
    if cost is not None and plan.margin is not None:
        ends = (money.difference, money.lower, money.upper)
        profit = tuple(value * number * plan.margin - cost for value in ends)
    tiers = by_tier(people.assign(value=values), money)
    return Reading(plan, counts, verdict, shares, money, explained, tiers, cost, profit, notes)  # type: ignore[arg-type]


def sample_ratio(treatment: int, holdout: int, planned: dict[str, int]) -> float:
    """Return how often chance alone would leave the arms so unlike the plan: an exact binomial p-value.

    Judged on everybody who was planned and is still known, never on buyers, whom the campaign itself makes.

    Source: Fabijan et al. (2019), *Diagnosing Sample Ratio Mismatch in Online Controlled Experiments*, KDD.

    >>> round(sample_ratio(800, 200, {"treatment": 800, "holdout": 200}), 3)
    1.0
    >>> sample_ratio(800, 120, {"treatment": 800, "holdout": 200}) < 0.001
    True
    """
    from scipy.stats import binomtest

    total = treatment + holdout
    share = planned.get("holdout", 0) / max(sum(planned.values()), 1)
    if not total or not 0 < share < 1:
        return 0.0
    return float(binomtest(holdout, total, share).pvalue)


def by_tier(people: pd.DataFrame, overall: Effect) -> pd.DataFrame:
    """Return the effect in each tier, drawn towards that of all the more the less is known of the tier.

    A tier is called different only where its own interval, widened for looking at several tiers at once (Bonferroni),
    leaves the effect of all customers out.

    Args:
        people: `arm`, `tier`, `value` (money, adjusted where it was).
        overall: the effect of all.

    Returns:
        One row a tier with at least 30 customers in each arm: `n_treatment`, `n_holdout`, `alone` with `alone_lower`,
        `alone_upper` (widened), `effect` (drawn towards all), `lower`, `upper` (95 %), `differs`.

    Source: Efron & Morris (1975), *JASA* 70, 311–319 (normal with normal).
    """
    arms = {
        tier: [rows.loc[rows["arm"] == arm, "value"] for arm in ("treatment", "holdout")]
        for tier, rows in people[people["tier"] != ""].groupby("tier")
    }
    enough = {tier: both for tier, both in arms.items() if min(map(len, both)) >= ENOUGH}
    level = 1 - 0.05 / max(len(enough), 1)
    rows = {}
    for tier, (one, two) in enough.items():
        own, wide = effects_by_randomization(one, two, (0.95, level))
        rows[tier] = (len(one), len(two), own.difference, wide.lower, wide.upper, own.upper - own.lower)
    columns = ["n_treatment", "n_holdout", "alone", "alone_lower", "alone_upper", "width"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("tier")
    error = table.pop("width").astype(float) / 2 / NORMAL
    all_ = Pooled(overall.difference, overall.lower, overall.upper, 0.0)
    table = table.join(drawn_together(table["alone"], error, all_))
    table = table.loc[ordered(table.index)]
    table["differs"] = (table["alone_lower"] > overall.difference) | (
        table["alone_upper"] < overall.difference
    )
    return table


def _under_new_ids(arms: pd.DataFrame, renamed: dict[str, str]) -> tuple[pd.DataFrame, int, int]:
    """Return the planned under their new ids: two of one arm become one, two of different arms are set aside."""
    changed = {old: new for old, new in renamed.items() if old in arms.index and new != old}
    if not changed:
        return arms, 0, 0
    named = arms.set_axis(pd.Index([changed.get(one, one) for one in arms.index], name="customer_id"))
    several = named.groupby(level=0)["arm"].nunique()
    both = several.index[several > 1]
    kept = named[~named.index.isin(both)]
    before = kept.groupby(level=0)["before"].sum()
    kept = kept[~kept.index.duplicated()]
    return kept.assign(before=before.reindex(kept.index)), len(changed), len(both)


def _unfair(counts: Counts, planned: dict[str, int], odds: float) -> T:
    return T(
        zh="两组的人数与计划不符：计划 {t0:,} 对 {h0:,}，现在认得出 {t1:,} 对 {h1:,}，碰巧如此的机会只有 {p}。先查清是哪一组丢了人（换编号、合并会员、只导出了联系过的），不给效果。",
        en="The arms are not as planned: {t0:,} against {h0:,} then, {t1:,} against {h1:,} known now; chance does this once in {q} draws. Find out which arm lost people (new ids, merged members, an export of those contacted only); no effect is shown.",
    ).format(
        t0=planned.get("treatment", 0), h0=planned.get("holdout", 0), t1=counts.treatment, h1=counts.holdout,
        p=f"{odds:.1e}", q=f"{1 / max(odds, 1e-300):,.0f}",
    )  # fmt: skip


def _said_of(counts: Counts) -> list[T]:
    said = []
    if counts.known < counts.planned - counts.both:
        gone = counts.planned - counts.both - counts.known
        said.append(
            T(
                zh="计划的 {n:,} 位里有 {g:,} 位在新数据里认不出来，两组都没有算。",
                en="Of {n:,} planned the new files do not know {g:,}; they count in neither arm.",
            ).format(n=counts.planned, g=gone)
        )
    if counts.both:
        said.append(
            T(
                zh="{n:,} 位换编号之后同时在两组，放在一边。",
                en="In both arms under their new ids, and set aside: {n:,}.",
            ).format(n=counts.both)
        )
    if counts.wrongly_contacted:
        said.append(
            T(
                zh="{n:,} 位留出的客户还是被联系了。他们仍算在抽签分到的组里，效果因此只会显得更小。",
                en="Held out and contacted all the same: {n:,}. They stay in the arm drawn, so the effect can only look smaller.",
            ).format(n=counts.wrongly_contacted)
        )
    if counts.not_reached:
        said.append(
            T(
                zh="{n:,} 位没有联系上，仍算在实验组：去掉他们，就成了愿意接电话的人与所有人比。",
                en="Not reached: {n:,}. They stay in the treatment group: without them, those who pick up would be compared with everybody.",
            ).format(n=counts.not_reached)
        )
    return said
