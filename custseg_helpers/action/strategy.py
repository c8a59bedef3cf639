"""Strategy: from a playbook to a plan: what each tier costs and brings in one quarter, within a budget.

A plan is plain multiplication, so that everybody can check it by hand.
"""

import pandas as pd

from custseg_helpers.action.playbook import Playbook, load_playbook, play_of_tier
from custseg_helpers.facts.counts import cents
from custseg_helpers.tags.evaluate import evaluate
from custseg_helpers.tags.kinds import column_kinds
from custseg_helpers.tags.rules import parse_rule
from custseg_helpers.words.text import T, UserError, listed

GIVEN = (
    "play",
    "channel",
    "customers",
    "contacted",
    "cost_per_customer",
    "extra_response",
    "order_value",
    "margin_rate",
)
"""The columns of a plan that everything else follows from."""

MONEY = ("cost", "expected_sales", "expected_margin", "profit")
"""The yuan of a plan: whole cents, so that they add up."""


def leave_out(tiers: pd.Series, facts: pd.DataFrame, playbook: Playbook | None = None) -> pd.Series:
    """Find who must not be contacted: True where the `leave_out_if` rule of the customer's play surely holds.

    Join it with what else forbids a contact: `leave_out(tiers, facts) | no_consent`.

    Args:
        tiers: one tier code a customer.
        facts: one row a customer with the columns that the rules name; a column that is missing is a `UserError`.
        playbook: from `load_playbook()`; the sample if none is given.

    >>> facts = pd.DataFrame({"recency_days": [3, 90, 3]}, index=["C1", "C2", "C3"])
    >>> leave_out(pd.Series({"C1": "champions", "C2": "champions", "C3": "lost"}), facts).tolist()
    [True, False, False]
    """
    playbook = playbook or load_playbook()
    kinds = column_kinds(facts)
    rules = {
        code: parse_rule(play.leave_out_if, kinds, tag=code)
        for code, play in playbook.items()
        if play.leave_out_if
    }
    holds = evaluate(rules, facts.reindex(tiers.index))
    play = tiers.map(play_of_tier(playbook))
    out = pd.Series(False, index=tiers.index, name="not_contacted")
    for code in rules:
        out |= holds[code] & (play == code)
    return out


def plan(
    tiers: pd.Series,
    order_value: pd.Series,
    playbook: Playbook | None = None,
    *,
    not_contacted: pd.Series | None = None,
) -> pd.DataFrame:
    """Price a playbook on real customers: what each tier costs and brings in one quarter.

    cost = contacted × contacts × cost per contact; expected orders = contacted × extra response;
    sales = orders × the tier's mean order value; margin = sales × margin rate; profit = margin − cost;
    roi = profit ÷ cost (NaN where nothing is spent). Only orders that the contact *causes* count.

    Args:
        tiers: one tier code a customer; customers without one are left out and counted in `attrs["left_out"]`.
        order_value: yuan per order of each customer (`average_order_value` of the facts); a tier in which nobody has
            ordered yet takes the mean over all customers.
        playbook: from `load_playbook()` or `sample_playbook()`; the consumer sample if none is given.
        not_contacted: True for customers who must not be contacted, from `leave_out()`, no consent …

    Returns:
        One row a tier in the playbook's order. A tier without a play is a `UserError`.

    >>> tiers = pd.Series({"C1": "A", "C2": "A", "C3": "D"})
    >>> plan(tiers, pd.Series({"C1": 200.0, "C2": 100.0, "C3": 100.0}))[["customers", "cost", "expected_sales"]].values.tolist()
    [[2.0, 9.0, 36.0], [1.0, 0.02, 0.2]]
    """
    playbook = playbook or load_playbook()
    home = play_of_tier(playbook)
    known = tiers[tiers.notna() & tiers.index.notna()].astype(str)
    strangers = sorted(set(known) - set(home))
    if strangers:
        raise UserError(
            T(
                zh="策略手册没有写这些层级怎么做：{names}。请把它们加到某个打法的 tiers 里。",
                en="The playbook has no play for: {names}. Add them to the “tiers” of a play.",
            ).format(names=listed(strangers))
        )
    blocked = _flagged(not_contacted, known.index)
    worth = order_value.reindex(known.index).astype(float)
    rows = []
    for tier in [tier for tier in home if (known == tier).any()]:
        play, inside = playbook[home[tier]], known == tier
        values = worth[inside & ~blocked].dropna()
        values = values if len(values) else worth.dropna()
        rows.append(
            {
                "tier": tier,
                "play": home[tier],
                "channel": play.channel,
                "customers": int(inside.sum()),
                "contacted": int((inside & ~blocked).sum()),
                "cost_per_customer": play.contacts_per_quarter
                * cents(pd.Series([play.cost_per_contact]))[0]
                / 100,
                "extra_response": play.extra_response,
                "order_value": cents(values).sum() / max(len(values), 1) / 100,
                "margin_rate": play.margin_rate,
            }
        )
    table = pd.DataFrame(rows, columns=["tier", *GIVEN]).set_index("tier")
    table = _priced(table, table["contacted"])
    table.attrs["left_out"] = {"no_tier": len(tiers) - len(known), "not_contacted": int(blocked.sum())}
    return table


def _flagged(flags: pd.Series | None, index: pd.Index) -> pd.Series:
    """Return the flags of these customers; missing is False."""
    if flags is None:
        return pd.Series(False, index=index)
    return flags.astype("boolean").fillna(False).astype(bool).reindex(index, fill_value=False)


def _priced(table: pd.DataFrame, contacted: pd.Series) -> pd.DataFrame:
    """Return the plan with `contacted` customers a tier and every figure that follows from it."""
    table = table[list(GIVEN)].assign(contacted=contacted.astype("int64"))
    orders = table["contacted"] * table["extra_response"]
    sales = orders * table["order_value"]
    margin = sales * table["margin_rate"]
    table["cost"] = cents(table["contacted"] * table["cost_per_customer"]) / 100
    table["expected_orders"] = orders
    table["expected_sales"] = cents(sales) / 100
    table["expected_margin"] = cents(margin) / 100
    table["profit"] = (cents(table["expected_margin"]) - cents(table["cost"])) / 100
    table["roi"] = table["profit"] / table["cost"].where(table["cost"] > 0)
    return table


def within_budget(plan: pd.DataFrame, budget: float) -> pd.DataFrame:
    """Cut a plan down to a budget: the tiers with the most profit per yuan are paid for first.

    A tier that would lose money is never paid for, however much is left. The last tier is paid for in part:
    as many whole customers as the rest of the money reaches.

    Returns:
        The plan with the customers now `contacted`, all figures anew, and a `verdict` a tier:
        `paid_in_full`, `paid_in_part`, `not_paid` (no money left) or `loses_money`.

    >>> tiers = pd.Series({"C1": "A", "C2": "A", "C3": "D"})
    >>> full = plan(tiers, pd.Series({"C1": 200.0, "C2": 100.0, "C3": 100.0}))
    >>> within_budget(full, 5)[["contacted", "cost", "verdict"]].values.tolist()
    [[1, 4.5, 'paid_in_part'], [1, 0.02, 'paid_in_full']]
    """
    if not budget >= 0:
        raise UserError(zh=f"预算不能是负数：{budget}", en=f"The budget cannot be negative: {budget}")
    left = int(cents(pd.Series([budget]))[0])
    price = pd.Series(cents(plan["cost_per_customer"]), index=plan.index)
    gain = plan["extra_response"] * plan["order_value"] * plan["margin_rate"] * 100 - price
    per_yuan = gain / price.where(price > 0, 1e-9)
    paid, verdict = {}, {}
    for tier in per_yuan.sort_values(ascending=False, kind="stable").index:
        wanted = int(plan.at[tier, "contacted"])
        if gain[tier] <= 0:
            paid[tier], verdict[tier] = 0, "loses_money"
            continue
        paid[tier] = min(wanted, left // price[tier]) if price[tier] else wanted
        left -= paid[tier] * price[tier]
        verdict[tier] = (
            "paid_in_full" if paid[tier] == wanted else "paid_in_part" if paid[tier] else "not_paid"
        )
    result = _priced(plan, pd.Series(paid).reindex(plan.index)).assign(verdict=pd.Series(verdict))
    result.attrs = {**plan.attrs, "unspent": float(left / 100)}
    return result


def with_response(plan: pd.DataFrame, measured: pd.DataFrame, *, at: str = "response") -> pd.DataFrame:
    """Put what was measured in place of the playbook's guess, and return the plan with every figure anew.

    Args:
        plan: from `plan` or `within_budget`.
        measured: from `response.by_tier`; a tier that was never tested gets what all customers showed. An empty
            table (no campaign had a control group) leaves the guess.
        at: `"response"`, or `"lower"` for the low end of the interval: what the plan brings if we were lucky so far.

    >>> tiers = pd.Series({"C1": "A", "C2": "A"})
    >>> guessed = plan(tiers, pd.Series({"C1": 200.0, "C2": 100.0}))
    >>> measured = pd.DataFrame({"response": [0.05], "lower": [0.01]}, index=["A"])
    >>> with_response(guessed, measured)["expected_sales"].tolist(), guessed["expected_sales"].tolist()
    ([15.0], [36.0])
    """
    if measured.empty:
        return plan
    overall = measured.attrs.get("all")
    rest = float("nan") if overall is None else overall.effect if at == "response" else overall.lower
    response = measured[at].reindex(plan.index).fillna(rest).fillna(plan["extra_response"])
    return _again(plan.assign(extra_response=response), plan["contacted"], plan)


def with_contacted(plan: pd.DataFrame, contacted: pd.Series) -> pd.DataFrame:
    """Return the plan with the customers really contacted, a tier: those left once the control group is taken out.

    >>> tiers = pd.Series({"C1": "A", "C2": "A"})
    >>> priced = plan(tiers, pd.Series({"C1": 200.0, "C2": 100.0}))
    >>> with_contacted(priced, pd.Series({"A": 1}))[["contacted", "expected_sales"]].values.tolist()
    [[1.0, 18.0]]
    """
    return _again(plan, contacted.reindex(plan.index).fillna(0), plan)


def _again(table: pd.DataFrame, contacted: pd.Series, plan: pd.DataFrame) -> pd.DataFrame:
    result = _priced(table, contacted)
    if "verdict" in plan:
        result["verdict"] = plan["verdict"]
    result.attrs = dict(plan.attrs)
    return result


def break_even(plan: pd.DataFrame) -> pd.DataFrame:
    """Return from which response on each tier's play pays: cost a customer ÷ (order value × margin rate).

    Returns:
        One row a tier: `cost_per_customer`, `order_value`, `margin_rate`, `break_even` (share of the contacted who must
        buy because of it; missing where an order leaves nothing) and `extra_response`, what the playbook assumes.

    >>> priced = plan(pd.Series({"C1": "A"}), pd.Series({"C1": 100.0}))
    >>> break_even(priced)["break_even"].round(3).tolist()
    [0.125]
    """
    left = plan["order_value"] * plan["margin_rate"]
    share = plan["cost_per_customer"] / left.where(left > 0)
    columns = ["cost_per_customer", "order_value", "margin_rate"]
    return plan[columns].assign(break_even=share, extra_response=plan["extra_response"])


def one_more_in_100(plan: pd.DataFrame) -> pd.DataFrame:
    """Return what one more buyer among 100 contacted brings in sales, for each tier: it rests on the orders alone.

    >>> priced = plan(pd.Series({"C1": "A"}), pd.Series({"C1": 100.0}))
    >>> one_more_in_100(priced).values.tolist()
    [[1.0, 100.0]]
    """
    return plan[["contacted"]].assign(sales_of_one_more=plan["order_value"].round(2))


def contact_list(
    tiers: pd.Series, order_value: pd.Series, plan: pd.DataFrame, *, not_contacted: pd.Series | None = None
) -> pd.DataFrame:
    """Name the customers a plan contacts, with play and channel: the list to hand over.

    Where a tier is paid for in part, customers with the higher order value come first, then the lower id.
    Take the holdout out of this list before anyone is contacted (`experiment.assign_holdout`).
    """
    table = pd.DataFrame({"tier": tiers.astype("str")}).rename_axis("customer_id")
    table["order_value"] = order_value.reindex(table.index).astype(float)
    table = table[~_flagged(not_contacted, table.index)]
    table = table[table["tier"].isin(plan.index) & table.index.notna()].sort_index()
    table = table.sort_values("order_value", ascending=False, kind="stable")
    place = table.groupby("tier").cumcount()
    table = table[place < table["tier"].map(plan["contacted"])]
    table = table.join(plan[["play", "channel"]], on="tier")
    order = table["tier"].map({tier: place for place, tier in enumerate(plan.index)})
    return table.loc[order.sort_values(kind="stable").index, ["tier", "play", "channel", "order_value"]]


def one_page(plan: pd.DataFrame, playbook: Playbook | None = None) -> pd.DataFrame:
    """Return a plan as the page to sign: what each tier gets, by which channel, at what cost and return.

    The last row, `total`, adds up customers and yuan; its `roi` is the total profit ÷ the total cost.

    >>> tiers = pd.Series({"C1": "A", "C2": "A", "C3": "D"})
    >>> priced = plan(tiers, pd.Series({"C1": 200.0, "C2": 100.0, "C3": 100.0}))
    >>> one_page(priced).loc["total", ["cost", "expected_sales"]].tolist()
    [9.02, 36.2]
    """
    playbook = playbook or load_playbook()
    added = ["customers", "contacted", "expected_orders", *MONEY]
    page = plan[["channel", *added, "roi"]].copy()
    page.insert(0, "offer", [str(playbook[play].offer) for play in plan["play"]])
    if "verdict" in plan:
        page["verdict"] = plan["verdict"]
    total = plan[added].sum()
    for column in MONEY:
        total[column] = cents(plan[column]).sum() / 100
    roi = total["profit"] / total["cost"] if total["cost"] > 0 else float("nan")
    last = pd.DataFrame({**total, "roi": roi}, index=["total"]).astype(plan[added].dtypes)
    page = pd.concat([page, last]).rename_axis("tier")
    texts = page.columns.difference([*added, "roi"])
    page[texts] = page[texts].fillna("")
    page.attrs = dict(plan.attrs)
    return page
