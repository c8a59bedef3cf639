"""What an order holds: its value, its lines, what comes back.

The value of an order is Gamma(p) around the customer's own mean (Gamma-Gamma: Fader & Hardie 2013, “The Gamma-Gamma
Model of Monetary Value”). It is split into lines, each brought to the nearest pieces × price its category offers,
up or down at random such that the mean stays.
"""

from dataclasses import dataclass

import numpy as np

from custseg_helpers.data.simulate.campaigns import Orders
from custseg_helpers.data.simulate.population import Population, sales_channels
from custseg_helpers.data.simulate.season import Calendar
from custseg_helpers.data.simulate.settings import Settings, pick, pick_each


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
    """Fill the orders, sorted by day, with lines; returns stand behind them as orders of their own."""
    by_day = np.lexsort((orders.customer, orders.day))
    customer, day, campaign = orders.customer[by_day], orders.day[by_day], orders.campaign[by_day]
    basket, process, size = settings["basket"], settings["process"], len(by_day)
    kind = people.kind[customer]

    value = people.mean_spend[customer] * rng.gamma(process["p"], 1 / process["p"], size)
    count = np.minimum(1 + rng.poisson(basket["lines"] - 1, size), value // basket["smallest_line"]).clip(
        1, 9
    )
    count = count.astype(np.int64)
    order = np.repeat(np.arange(size), count)
    share = rng.gamma(3.0, 1.0, len(order))
    share = 0.4 / count[order] + 0.6 * share / np.bincount(order, share)[order]

    category = _categories(rng, settings, kind, campaign, count, order)
    discount = _discount(rng, settings, kind)[order]
    product, quantity = _shelf(rng, settings, category, value[order] * share / (1 - discount))
    offered = _offer(settings, campaign[order], category)
    price = np.array([row[2] for shelf in settings["products"].values() for row in shelf])

    # the same product twice in an order is one line
    key, first, line = np.unique(order * len(price) + product, return_index=True, return_inverse=True)
    quantity = np.bincount(line, quantity).astype(np.int64)
    order, product = key // len(price), key % len(price)
    discount = np.maximum(discount, offered)[first]
    main = rng.random(size) < basket["main_channel"]
    codes = sales_channels(settings)
    habit = np.array([[t["channel"].get(code, 0.0) for code in codes] for t in settings["types"]])
    channel = np.where(main, people.channel[customer], pick_each(rng, habit[kind]))
    bought = Lines(
        order=order,
        customer=customer[order],
        day=day[order],
        product=product,
        quantity=quantity,
        discount=discount,
        amount=_cents(quantity * price[product] * (1 - discount)),
        channel=channel[order],
    )
    return _with_returns(rng, settings, bought, price, calendar)


def _categories(
    rng: np.random.Generator,
    settings: Settings,
    kind: np.ndarray,
    campaign: np.ndarray,
    count: np.ndarray,
    order: np.ndarray,
) -> np.ndarray:
    """First line by taste or campaign, each further one by taste or by what goes with the line before."""
    shelves = list(settings["products"])
    taste = np.array([[t["taste"].get(code, 0.0) for code in shelves] for t in settings["types"]])
    pull = settings["basket"]["pull"]
    partner = np.array([shelves.index(pull.get(code, code)) for code in shelves])
    promoted = np.array(
        [shelves.index(c["category"]) if "category" in c else -1 for c in settings["campaigns"]] + [-1]
    )
    category = pick_each(rng, taste[kind[order]])
    pulled = rng.random(len(order)) < settings["basket"]["category_pull"]
    begin = np.cumsum(count) - count
    wanted = promoted[campaign]
    category[begin] = np.where(wanted >= 0, wanted, category[begin])
    for position in range(1, int(count.max(initial=1))):
        line = begin[count > position] + position
        category[line] = np.where(pulled[line], partner[category[line - 1]], category[line])
    return category


def _discount(rng: np.random.Generator, settings: Settings, kind: np.ndarray) -> np.ndarray:
    chance = np.array([t["discount"] for t in settings["types"]])[kind]
    steps = np.array(settings["basket"]["discounts"])
    return np.where(rng.random(len(kind)) < chance, steps[pick(rng, np.ones(len(steps)), len(kind))], 0.0)


def _offer(settings: Settings, campaign: np.ndarray, category: np.ndarray) -> np.ndarray:
    """Return the campaign discount of each line; it holds for the category on offer, or for all."""
    shelves = list(settings["products"])
    discount = np.array([c["discount"] for c in settings["campaigns"]] + [0.0])
    on_offer = np.array(
        [shelves.index(c["category"]) if "category" in c else -1 for c in settings["campaigns"]] + [-1]
    )
    wanted = on_offer[campaign]
    return np.where((wanted < 0) | (wanted == category), discount[campaign], 0.0)


def _shelf(
    rng: np.random.Generator, settings: Settings, category: np.ndarray, value: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Find product and pieces whose list value is closest above or below, at odds that keep the mean."""
    product, quantity = np.zeros(len(value), np.int64), np.ones(len(value), np.int64)
    pieces = np.arange(1, settings["basket"]["most_pieces"] + 1)
    first = 0
    for number, shelf in enumerate(settings["products"].values()):
        price = np.array([row[2] for row in shelf])
        grid = np.outer(price, pieces).ravel()
        steps = np.argsort(grid, kind="stable")
        here = np.flatnonzero(category == number)
        above = np.searchsorted(grid[steps], value[here]).clip(1, len(grid) - 1)
        low, high = grid[steps[above - 1]], grid[steps[above]]
        upper = rng.random(len(here)) * (high - low) < value[here] - low
        step = steps[np.where(upper, above, above - 1)]
        product[here], quantity[here] = first + step // len(pieces), pieces[step % len(pieces)]
        first += len(shelf)
    return product, quantity


def _with_returns(
    rng: np.random.Generator, settings: Settings, bought: Lines, price: np.ndarray, calendar: Calendar
) -> Lines:
    day = bought.day + 2 + rng.geometric(0.15, len(bought.day))
    back = (rng.random(len(day)) < settings["basket"]["return_rate"]) & (day < calendar.days)
    quantity = -(1 + (rng.random(back.sum()) * bought.quantity[back]).astype(np.int64))
    returned = Lines(
        order=bought.order.max(initial=-1) + 1 + np.arange(back.sum()),
        customer=bought.customer[back],
        day=day[back],
        product=bought.product[back],
        quantity=quantity,
        discount=bought.discount[back],
        amount=-_cents(-quantity * price[bought.product[back]] * (1 - bought.discount[back])),
        channel=bought.channel[back],
    )
    everything = Lines(
        *(np.concatenate([getattr(bought, f), getattr(returned, f)]) for f in Lines.__annotations__)
    )
    by_day = np.lexsort((everything.product, everything.order, everything.day))
    ordered = Lines(*(getattr(everything, f)[by_day] for f in Lines.__annotations__))
    _, first, number = np.unique(ordered.order, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return Lines(rank[number], *(getattr(ordered, f) for f in list(Lines.__annotations__)[1:]))


def _cents(amount: np.ndarray) -> np.ndarray:
    return np.floor(amount * 100 + 0.5) / 100
