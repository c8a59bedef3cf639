"""What campaigns do: a random holdout, and effects that differ by uplift type.

Persuadables buy only when contacted, sure things buy anyway, lost causes do not buy either way, and those better
not disturbed put off the order they would have made. Both outcomes of every planned customer are kept as truth.
"""

from dataclasses import dataclass

import numpy as np

from custseg_helpers.data.simulate.population import Population
from custseg_helpers.data.simulate.season import Calendar
from custseg_helpers.data.simulate.settings import Settings

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
    kinds = list(settings["uplift"])
    kind = people.uplift[planned]
    alive = left[planned] > start

    inside = (orders.day >= start) & (orders.day < stop)
    buys = np.isin(planned, orders.customer[inside])
    persuaded = (
        (kind == kinds.index("persuadable")) & alive & (rng.random(len(planned)) < campaign["persuades"])
    )
    put_off = (kind == kinds.index("do_not_disturb")) & (rng.random(len(planned)) < campaign["puts_off"])
    if_contacted = (buys | persuaded) & ~(buys & put_off)
    treated = rng.random(len(planned)) >= campaign["holdout"]

    lost = inside & np.isin(orders.customer, planned[treated & buys & ~if_contacted])
    offered = inside & np.isin(orders.customer, planned[treated])
    extra = planned[treated & if_contacted & ~buys]
    after = Orders(
        customer=np.concatenate([orders.customer[~lost], extra]),
        day=np.concatenate([orders.day[~lost], rng.integers(start, stop, len(extra))]),
        campaign=np.concatenate(
            [np.where(offered, number, orders.campaign)[~lost], np.full(len(extra), number)]
        ),
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
    )


def _score(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(mean + rng.normal(0, 0.8, len(mean))), 1, 5)
