"""What there is to buy: the shelves of a company as arrays, and how an amount becomes pieces of a product."""

from dataclasses import dataclass

import numpy as np

from custseg_helpers.company.simulate.settings import Settings, pick_each


@dataclass(frozen=True)
class Shelves:
    """Products one after the other, shelf by shelf; a shelf is a category."""

    price: np.ndarray
    category: np.ndarray
    """shelf of each product"""
    cheapest: np.ndarray
    """lowest price of each shelf"""
    partner: np.ndarray
    """shelf that goes with each shelf"""
    taste: np.ndarray
    """share of each shelf (column) for each customer type (row)"""
    promoted: np.ndarray
    """shelf each campaign promotes, -1 for all; the last place is for orders without a campaign"""
    offer: np.ndarray
    """discount each campaign offers; 0 in the last place"""
    most_pieces: int


def shelves(settings: Settings) -> Shelves:
    """Return the shelves of a company."""
    stock, basket, campaigns = settings["products"], settings["basket"], settings["campaigns"]
    codes = list(stock)
    prices = [np.array([row[2] for row in shelf]) for shelf in stock.values()]
    return Shelves(
        price=np.concatenate(prices),
        category=np.repeat(np.arange(len(codes)), [len(shelf) for shelf in prices]),
        cheapest=np.array([shelf.min() for shelf in prices]),
        partner=np.array([codes.index(basket["pull"].get(code, code)) for code in codes]),
        taste=np.array([[t["taste"].get(code, 0.0) for code in codes] for t in settings["types"]]),
        promoted=np.array([codes.index(c["category"]) if "category" in c else -1 for c in campaigns] + [-1]),
        offer=np.array([c["discount"] for c in campaigns] + [0.0]),
        most_pieces=basket["most_pieces"],
    )


def affordable(
    rng: np.random.Generator, stock: Shelves, kind: np.ndarray, value: np.ndarray, wanted: np.ndarray
) -> np.ndarray:
    """Return a shelf for each line: the `wanted` one (-1: none), else by taste; never one that is too dear."""
    in_reach = stock.cheapest <= np.maximum(value, stock.cheapest.min())[:, None]
    by_taste = pick_each(rng, (stock.taste[kind] + 1e-6) * in_reach)
    fits = (wanted >= 0) & in_reach[np.arange(len(wanted)), wanted]
    return np.where(fits, wanted, by_taste)


def nearest(stock: Shelves, category: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each line the product of its shelf, and the pieces, whose list value is nearest to `value`."""
    product, quantity = np.zeros(len(value), np.intp), np.ones(len(value), np.int64)
    pieces = np.arange(1, stock.most_pieces + 1)
    for shelf in range(len(stock.cheapest)):
        members = np.flatnonzero(stock.category == shelf)
        grid = np.outer(stock.price[members], pieces).ravel()
        steps = np.argsort(grid, kind="stable")
        here = np.flatnonzero(category == shelf)
        middle = (grid[steps][1:] + grid[steps][:-1]) / 2
        step = steps[np.searchsorted(middle, value[here])]
        product[here], quantity[here] = members[step // len(pieces)], pieces[step % len(pieces)]
        beyond = here[value[here] > grid.max()]
        dearest = members[stock.price[members].argmax()]
        product[beyond], quantity[beyond] = dearest, np.rint(value[beyond] / stock.price[dearest])
    return product, quantity
