"""What a run makes of a company: one row a customer, the size of each group, and a word on what the data cannot carry."""

from dataclasses import dataclass

import pandas as pd

from custseg_helpers.data.companies import Company
from custseg_helpers.data.facts import order_facts
from custseg_helpers.data.reduced import Reduced, observed_until
from custseg_helpers.text import T
from custseg_helpers.tiers import clusters, clv, lifecycle, rfm
from custseg_helpers.tiers.cluster_count import choose_k, structure
from custseg_helpers.tiers.cycle import typical_gap
from custseg_helpers.tiers.quadrant import quadrants
from custseg_helpers.tiers.value import abc, by_group

FACTS = ("recency_days", "frequency", "monetary", "gross", "returned", "first_order", "last_order")
TIERS = ("segment", "grade", "stage", "quadrant", "cluster")
DAYS_AHEAD = 365


@dataclass(frozen=True)
class Tagged:
    """The result of a run, before anything is written."""

    facts: pd.DataFrame
    customers: pd.DataFrame
    """one row a customer: facts, scores, tiers"""
    groups: dict[str, pd.DataFrame]
    """tier → one row a group: customers, share, value, value_share, mean_value"""
    verdicts: dict[str, T]
    """method → what it says about the data, or why it was not used"""


def tag_customers(company: Company, reduced: Reduced | None = None) -> Tagged:
    """Give every customer facts, RFM scores and segment, ABC grade, lifecycle stage, quadrant; clusters and CLV where the data carry them."""
    facts = order_facts(company.orders, company.as_of) if reduced is None else reduced.facts
    scores = rfm.rfm_scores(facts)
    table = facts[list(FACTS)].join(scores)
    table["segment"] = rfm.segments8(scores)
    table["grade"] = abc(facts["monetary"])
    stages, cycle = _stages(facts)
    table["stage"] = stages
    basket = (facts["gross"] / facts["frequency"]).rename("average_order_value")
    by_two = quadrants(facts["frequency"], basket)
    table["quadrant"] = by_two["quadrant"]
    across, up = by_two.attrs["cuts"]
    verdicts = {
        "lifecycle": cycle,
        "quadrant": T(
            zh="象限：横轴为订单数（高于 {x:g} 为高），纵轴为平均每单金额（高于 {y:,.2f} 为高）。",
            en="Quadrants: orders across (high above {x:g}), money per order upwards (high above {y:,.2f}).",
        ).format(x=across, y=up),
    }
    found, verdicts["clusters"] = _clusters(facts)
    forecast, verdicts["clv"] = _forecast(_history(company) if reduced is None else reduced.history)
    table = table.join([part for part in (found, forecast) if part is not None])
    groups = {tier: by_group(table[tier], table["monetary"]) for tier in TIERS if tier in table}
    return Tagged(facts, table, groups, verdicts)


def _stages(facts: pd.DataFrame) -> tuple[pd.Series, T]:
    stages = lifecycle.stage(facts)
    gap = typical_gap(facts)
    if pd.isna(gap):
        return stages, T(
            zh="生命周期：还没有客户在另一天再次购买，没有购买周期，阶段未知。",
            en="Lifecycle: nobody has come back on another day yet; without a purchase cycle the stage is unknown.",
        )
    return stages, T(
        zh="生命周期：典型购买间隔 {g:.0f} 天；超过 2 个自己的间隔没来算休眠，超过 4 个算流失。",
        en="Lifecycle: the typical gap between purchases is {g:.0f} days; dormant after 2 gaps of one's own, churned after 4.",
    ).format(g=gap)


def _clusters(facts: pd.DataFrame) -> tuple[pd.Series | None, T]:
    columns = ["recency_days", "frequency", "monetary"]
    flat = [column for column in columns if facts[column].nunique() < 2]
    if len(facts) < 10 or flat:
        return None, T(
            zh="聚类：客户太少，或各项没有差别，没有做。",
            en="Clusters: too few customers, or no differences; not done.",
        )
    preparation = clusters.prepare(facts, columns)
    verdict = structure(choose_k(clusters.scaled(facts, preparation)))
    text = T(zh="聚类：{v}", en="Clusters: {v}").format(v=verdict.text)
    if verdict.code != "clear" or verdict.k is None:
        return None, text
    return clusters.assign(facts, clusters.fit_clusters(facts, preparation, verdict.k)), text


def _history(company: Company) -> pd.DataFrame:
    orders = company.orders
    return clv.purchase_history(orders, observed_until(orders["order_date"].max(), company.as_of))


def _forecast(history: pd.DataFrame) -> tuple[pd.DataFrame | None, T]:
    """Forecast a year ahead."""
    purchases, spend = clv.fit_purchases(history), clv.fit_spend(history)
    for model in (purchases, spend):
        if isinstance(model, clv.Verdict):
            return None, T(zh="客户终身价值：没有给出数字。{v}", en="CLV: no numbers. {v}").format(
                v=model.text
            )
    return clv.customer_value(history, purchases, spend, margin=1.0, days=DAYS_AHEAD), T(
        zh="客户终身价值：今后一年的预计销售额现值（毛利率未知，按销售额计）。{p} {s}",
        en="CLV: present value of the sales to expect in a year (margins are not known, so sales, not profit). {p} {s}",
    ).format(p=purchases.text, s=spend.text)
