"""Who the customers are: latent type, pace and spend, day and channel of sign-up, and when they first buy.

Pace and spend are drawn first, for everybody alike, and the type afterwards, tilted by both. So types differ in
pace and spend while the whole population stays exactly Gamma, which is what lets a CLV model find its parameters.
"""

from dataclasses import dataclass

import numpy as np

from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, pick, pick_each


@dataclass(frozen=True)
class Population:
    """One array per trait, one place per customer. Days are counted from the start of the calendar."""

    kind: np.ndarray
    """position of the latent type"""
    rate: np.ndarray
    """orders per day while alive"""
    dropout: np.ndarray
    """chance of leaving after each repeat order"""
    mean_spend: np.ndarray
    """yuan per order"""
    often: np.ndarray
    """how often the customer buys compared with the others, as a logit of the rank"""
    rich: np.ndarray
    """how much the customer spends compared with the others, as a logit of the rank"""
    signup_day: np.ndarray
    signup_channel: np.ndarray
    first_day: np.ndarray
    """day of the first order; -1 for those who never order"""
    city: np.ndarray
    channel: np.ndarray
    """main sales channel"""
    uplift: np.ndarray
    """position of the uplift type"""

    def __len__(self) -> int:
        return len(self.kind)


def _rank_logit(values: np.ndarray) -> np.ndarray:
    rank = np.empty(len(values))
    rank[np.argsort(values, kind="stable")] = (np.arange(len(values)) + 0.5) / len(values)
    return np.log(rank / (1 - rank))


def sales_channels(settings: Settings) -> list[str]:
    """Channels that sell; the others only bring customers in."""
    return [code for code, channel in settings["channels"].items() if channel.get("sells", True)]


def population(rng: np.random.Generator, settings: Settings, calendar: Calendar, size: int) -> Population:
    """Draw the customers of one block."""
    process, types = settings["process"], settings["types"]
    rate = rng.gamma(process["r"], 1 / process["alpha"], size)
    dropout = rng.beta(process["a"], process["b"], size)
    mean_spend = process["p"] * process["gamma"] / rng.gamma(process["q"], 1.0, size)
    often, rich = _rank_logit(rate), _rank_logit(mean_spend)

    leaning = np.array([[t["share"], t["often"], t["spend"]] for t in types])
    kind = pick_each(
        rng, leaning[:, 0] * np.exp(np.outer(often, leaning[:, 1]) + np.outer(rich, leaning[:, 2]))
    )
    channels = sales_channels(settings)
    taste = np.array([[t["channel"].get(code, 0.0) for code in channels] for t in types])
    uplift = settings["uplift"].values()
    weight = np.array([[u["weight"] + u["types"].get(t["code"], 0.0) for u in uplift] for t in types])
    tilt = np.array([u["often"] for u in uplift])

    doors = settings["channels"]
    signups = np.array([c["signups"] for c in doors.values()])
    leaning = np.array([[0.3 + t["channel"].get(code, 0.4) for code in doors] for t in types])
    door = pick_each(rng, (signups * leaning)[kind])
    never = rng.random(size) < np.array([c["never_buy"] for c in doors.values()])[door]
    signup_day = calendar.day_at(_signup_clock(rng, settings, calendar, size))
    return Population(
        kind=kind,
        rate=rate,
        dropout=dropout,
        mean_spend=mean_spend,
        often=often,
        rich=rich,
        signup_day=signup_day,
        signup_channel=door,
        first_day=np.where(never, -1, _first_day(rng, calendar, signup_day)),
        city=pick(rng, [share for _, share in settings["cities"].values()], size),
        channel=pick_each(rng, taste[kind]),
        uplift=pick_each(rng, np.exp(weight[kind] + np.outer(often, tilt))),
    )


def _signup_clock(rng: np.random.Generator, settings: Settings, calendar: Calendar, size: int) -> np.ndarray:
    """Many register when the programme opens, fewer every day of the first 90; the others evenly."""
    early = rng.random(size) < settings["early_share"]
    opening = 90 * (1 - np.sqrt(rng.random(size)))
    return np.where(early, opening, calendar.days * rng.random(size))


def _first_day(rng: np.random.Generator, calendar: Calendar, signup: np.ndarray) -> np.ndarray:
    """Six in ten buy on the day they register; the others take their time, some beyond the last day (-1)."""
    later = np.where(rng.random(len(signup)) < 0.6, 0.0, rng.exponential(25.0, len(signup)))
    clock = calendar.clock(signup) + later
    day = np.where(later > 0, calendar.day_at(clock), signup)
    return np.where(clock >= calendar.days, -1, day)
