"""When customers order: the buy-till-you-die process of the CLV lesson, drawn for all customers at once.

Fader, Hardie & Lee (2005), “Counting Your Customers” the Easy Way: An Alternative to the Pareto/NBD Model.
A live customer orders at a rate of their own; after each repeat order they leave for good with a chance of
their own. Rates are Gamma(r, alpha), chances Beta(a, b) over the customers.
"""

import numpy as np

from custseg_helpers.data.simulate.population import Population
from custseg_helpers.data.simulate.season import Calendar


def purchases(
    rng: np.random.Generator, people: Population, calendar: Calendar
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return customer and day of every order, and the day each customer left (the last day + 1: still alive).

    Several orders on one day stay several orders.
    """
    buyers = np.flatnonzero(people.first_day >= 0)
    clock = calendar.clock(people.first_day[buyers] + rng.random(len(buyers)))
    customers, days = [buyers], [people.first_day[buyers]]
    left = np.full(len(people), calendar.days)
    while len(buyers):
        clock = clock + rng.exponential(1.0, len(buyers)) / people.rate[buyers]
        leaves = rng.random(len(buyers)) < people.dropout[buyers]
        bought = clock < calendar.elapsed[-1]
        day = calendar.day_at(clock)
        customers.append(buyers[bought])
        days.append(day[bought])
        left[buyers[bought & leaves]] = day[bought & leaves]
        stays = bought & ~leaves
        buyers, clock = buyers[stays], clock[stays]
    return np.concatenate(customers), np.concatenate(days), left
