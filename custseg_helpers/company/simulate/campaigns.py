"""What campaigns do: a random holdout, and effects that differ by uplift type.

Contacted persuadables buy at a multiple of their own pace while the campaign lasts; sure things buy anyway and lost
causes do not buy, contacted or not; those better not disturbed drop the order they would have made. Both outcomes of
every planned customer are kept as truth, in orders and in money.

Extra orders go to live customers in proportion to their own pace, so the purchase process, and what a CLV model
finds, stays very nearly what it was.
"""

from dataclasses import dataclass

import numpy as np

from custseg_helpers.company.simulate.population import Population
from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, repeated

ATTENDS = {"persuadable": 0.45, "sure_thing": 0.40, "lost_cause": 0.06, "do_not_disturb": 0.12}
LIKES = {"persuadable": 4.0, "sure_thing": 4.2, "lost_cause": 3.0, "do_not_disturb": 2.0}


@dataclass(frozen=True)
class Orders:
    """One place per order: who, on which day, and the campaign whose offer it used (-1: none)."""

    customer: np.ndarray
    day: np.ndarray
    campaign: np.ndarray


@dataclass(frozen=True)
class Plan:
    """One campaign's planned customers: what was planned, what came of it, and what would have."""

    customer: np.ndarray
    treated: np.ndarray
    if_contacted: np.ndarray
    if_held_out: np.ndarray
    attended: np.ndarray
    feedback: np.ndarray
    intent: np.ndarray
    minds: np.ndarray
    """who drops the orders of these days when contacted"""
    extra: Orders
    """the orders that the contact brought"""
    unmade: Orders
    """the orders that the arm kept from being made: a contact's extra ones held out, dropped ones contacted"""


def audience(rule: str, orders: Orders, people: Population, start: int) -> np.ndarray:
    """Return the customers a campaign may address, by what is known on its first day."""
    before = orders.day < start
    count = np.bincount(orders.customer[before], minlength=len(people))
    last = np.full(len(people), -1)
    np.maximum.at(last, orders.customer[before], orders.day[before])
    chosen = {
        "all": count > 0,
        "recent": (count > 0) & (last >= start - 90),
        "frequent": count >= 4,
        "lapsed": (count > 0) & (last < start - 120),
    }
    return np.flatnonzero(chosen[rule])


def run_campaign(
    rng: np.random.Generator,
    settings: Settings,
    number: int,
    orders: Orders,
    people: Population,
    left: np.ndarray,
    calendar: Calendar,
) -> tuple[Orders, Plan]:
    """Play one campaign: return the orders as they became, and the plan with both outcomes."""
    campaign = settings["campaigns"][number]
    start = calendar.day(campaign["start"])
    stop = start + campaign["days"]
    addressed = audience(campaign["audience"], orders, people, start)
    planned = addressed[rng.random(len(addressed)) < campaign["planned"]]
    treated = rng.random(len(planned)) >= campaign["holdout"]
    kinds = list(settings["uplift"])
    kind, alive = people.uplift[planned], left[planned] > start

    inside = (orders.day >= start) & (orders.day < stop)
    buys = np.isin(planned, orders.customer[inside])
    minds = (kind == kinds.index("do_not_disturb")) & (rng.random(len(planned)) < campaign["puts_off"])
    persuadable = planned[(kind == kinds.index("persuadable")) & alive]
    extra, extra_day = _persuaded(rng, campaign, persuadable, orders, people, left, calendar)
    if_contacted = (buys & ~minds) | np.isin(planned, extra)

    contacted = np.zeros(len(people), dtype=bool)
    contacted[planned[treated]] = True
    kept = ~(inside & np.isin(orders.customer, planned[treated & minds]))
    offered = np.where(inside & contacted[orders.customer], number, orders.campaign)
    brings = contacted[extra]
    unmade = Orders(
        customer=np.concatenate([extra[~brings], orders.customer[~kept]]),
        day=np.concatenate([extra_day[~brings], orders.day[~kept]]),
        campaign=np.concatenate([np.full((~brings).sum(), number), orders.campaign[~kept]]),
    )
    extra, extra_day = extra[brings], extra_day[brings]
    after = Orders(
        customer=np.concatenate([orders.customer[kept], extra]),
        day=np.concatenate([orders.day[kept], extra_day]),
        campaign=np.concatenate([offered[kept], np.full(len(extra), number)]),
    )

    attends = np.array([ATTENDS[k] for k in kinds])[kind] * np.where(alive, 1.0, 0.15)
    attended = treated & (rng.random(len(planned)) < attends + 0.3 * (if_contacted & treated))
    likes = np.array([LIKES[k] for k in kinds])[kind]
    return after, Plan(
        customer=planned,
        treated=treated,
        if_contacted=if_contacted,
        if_held_out=buys,
        attended=attended,
        feedback=_score(rng, likes),
        intent=_score(rng, likes - 0.8 + 0.9 * if_contacted),
        minds=minds,
        extra=Orders(extra, extra_day, np.full(len(extra), number)),
        unmade=unmade,
    )


def _persuaded(
    rng: np.random.Generator,
    campaign: Settings,
    customers: np.ndarray,
    orders: Orders,
    people: Population,
    left: np.ndarray,
    calendar: Calendar,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the orders that a contact brings: a multiple of the own pace, on days without another order."""
    start = calendar.day(campaign["start"])
    opens, closes = calendar.elapsed[start], calendar.elapsed[start + campaign["days"]]
    count = rng.poisson(campaign["persuades"] * people.rate[customers] * (closes - opens))
    customer = repeated(customers, count)
    day = calendar.day_at(opens + (closes - opens) * rng.random(len(customer)))
    _, once = np.unique(customer * calendar.days + day, return_index=True)
    customer, day = customer[once], day[once]
    taken = np.isin(customer * calendar.days + day, orders.customer * calendar.days + orders.day)
    kept = ~taken & (day < left[customer])
    return customer[kept], day[kept]


def _score(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(mean + rng.normal(0, 0.8, len(mean))), 1, 5)
