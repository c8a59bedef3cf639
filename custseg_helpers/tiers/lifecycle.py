"""Lifecycle: where each customer is on the way with us, who moved, and what the moves are worth."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.facts.counts import cents
from custseg_helpers.tiers.cycle import earlier_gap, purchase_cycle, typical_gap
from custseg_helpers.tiers.order import ordered

STAGES = ("potential", "new", "active", "loyal", "won_back", "dormant", "churned")
PHASES = ("introduction", "growth", "maturity", "decline")


def stage(
    facts: pd.DataFrame,
    cycle: float | None = None,
    *,
    own_cycle: bool = True,
    dormant_after: float = 2,
    churned_after: float = 4,
    loyal_orders: int = 5,
) -> pd.Series:
    """Place every customer in one of seven stages, by the customer's own purchase cycle.

    The first line that fits decides, so no two stages overlap:

    - `"potential"`: never bought. `facts.reindex(customers.index)` brings those in.
    - `"churned"`, `"dormant"`: no purchase for more than `churned_after`, `dormant_after` usual gaps.
    - `"won_back"`: the last purchase ended a break that long that the customer counted as churned.
    - `"new"`: the first purchase was at most one company cycle ago.
    - `"loyal"`: at least `loyal_orders` orders; `"active"`: all others.

    Were the gaps exponential, a customer who is still alive would look dormant in 14 % and churned in 2 % of cases
    (e⁻², e⁻⁴). Where nobody has ever come back there is no cycle: buyers are `"unknown"` until you give one.

    Args:
        facts: one row a customer with `recency_days`, `frequency`, `tenure_days`, `order_days`, `mean_gap_days`,
            `last_gap_days`.
        cycle: the company's cycle (days) for those without one of their own; `typical_gap(facts)` if not given.
        own_cycle: False gives everybody `cycle`: with 45, dormant after 90 and churned after 180 days.
        dormant_after: in usual gaps.
        churned_after: in usual gaps.
        loyal_orders: orders.

    >>> facts = pd.DataFrame(
    ...     {"recency_days": [30, 30], "frequency": [9, 9], "tenure_days": [400, 400], "order_days": [9, 9],
    ...      "mean_gap_days": [46.0, 6.0], "last_gap_days": [40.0, 5.0]}, index=["yearly plan", "weekly shopper"])
    >>> stage(facts).to_dict()
    {'yearly plan': 'loyal', 'weekly shopper': 'churned'}
    """
    company = typical_gap(facts) if cycle is None else float(cycle)
    basis = facts if own_cycle else facts.assign(mean_gap_days=company)
    since = purchase_cycle(basis, company)["gaps_since"]
    before_break = earlier_gap(facts).fillna(company) if own_cycle else company
    bought = facts["frequency"] > 0
    codes = np.select(
        [
            ~bought,
            since.isna(),
            since > churned_after,
            since > dormant_after,
            facts["last_gap_days"] > churned_after * before_break,
            facts["tenure_days"] <= company,
            facts["frequency"] >= loyal_orders,
        ],
        ["potential", "unknown", "churned", "dormant", "won_back", "new", "loyal"],
        "active",
    )
    return pd.Series(codes, index=facts.index, name="stage")


def stages(
    facts_by_date: Mapping[pd.Timestamp, pd.DataFrame],
    signup_date: pd.Series,
    cycle: float,
    **thresholds: float,
) -> pd.DataFrame:
    """Return everybody's stage at several dates: customers × dates, missing before the customer signed up.

    Args:
        facts_by_date: for each date the facts *as of that date* (`order_facts(orders, date)`).
        signup_date: of every customer; no date counts as always known.
        cycle: one company cycle (days) for all dates, so that only customers move and not the yardstick;
            `typical_gap` of the earliest facts uses nothing that was not known then.
        thresholds: as in `stage`.
    """
    columns = {}
    for date in sorted(facts_by_date):
        known = signup_date.isna() | (signup_date <= date) | signup_date.index.isin(facts_by_date[date].index)
        facts = facts_by_date[date].reindex(signup_date.index)
        columns[date] = stage(facts, cycle, **thresholds).where(known)  # type: ignore[arg-type]
    return pd.DataFrame(columns, index=signup_date.index)


def phase(money: pd.DataFrame, *, recent: int = 2, change: float = 0.2) -> pd.Series:
    """Tell the phase of each customer's business with us from money per period.

    Compared are the mean of the last `recent` periods and the mean of all earlier ones since the first purchase.

    Args:
        money: customers × periods of equal length in time order (yuan, say by quarter).
        recent: how many periods at the end count as recent.
        change: from +20 % on it is growth, from −20 % down decline, between them maturity.

    Returns:
        `"introduction"` (first purchase within the recent periods), `"growth"`, `"maturity"`, `"decline"`, or
        `"potential"` for no purchase at all.

    >>> money = pd.DataFrame([[0, 0, 0, 5], [9, 9, 20, 20], [9, 9, 9, 9], [9, 9, 0, 1]], columns=list("1234"))
    >>> phase(money).tolist()
    ['introduction', 'growth', 'maturity', 'decline']
    """
    spent = np.column_stack(
        [cents(money[column]) for column in money] or [np.zeros((len(money), 0), "int64")]
    )
    bought = np.maximum.accumulate(spent > 0, axis=1)
    periods = bought[:, :-recent].sum(axis=1)
    before = (spent * bought)[:, :-recent].sum(axis=1) / np.maximum(periods, 1)
    late = spent[:, -recent:].sum(axis=1) / recent
    codes = np.select(
        [
            ~bought.any(axis=1),
            periods == 0,
            late <= 0,
            late >= before * (1 + change),
            late > before * (1 - change),
        ],
        ["potential", "introduction", "decline", "growth", "maturity"],
        "decline",
    )
    return pd.Series(codes, index=money.index, name="phase")


def deal_stage(orders: pd.Series, signals: pd.Series) -> pd.Series:
    """Place prospects on the way to the first deal: `"potential"`, `"intent"`, `"closed"`.

    Args:
        orders: number of orders a customer.
        signals: number of signs of intent (carts, clicks, enquiries); missing counts as none.

    >>> deal_stage(pd.Series([2, 0, 0]), pd.Series([0, 3, 0])).tolist()
    ['closed', 'intent', 'potential']
    """
    shown = signals.reindex(orders.index).fillna(0) > 0
    codes = np.select([orders.fillna(0) > 0, shown], ["closed", "intent"], "potential")
    return pd.Series(codes, index=orders.index, name="deal_stage")


def transitions(before: pd.Series, after: pd.Series, *, shares: bool = False) -> pd.DataFrame:
    """Count who moved from which code to which between two dates: the migration matrix.

    Rows are the codes before, columns the codes after, the same ones in the same order (stages in lifecycle order,
    others by alphabet). With `shares` each row adds up to 1 (NaN for a code nobody had). Customers missing at one
    of the dates are left out and counted in `attrs["left_out"]`. Works for any tiers, not only stages.

    >>> transitions(pd.Series(["new", "new"]), pd.Series(["loyal", "new"])).loc["new"].tolist()
    [1, 1]
    """
    pairs = pd.DataFrame({"before": before, "after": after})
    both = pairs.dropna()
    codes = ordered([*both["before"].unique(), *both["after"].unique()])
    matrix = pd.crosstab(both["before"], both["after"]).reindex(index=codes, columns=codes, fill_value=0)
    matrix = matrix.rename_axis(index="before", columns="after")
    if shares:
        matrix = matrix.div(matrix.sum(axis=1).replace(0, math.nan), axis=0)
    matrix.attrs["left_out"] = {
        "not_before": int(pairs["before"].isna().sum()),
        "not_after": int(pairs["after"].isna().sum()),
    }
    return matrix


def transition_worth(
    before: pd.Series, after: pd.Series, money_before: pd.Series, money_after: pd.Series
) -> pd.DataFrame:
    """Show which moves go with money: what each group spent in the period before and in the period after.

    Returns:
        One row a move, indexed by `before` and `after`, best gain first: `customers`, `money_before`, `money_after`,
        `change` (yuan) and `change_per_customer`. No purchase counts as 0; the periods must be equally long.

    A gain that goes *with* a move is not yet a gain *by* it: who becomes dormant has, by definition, stopped buying.

    >>> start, end = pd.Series(["new", "new"]), pd.Series(["loyal", "dormant"])
    >>> transition_worth(start, end, pd.Series([10.0, 10.0]), pd.Series([40.0, 0.0]))["change"].tolist()
    [30.0, -10.0]
    """
    pairs = pd.DataFrame({"before": before, "after": after}).dropna()
    pairs["money_before"] = cents(money_before.reindex(pairs.index))
    pairs["money_after"] = cents(money_after.reindex(pairs.index))
    moves = pairs.groupby(["before", "after"])
    table = moves.size().to_frame("customers").join(moves[["money_before", "money_after"]].sum())
    table["change"] = table["money_after"] - table["money_before"]
    table[["money_before", "money_after", "change"]] /= 100
    table["change_per_customer"] = table["change"] / table["customers"]
    return table.sort_index().sort_values("change", ascending=False, kind="stable")
