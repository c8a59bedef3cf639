"""Every tier that the data carry, and a word on each that they do not."""

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from custseg_helpers.results.thresholds import Thresholds
from custseg_helpers.tiers import clusters, clv, lifecycle, rfm
from custseg_helpers.tiers.cluster_count import choose_k, structure
from custseg_helpers.tiers.cycle import typical_gap
from custseg_helpers.tiers.quadrant import quadrants
from custseg_helpers.tiers.value import abc
from custseg_helpers.words.text import T, UserError, listed

TIERS = ("segment", "grade", "stage", "quadrant", "cluster")
FEWEST = 10


@dataclass(frozen=True)
class Tiered:
    """Scores and tiers of every customer, and how they were cut."""

    table: pd.DataFrame
    """one row a customer: scores, tiers, and the forecast where there is one"""
    used: Thresholds
    """every cut as a number: with these, next month's customers are measured alike"""
    verdicts: dict[str, T]
    """method → what it says about the data, or why it was not used"""
    model: dict[str, Any] | None = None
    """the clusters, to assign and to refit"""
    drift: pd.DataFrame | None = field(default=None)
    """how far each cluster moved since the last run"""


def tier_customers(
    facts: pd.DataFrame,
    history: pd.DataFrame | None,
    wanted: Thresholds,
    last_model: dict[str, Any] | None = None,
) -> Tiered:
    """Give every customer RFM scores and segment, ABC grade, lifecycle stage, quadrant; clusters and CLV where they hold.

    Args:
        facts: from `order_facts`.
        history: from `clv.purchase_history`; without it there is no forecast.
        wanted: what the scheme fixes.
        last_model: the clusters of the last run, whose numbers go on.
    """
    cuts = wanted.cuts or rfm.quantile_cuts(facts)
    scores = rfm.rfm_scores(facts, cuts)
    table = scores.assign(
        segment=rfm.segments8(scores) if wanted.segments == 8 else rfm.segments11(scores),
        grade=abc(facts["monetary"], wanted.abc_shares),
    )
    table["stage"], gap, said_stage = _stages(facts, wanted)
    by_two = quadrants(facts["frequency"], facts["average_order_value"], *wanted.quadrant)
    table["quadrant"] = by_two["quadrant"]
    across, up = by_two.attrs["cuts"]
    verdicts = {
        "rfm": T(zh="RFM：{v}", en="RFM: {v}").format(v=_one_line(rfm.rfm_verdict(facts))),
        "lifecycle": said_stage,
        "quadrant": T(
            zh="象限：横轴为订单数（高于 {x:g} 为高），纵轴为平均每单金额（高于 {y:,.2f} 为高）。",
            en="Quadrants: orders across (high above {x:g}), money per order upwards (high above {y:,.2f}).",
        ).format(x=across, y=up),
    }
    model, drift, verdicts["clusters"] = _clusters(facts, wanted.clusters, last_model)
    if model:
        table["cluster"] = clusters.assign(facts, model)
    forecast, verdicts["clv"] = _forecast(history, wanted)
    if forecast is not None:
        table = table.join(forecast)
    used = replace(wanted, cuts=cuts, cycle_days=gap, quadrant=(across, up))
    return Tiered(table, used, verdicts, model, drift)


def _one_line(verdict: rfm.Verdict) -> T:
    texts = [*verdict.lacks, *verdict.notes] or [T(zh="数据够用。", en="There are enough data.")]
    return T(zh="", en=" ").join(texts)


def _stages(facts: pd.DataFrame, wanted: Thresholds) -> tuple[pd.Series, float | None, T]:
    if len(facts) and facts[["tenure_days", "order_days"]].isna().any(axis=None):
        return pd.Series("unknown", index=facts.index, name="stage"), None, T(
            zh="生命周期：交来的事实里没有 tenure_days 和 order_days，阶段未知。",
            en="Lifecycle: the facts handed over lack tenure_days and order_days; the stage is unknown.",
        )  # fmt: skip
    gap = typical_gap(facts) if wanted.cycle_days is None else wanted.cycle_days
    stages = lifecycle.stage(
        facts,
        gap,
        dormant_after=wanted.dormant_after,
        churned_after=wanted.churned_after,
        loyal_orders=int(wanted.loyal_orders),
    )
    if pd.isna(gap):
        return stages, None, T(
            zh="生命周期：还没有客户在另一天再次购买，没有购买周期，阶段未知。",
            en="Lifecycle: nobody has come back on another day yet; without a purchase cycle the stage is unknown.",
        )  # fmt: skip
    return stages, float(gap), T(
        zh="生命周期：典型购买间隔 {g:.0f} 天；超过 {d:g} 个自己的间隔没来算休眠，超过 {c:g} 个算流失。",
        en="Lifecycle: the typical gap between purchases is {g:.0f} days; dormant after {d:g} gaps of one's own, churned after {c:g}.",
    ).format(g=gap, d=wanted.dormant_after, c=wanted.churned_after)  # fmt: skip


def _clusters(
    facts: pd.DataFrame, columns: tuple[str, ...], last: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, pd.DataFrame | None, T]:
    """Find clusters where there are clear ones; those of the last run keep their numbers, where there are as many still."""
    flat = [column for column in columns if column in facts and facts[column].nunique() < 2]
    if len(facts) < FEWEST or flat:
        return None, None, T(
            zh="聚类：客户太少，或各项没有差别，没有做。",
            en="Clusters: too few customers, or no differences; not done.",
        )  # fmt: skip
    preparation = clusters.prepare(facts, list(columns))
    try:
        verdict = structure(choose_k(clusters.scaled(facts, preparation)))
    except UserError as too_few:  # a few different customers only: an extra must not stop the run
        return None, None, T(zh="聚类：没有做。{why}", en="Clusters: not done. {why}").format(why=too_few)
    text = T(zh="聚类：{v}", en="Clusters: {v}").format(v=verdict.text)
    if verdict.code != "clear" or verdict.k is None:
        gone = T(zh="上次分出的群这次不再成立。", en=" The groups of the last run do not hold any more.")
        return None, None, text + gone if last else text
    if last and (len(last["centres"]), tuple(last["preparation"])) == (verdict.k, columns):
        model = clusters.refit(facts, last)
        drift = clusters.drift(last, model)
        changed = drift.index[~drift["same"]].tolist()
        kept = (
            T(zh="群的编号沿用上次；{c} 移动太大，请当作新群重新看。", en=" Numbers go on from the last run; {c} moved so far that it should be looked at as a new group.").format(c=listed(changed))
            if changed
            else T(zh="群的编号沿用上次，各群没有明显移动。", en=" Numbers go on from the last run; no group moved much.")
        )  # fmt: skip
        return model, drift, text + kept
    new = T(
        zh="群数或所用的列与上次不同，编号从头排，不能与上次相比。",
        en=" The number of groups or the columns differ from the last run: numbers start afresh and do not compare.",
    )
    model = clusters.fit_clusters(facts, preparation, verdict.k)
    return model, None, text + new if last else text


def _forecast(history: pd.DataFrame | None, wanted: Thresholds) -> tuple[pd.DataFrame | None, T]:
    """Forecast what every customer will bring."""
    no_numbers = T(zh="客户终身价值：没有给出数字。{v}", en="CLV: no numbers. {v}")
    if history is None:
        return None, no_numbers.format(
            v=T(
                zh="交来的事实里没有 tenure_days、order_days 和 mean_spend（每次重复购买的平均金额）。",
                en="The facts handed over lack tenure_days, order_days and mean_spend (money per repeat purchase).",
            )
        )
    purchases, spend = clv.fit_purchases(history), clv.fit_spend(history)
    for model in (purchases, spend):
        if isinstance(model, clv.Verdict):
            return None, no_numbers.format(v=model.text)
    what = (
        T(zh="销售额现值（毛利率未知，按销售额计）", en="sales (margins are not known, so sales, not profit)")
        if wanted.margin is None
        else T(zh="毛利现值（毛利率 {m:.0%}）", en="profit at a margin of {m:.0%}").format(m=wanted.margin)
    )
    days = int(wanted.forecast_days)
    values = clv.customer_value(
        history, purchases, spend, margin=1.0 if wanted.margin is None else wanted.margin, days=days
    )
    return values, T(
        zh="客户终身价值：今后 {d} 天的预计{w}。{p} {s}",
        en="CLV: present value of the {w} to expect in {d} days. {p} {s}",
    ).format(d=days, w=what, p=purchases.text, s=spend.text)
