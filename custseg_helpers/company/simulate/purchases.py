"""When customers order: the buy-till-you-die process of the CLV lesson, drawn for all customers at once.

Fader, Hardie & Lee (2005), “Counting Your Customers” the Easy Way: An Alternative to the Pareto/NBD Model.
A live customer orders at a rate of their own; after each repeat order they leave for good with a chance of
their own. Rates are Gamma(r, alpha), chances Beta(a, b) over the customers.
"""

import numpy as np

from custseg_helpers.company.simulate.population import Population
from custseg_helpers.company.simulate.season import Calendar


def purchases(
    rng: np.random.Generator, people: Population, calendar: Calendar, regular: float = 1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return customer and day of every order, and the day each customer left (the last day + 1: still alive).

    `regular` above 1 makes gaps more even than the model's (Erlang gaps, same mean), as where customers restock by the
    calendar: then the model must not be trusted. A second purchase on the same day waits for the next, so that whole days lose no purchase.
    """
    buyers = np.flatnonzero(people.first_day >= 0)
    day = people.first_day[buyers]
    clock = calendar.clock(day + rng.random(len(buyers)))
    customers, days = [buyers], [day]
    left = np.full(len(people), calendar.days)
    while len(buyers):
        clock = clock + rng.gamma(regular, 1 / regular, len(buyers)) / people.rate[buyers]
        leaves = rng.random(len(buyers)) < people.dropout[buyers]
        day = np.maximum(calendar.day_at(clock), day + 1)
        bought = (clock < calendar.elapsed[-1]) & (day < calendar.days)
        customers.append(buyers[bought])
        days.append(day[bought])
        left[buyers[bought & leaves]] = day[bought & leaves]
        stays = bought & ~leaves
        buyers, clock, day = buyers[stays], clock[stays], day[stays]
    return np.concatenate(customers), np.concatenate(days), left
