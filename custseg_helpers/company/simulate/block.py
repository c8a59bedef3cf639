"""One block of customers with everything they did."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.company.simulate import tables
from custseg_helpers.company.simulate.baskets import lines
from custseg_helpers.company.simulate.campaigns import Orders, run_campaign
from custseg_helpers.company.simulate.customers import contacts, customers
from custseg_helpers.company.simulate.interactions import interactions
from custseg_helpers.company.simulate.population import population
from custseg_helpers.company.simulate.purchases import purchases
from custseg_helpers.company.simulate.season import calendar
from custseg_helpers.company.simulate.settings import ids, settings, stream


@dataclass(frozen=True)
class Block:
    """The tables that grow with the customers, and their truth."""

    tables: dict[str, pd.DataFrame]
    truth: dict[str, pd.DataFrame]
    orders: int


@dataclass(frozen=True)
class Before:
    """How many customers, orders and contacts the earlier blocks have numbered."""

    customers: int = 0
    orders: int = 0
    contacts: int = 0


def block(name: str, seed: int, number: int, size: int, total: int, before: Before) -> Block:
    """Simulate the next `size` customers of `total`."""
    chosen = settings(name)
    days = calendar(chosen)

    def rng(stage: str) -> np.random.Generator:
        return stream(name, seed, stage, number)

    who = population(rng("population"), chosen, days, size)
    customer, day, left = purchases(rng("purchases"), who, days, chosen["process"].get("regular", 1.0))
    orders, plans = Orders(customer, day, np.full(len(day), -1)), []
    for campaign in range(len(chosen["campaigns"])):
        orders, plan = run_campaign(rng(f"campaign {campaign}"), chosen, campaign, orders, who, left, days)
        plans.append(plan)
    bought = lines(rng("lines"), chosen, orders, who, days)

    digits = max(4, len(str(total)))
    names = ids(chosen["id_letter"], before.customers + 1 + np.arange(size), digits)
    staff = tables.reps(stream(name, seed, "reps"), chosen)
    unmade = [
        lines(rng(f"unmade lines {campaign}"), chosen, plan.unmade, who, days)
        for campaign, plan in enumerate(plans)
    ]
    responses, outcomes = tables.responses(chosen, plans, bought, unmade, days, names)
    people = customers(rng("customers"), chosen, who, days, names)
    made = {
        "customers": people,
        "orders": tables.orders(chosen, bought, who, days, names, staff, digits + 1, before.orders),
        "interactions": interactions(rng("interactions"), chosen, who, left, bought, plans, days, names),
        "responses": responses,
    }
    if "contacts" in chosen:
        made["contacts"] = contacts(rng("contacts"), chosen, people, digits + 1, before.contacts)
    truth = pd.DataFrame(
        {
            "customer_id": names,
            "type": np.array([t["code"] for t in chosen["types"]], dtype=object)[who.kind],
            "uplift_type": np.array(list(chosen["uplift"]), dtype=object)[who.uplift],
            "rate": np.round(who.rate, 6),
            "dropout": np.round(who.dropout, 4),
            "mean_spend": np.round(who.mean_spend, 2),
            "alive": (left == days.days) & (who.first_day >= 0),
        }
    )
    return Block(made, {"customers": truth, "responses": outcomes}, int(bought.order.max(initial=-1)) + 1)
