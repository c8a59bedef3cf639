"""A whole simulated company, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import TABLES, conform
from custseg_helpers.company.simulate import tables
from custseg_helpers.company.simulate.block import Before, Block, block
from custseg_helpers.company.simulate.season import Calendar, calendar
from custseg_helpers.company.simulate.settings import BLOCK, Settings, settings, stream
from custseg_helpers.words.text import UserError

SEED = 2025
"""The seed of the committed sample companies: one whose retail sample is typical of the truth behind it."""


@dataclass
class Tally:
    """What the small tables need to know of all blocks."""

    signups: dict[tuple[str, pd.Timestamp], int] = field(default_factory=dict)
    cents: dict[int, int] = field(default_factory=dict)

    def add(self, made: Block) -> None:
        """Count sign-ups by channel and month, and money by year."""
        people, orders = made.tables["customers"], made.tables["orders"]
        month = people["signup_date"].dt.to_period("M").dt.to_timestamp()
        for group, count in people.groupby(["signup_channel", month], observed=True).size().items():
            self.signups[group] = self.signups.get(group, 0) + int(count)
        cents = (orders["amount"] * 100).round()
        for year, amount in cents.groupby(orders["order_date"].dt.year).sum().items():
            self.cents[year] = self.cents.get(year, 0) + int(amount)


def blocks(name: str, seed: int, customers: int, tally: Tally) -> Iterator[Block]:
    """Simulate a company in blocks of at most 50,000 customers."""
    if seed < 0 or customers < 1:
        raise UserError(
            zh=f"需要至少一位客户和不小于 0 的种子，现在是 {customers} 位、种子 {seed}。",
            en=f"At least one customer and a seed of 0 or more are needed, not {customers} and {seed}.",
        )
    before = Before()
    for number, first in enumerate(range(0, customers, BLOCK)):
        made = block(name, seed, number, min(BLOCK, customers - first), customers, before)
        before = Before(
            customers=before.customers + len(made.tables["customers"]),
            orders=before.orders + made.orders,
            contacts=before.contacts + len(made.tables.get("contacts", ())),
        )
        tally.add(made)
        yield made


def small_tables(name: str, seed: int, tally: Tally) -> dict[str, pd.DataFrame]:
    """Return the tables that do not grow with the customers."""
    chosen = settings(name)
    days = calendar(chosen)
    return {
        "products": tables.products(chosen),
        "campaigns": tables.campaigns(chosen, days),
        "reps": tables.reps(stream(name, seed, "reps"), chosen),
        "channels": _channels(stream(name, seed, "channels"), chosen, days, tally),
        "targets": _targets(chosen, tally),
    }


def parameters(name: str) -> pd.DataFrame:
    """Return the parameters of the purchase process (per day) and of spend (yuan per order)."""
    return pd.DataFrame(settings(name)["process"].items(), columns=["parameter", "value"])


def simulate(name: str, seed: int = SEED, customers: int | None = None) -> dict[str, pd.DataFrame]:
    """Return the standard tables of a sample company, the same for the same arguments.

    >>> tables = simulate("retail", seed=7, customers=200)
    >>> len(tables["customers"])
    200
    """
    return simulate_with_truth(name, seed, customers)[0]


def simulate_with_truth(
    name: str, seed: int = SEED, customers: int | None = None
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the standard tables and the truth behind them."""
    tally = Tally()
    made = list(blocks(name, seed, settings(name)["customers"] if customers is None else customers, tally))
    large = {table: pd.concat([b.tables[table] for b in made], ignore_index=True) for table in made[0].tables}
    truth = {table: pd.concat([b.truth[table] for b in made], ignore_index=True) for table in made[0].truth}
    truth["parameters"] = parameters(name)
    everything = large | small_tables(name, seed, tally)
    return {table: everything[table] for table in TABLES if table in everything}, truth


def _channels(rng: np.random.Generator, chosen: Settings, days: Calendar, tally: Tally) -> pd.DataFrame:
    """Leads, visits and cost of every channel and month, from the sign-ups upwards."""
    months = pd.date_range(str(days.start), str(days.as_of - 1), freq="MS")
    rows = []
    for code, channel in chosen["channels"].items():
        for month in months:
            signups = tally.signups.get((code, month), 0)
            leads = signups + rng.poisson((channel["leads"] - 1) * (signups + 1))
            visits = leads + rng.poisson((channel["visits"] - 1) * (leads + 2))
            cost = round(float(visits * channel["cost"] * rng.uniform(0.9, 1.1)), 2)
            rows.append({"channel": code, "month": month, "cost": cost, "visits": visits, "leads": leads})
    return conform("channels", pd.DataFrame(rows))


def _targets(chosen: Settings, tally: Tally) -> pd.DataFrame:
    """Past targets lie near what was sold; the coming year's stands above the last."""
    last = tally.cents[max(tally.cents)] if tally.cents else 0
    rows = [
        {"year": int(year), "amount": round(tally.cents.get(int(year), last) / 100 * factor, -4)}
        for year, factor in chosen["targets"].items()
    ]
    return conform("targets", pd.DataFrame(rows))
