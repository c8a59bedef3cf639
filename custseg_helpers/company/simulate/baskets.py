"""What an order holds: its value, its lines, what comes back.

The value of an order is Gamma(p) around the customer's own mean (Gamma-Gamma: Fader & Hardie 2013, “The Gamma-Gamma
Model of Monetary Value”). It is shared out over the lines, the smallest first; what a line is above or below its
share, because things have prices, goes to the next, so that the order as a whole is worth what was drawn.
"""

from dataclasses import dataclass, fields

import numpy as np

from custseg_helpers.company.simulate.campaigns import Orders
from custseg_helpers.company.simulate.population import Population, sales_channels
from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, pick, pick_each, repeated
from custseg_helpers.company.simulate.shelves import affordable, nearest, shelves


@dataclass(frozen=True)
class Lines:
    """One place per order line; `order` is the position of its order, `channel` that of its sales channel."""

    order: np.ndarray
    customer: np.ndarray
    day: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    discount: np.ndarray
    amount: np.ndarray
    channel: np.ndarray


def lines(
    rng: np.random.Generator, settings: Settings, orders: Orders, people: Population, calendar: Calendar
) -> Lines:
    """Fill the orders with lines; returns are orders of their own. Orders are numbered by day."""
    by_day = np.lexsort((orders.customer, orders.day))
    customer, day, campaign = orders.customer[by_day], orders.day[by_day], orders.campaign[by_day]
    process, basket, size = settings["process"], settings["basket"], len(by_day)
    kind = people.kind[customer]
    stock = shelves(settings)
    value = people.mean_spend[customer] * rng.gamma(process["p"], 1 / process["p"], size)
    usual = _discount(rng, settings, kind)

    order, share = _shares(rng, value, basket["lines"], basket["smallest_line"])
    count = np.bincount(order, minlength=size)
    begin = np.cumsum(count) - count
    product, quantity = np.zeros(len(order), np.intp), np.zeros(len(order), np.int64)
    wanted, owed = stock.promoted[campaign], np.zeros(size)
    for position in range(int(count.max(initial=0))):
        here = np.flatnonzero(count > position)
        line = begin[here] + position
        owed[here] += value[here] * share[line]
        listed = owed[here] / (1 - usual[here])
        category = affordable(rng, stock, kind[here], listed, wanted[here])
        product[line], quantity[line] = nearest(stock, category, listed)
        owed[here] -= stock.price[product[line]] * quantity[line] * (1 - usual[here])
        pulled = rng.random(len(here)) < basket["category_pull"]
        wanted[here] = np.where(pulled, stock.partner[category], -1)

    # the same product twice in an order is one line
    key, line = np.unique(order * len(stock.price) + product, return_inverse=True)
    quantity = np.bincount(line, quantity).astype(np.int64)
    order, product = key // len(stock.price), key % len(stock.price)
    promoted = stock.promoted[campaign[order]]
    offered = (promoted < 0) | (promoted == stock.category[product])
    discount = np.maximum(usual[order], np.where(offered, stock.offer[campaign[order]], 0.0))
    channel = _channel(rng, settings, people, customer)
    bought = Lines(
        order=_forgotten(rng, order, size, basket["forgotten"]),
        customer=customer[order],
        day=day[order],
        product=product,
        quantity=quantity,
        discount=discount,
        amount=_cents(quantity * stock.price[product] * (1 - discount)),
        channel=channel[order],
    )
    returned = _returns(rng, bought, stock.price, basket["return_rate"], calendar)
    return _numbered(
        Lines(*(np.concatenate(pair) for pair in zip(_arrays(bought), _arrays(returned), strict=True)))
    )


def _discount(rng: np.random.Generator, settings: Settings, kind: np.ndarray) -> np.ndarray:
    chance = np.array([t["discount"] for t in settings["types"]])[kind]
    steps = np.array(settings["basket"]["discounts"])
    return np.where(rng.random(len(kind)) < chance, steps[pick(rng, np.ones(len(steps)), len(kind))], 0.0)


def _shares(
    rng: np.random.Generator, value: np.ndarray, mean: float, smallest: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of each line and its share of the order's value, ascending within an order."""
    most = (value // smallest).clip(1, 9)
    count = np.minimum(1 + rng.poisson(mean - 1, len(value)), most).astype(np.int64)
    order = repeated(np.arange(len(value)), count)
    weight = rng.gamma(3.0, 1.0, len(order))
    share = 0.4 / count[order] + 0.6 * weight / np.bincount(order, weight)[order]
    return order, share[np.lexsort((share, order))]


def _channel(
    rng: np.random.Generator, settings: Settings, people: Population, customer: np.ndarray
) -> np.ndarray:
    """Return each order's channel: mostly the customer's own, else one that the type uses."""
    codes = sales_channels(settings)
    habit = np.array([[t["channel"].get(code, 0.0) for code in codes] for t in settings["types"]])
    main = rng.random(len(customer)) < settings["basket"]["main_channel"]
    return np.where(main, people.channel[customer], pick_each(rng, habit[people.kind[customer]]))


def _forgotten(rng: np.random.Generator, order: np.ndarray, size: int, share: float) -> np.ndarray:
    """Give the last line of some orders an order of its own: the customer came back the same day."""
    last = np.append(order[1:] != order[:-1], True)
    apart = last & ~np.insert(last[:-1], 0, True) & (rng.random(size) < share)[order]
    return np.where(apart, size + np.cumsum(apart), order)


def _returns(
    rng: np.random.Generator, bought: Lines, price: np.ndarray, rate: float, calendar: Calendar
) -> Lines:
    """Return the lines that come back, whole or in part, some days later; seldom is it all that was ordered."""
    day = bought.day + 2 + rng.geometric(0.15, len(bought.day))
    alone = np.bincount(bought.order)[bought.order] == 1
    back = np.flatnonzero((rng.random(len(day)) < np.where(alone, rate / 4, rate)) & (day < calendar.days))
    pieces = 1 + (rng.random(len(back)) * bought.quantity[back]).astype(np.int64)
    return Lines(
        order=bought.order.max(initial=-1) + 1 + np.arange(len(back)),
        customer=bought.customer[back],
        day=day[back],
        product=bought.product[back],
        quantity=-pieces,
        discount=bought.discount[back],
        amount=-_cents(pieces * price[bought.product[back]] * (1 - bought.discount[back])),
        channel=bought.channel[back],
    )


def _numbered(lines: Lines) -> Lines:
    """Sort the lines by day and number their orders in that order."""
    by_day = np.lexsort((lines.product, lines.order, lines.day))
    order, *others = (array[by_day] for array in _arrays(lines))
    _, first, position = np.unique(order, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    return Lines(number[position], *others)


def _arrays(lines: Lines) -> list[np.ndarray]:
    return [getattr(lines, field.name) for field in fields(lines)]


def _cents(amount: np.ndarray) -> np.ndarray:
    return np.floor(amount * 100 + 0.5) / 100
