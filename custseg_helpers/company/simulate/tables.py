"""From arrays to the standard tables."""

from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import conform
from custseg_helpers.company.simulate.baskets import Lines
from custseg_helpers.company.simulate.campaigns import Plan
from custseg_helpers.company.simulate.names import people as person_names
from custseg_helpers.company.simulate.population import Population, sales_channels
from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, ids, pick


def _codes(names: Any, positions: np.ndarray) -> np.ndarray:
    return np.array([*names, None], dtype=object)[positions]


def products(settings: Settings) -> pd.DataFrame:
    """Return the product table."""
    rows = [
        {"category": category, "name_zh": zh, "name_en": en, "price": price, "margin_rate": margin}
        for category, shelf in settings["products"].items()
        for zh, en, price, margin in shelf
    ]
    return conform("products", pd.DataFrame(rows).assign(product_id=ids("P", np.arange(len(rows)) + 1, 2)))


def reps(rng: np.random.Generator, settings: Settings) -> pd.DataFrame:
    """Return the sales reps, spread over the regions by their share of customers."""
    count, (low, high) = settings["reps"]["count"], settings["reps"]["capacity"]
    region: dict[str, float] = {}
    for name, share in settings["cities"].values():
        region[name] = region.get(name, 0.0) + share
    others = pick(rng, list(region.values()), count - len(region))
    home = np.sort(np.concatenate([np.arange(len(region)), others]))
    zh, en = person_names(rng, rng.random(count) < 0.5)
    return conform(
        "reps",
        pd.DataFrame(
            {
                "rep_id": ids("S", np.arange(count) + 1, 2),
                "name_zh": zh,
                "name_en": en,
                "region": np.array(list(region), dtype=object)[home],
                "industry": _industries(rng, settings, count),
                "capacity": rng.integers(low // 10, high // 10 + 1, count) * 10,
            }
        ),
    )


def _industries(rng: np.random.Generator, settings: Settings, count: int) -> np.ndarray:
    """Each rep knows one industry best; those who sell to people know none."""
    known = list(settings.get("industries", {}))
    return (
        np.array(known, dtype=object)[rng.permutation(count) % len(known)] if known else np.full(count, None)
    )


def orders(
    settings: Settings,
    bought: Lines,
    who: Population,
    calendar: Calendar,
    names: np.ndarray,
    staff: pd.DataFrame,
    digits: int,
    before: int,
) -> pd.DataFrame:
    """Return the order lines of one block; `before` orders were numbered already."""
    cities = [region for region, _ in settings["cities"].values()]
    staff_of = {region: staff.loc[staff["region"] == region, "rep_id"].to_numpy() for region in set(cities)}
    rep = np.array(
        [staff_of[cities[city]][i % len(staff_of[cities[city]])] for i, city in enumerate(who.city)]
    )
    selling = sales_channels(settings)
    staffed = np.array([settings["channels"][code]["staff"] for code in selling])[bought.channel]
    return conform(
        "orders",
        pd.DataFrame(
            {
                "order_id": ids("O", before + 1 + bought.order, digits),
                "customer_id": names[bought.customer],
                "order_date": calendar.date(bought.day),
                "product_id": products(settings)["product_id"].to_numpy()[bought.product],
                "quantity": bought.quantity,
                "discount": bought.discount,
                "amount": bought.amount,
                "channel": _codes(selling, bought.channel),
                "rep_id": np.where(staffed, rep[bought.customer], None),
            }
        ),
    )


def campaigns(settings: Settings, calendar: Calendar) -> pd.DataFrame:
    """Return the campaigns table."""
    start = [np.datetime64(c["start"], "D") for c in settings["campaigns"]]
    return conform(
        "campaigns",
        pd.DataFrame(
            {
                "campaign_id": ids("M", np.arange(len(start)) + 1, 2),
                "name_zh": [c["zh"] for c in settings["campaigns"]],
                "name_en": [c["en"] for c in settings["campaigns"]],
                "start_date": start,
                "end_date": [s + (c["days"] - 1) for s, c in zip(start, settings["campaigns"], strict=True)],
                "channel": [c["channel"] for c in settings["campaigns"]],
                "category": [c.get("category") for c in settings["campaigns"]],
                "discount": [c["discount"] for c in settings["campaigns"]],
                "cost_per_contact": [c["cost"] for c in settings["campaigns"]],
            }
        ),
    )


def responses(
    settings: Settings,
    plans: list[Plan],
    bought: Lines,
    unmade: list[Lines],
    calendar: Calendar,
    names: np.ndarray,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the responses table, read off the order lines, and both outcomes of every planned customer.

    `unmade` are the lines, a campaign each, of the orders that the arm kept from being made.
    """
    seen, truth = [], []
    for number, plan in enumerate(plans):
        campaign = settings["campaigns"][number]
        start = calendar.day(campaign["start"])
        span = start, start + campaign["days"]
        cents = _cents(bought, span, len(names))
        place = bought.customer * calendar.days + bought.day
        brought = _cents(
            bought, span, len(names), np.isin(place, plan.extra.customer * calendar.days + plan.extra.day)
        )
        other = _cents(unmade[number], span, len(names))[plan.customer]
        actual, drops = cents[plan.customer], plan.minds
        # held out: without what the contact brought, with what it kept back; contacted: the other way round
        if_held_out = np.where(
            plan.treated, actual - brought[plan.customer] + np.where(drops, other, 0), actual
        )
        if_contacted = np.where(plan.treated, actual, np.where(drops, 0, actual) + np.where(drops, 0, other))
        customer = names[plan.customer]
        campaign_id = ids("M", [number + 1], 2)[0]
        seen.append(
            pd.DataFrame(
                {
                    "campaign_id": campaign_id,
                    "customer_id": customer,
                    "arm": np.where(plan.treated, "treatment", "holdout"),
                    "attended": plan.attended,
                    "feedback_score": np.where(plan.attended, plan.feedback, np.nan),
                    "purchase_intent": np.where(plan.attended, plan.intent, np.nan),
                    "converted": cents[plan.customer] > 0,
                    "amount": cents[plan.customer] / 100,
                    "cost": np.where(plan.treated, campaign["cost"], 0.0),
                }
            )
        )
        truth.append(
            pd.DataFrame(
                {
                    "campaign_id": campaign_id,
                    "customer_id": customer,
                    "if_contacted": plan.if_contacted,
                    "if_held_out": plan.if_held_out,
                    "amount_if_contacted": if_contacted / 100,
                    "amount_if_held_out": if_held_out / 100,
                }
            )
        )
    return conform("responses", pd.concat(seen)), pd.concat(truth, ignore_index=True)


def _cents(lines: Lines, span: tuple[int, int], size: int, which: np.ndarray | None = None) -> np.ndarray:
    """Return what each of `size` customers paid on the days of a span, in cents."""
    inside = (lines.day >= span[0]) & (lines.day < span[1]) & (lines.quantity > 0)
    inside = inside if which is None else inside & which
    return np.bincount(lines.customer[inside], np.rint(lines.amount[inside] * 100), minlength=size)
