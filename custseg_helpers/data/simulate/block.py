"""One block of customers with everything they did."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custseg_helpers.data.simulate import tables
from custseg_helpers.data.simulate.baskets import lines
from custseg_helpers.data.simulate.campaigns import Orders, run_campaign
from custseg_helpers.data.simulate.interactions import interactions
from custseg_helpers.data.simulate.population import population
from custseg_helpers.data.simulate.purchases import purchases
from custseg_helpers.data.simulate.season import Calendar
from custseg_helpers.data.simulate.settings import Settings, stream


@dataclass(frozen=True)
class Block:
    """The tables that grow with the customers, and their truth."""

    tables: dict[str, pd.DataFrame]
    truth: dict[str, pd.DataFrame]
    orders: int


def block(
    name: str,
    settings: Settings,
    calendar: Calendar,
    seed: int,
    number: int,
    size: int,
    *,
    total: int,
    first: int,
    orders_before: int,
) -> Block:
    """Simulate customers `first`, `first` + 1, … of `total`; `orders_before` orders were numbered already."""
    who = population(name, settings, calendar, seed, number, size)
    customer, day, left = purchases(stream(name, seed, "purchases", number), who, calendar)
    organic = Orders(customer, day, np.full(len(day), -1))
    bought_by, plans = organic, []
    for campaign in range(len(settings["campaigns"])):
        rng = stream(name, seed, f"campaign {campaign}", number)
        bought_by, plan = run_campaign(rng, settings, campaign, bought_by, who, left, calendar)
        plans.append(plan)
    bought = lines(stream(name, seed, "lines", number), settings, bought_by, who, calendar)

    digits = max(4, len(str(total)))
    names = tables.ids(settings["id_letter"], np.arange(first, first + size), digits)
    staff = tables.reps(stream(name, seed, "reps"), settings)
    responses, outcomes = tables.responses(settings, plans, bought, calendar, names)
    made = {
        "customers": tables.customers(
            stream(name, seed, "customers", number), settings, who, calendar, names
        ),
        "orders": tables.orders(settings, bought, who, calendar, names, staff, digits + 1, orders_before),
        "interactions": interactions(
            stream(name, seed, "interactions", number), settings, who, left, bought, plans, calendar, names
        ),
        "responses": responses,
    }
    truth = pd.DataFrame(
        {
            "customer_id": names,
            "type": np.array([t["code"] for t in settings["types"]], dtype=object)[who.kind],
            "uplift_type": np.array(list(settings["uplift"]), dtype=object)[who.uplift],
            "rate": np.round(who.rate, 6),
            "dropout": np.round(who.dropout, 4),
            "mean_spend": np.round(who.mean_spend, 2),
            "alive": (left == calendar.days) & (who.first_day >= 0),
        }
    )
    return Block(made, {"customers": truth, "responses": outcomes}, int(bought.order.max(initial=-1)) + 1)
