"""What customers do besides ordering: browse, fill carts, click, call the service desk, answer surveys."""

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import conform
from custseg_helpers.company.simulate.baskets import Lines
from custseg_helpers.company.simulate.campaigns import Plan
from custseg_helpers.company.simulate.population import Population, sales_channels
from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, pick_each, repeated

Rows = dict[str, np.ndarray]

KINDS = ("visit", "view", "cart", "click", "service", "survey")
VISIT, VIEW, CART, CLICK, SERVICE, SURVEY = range(len(KINDS))


def interactions(
    rng: np.random.Generator,
    settings: Settings,
    who: Population,
    left: np.ndarray,
    bought: Lines,
    plans: list[Plan],
    calendar: Calendar,
    names: np.ndarray,
) -> pd.DataFrame:
    """Return the interactions table of one block, by day and customer. Positions of -1 mean: none."""
    parts = [
        *_browsing(rng, settings, who, left, bought, calendar),
        *_clicks(rng, settings, plans, calendar),
        *_service(rng, settings, bought, calendar),
    ]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((rows["product"], rows["kind"], rows["customer"], rows["day"]))
    rows = {name: values[order] for name, values in rows.items()}
    count = sum(len(shelf) for shelf in settings["products"].values())
    codes = [*settings["channels"], *dict.fromkeys(c["channel"] for c in settings["campaigns"]), None]
    return conform(
        "interactions",
        pd.DataFrame(
            {
                "customer_id": names[rows["customer"]],
                "interaction_date": calendar.date(rows["day"]),
                "kind": np.array(KINDS, dtype=object)[rows["kind"]],
                "product_id": np.array([*(f"P{n + 1:02d}" for n in range(count)), None], dtype=object)[
                    rows["product"]
                ],
                "campaign_id": np.array([*(f"M{n + 1:02d}" for n in range(len(plans))), None], dtype=object)[
                    rows["campaign"]
                ],
                "channel": np.array(codes, dtype=object)[rows["channel"]],
                "score": rows["score"],
            }
        ),
    )


def _rows(customer: np.ndarray, day: np.ndarray, kind: int | np.ndarray, **more: np.ndarray | int) -> Rows:
    size = len(customer)
    blank: Rows = {"product": np.full(size, -1), "campaign": np.full(size, -1), "channel": np.full(size, -1)}
    blank |= {name: np.broadcast_to(value, size) for name, value in more.items() if name != "score"}
    score = np.broadcast_to(more.get("score", np.nan), size).astype(float)
    return {"customer": customer, "day": day, "kind": np.broadcast_to(kind, size), **blank, "score": score}


def _browsing(
    rng: np.random.Generator,
    settings: Settings,
    who: Population,
    left: np.ndarray,
    bought: Lines,
    calendar: Calendar,
) -> list[Rows]:
    """Visits of the last months: those behind an order, and those of live customers and prospects who just look."""
    since = calendar.days - settings["interactions"]["days_kept"]
    recent = np.flatnonzero((bought.day >= since) & (bought.quantity > 0))
    opening = recent[np.unique(bought.order[recent], return_index=True)[1]]
    opening = opening[rng.random(len(opening)) < 0.6]
    begin = np.maximum(since, who.signup_day)
    days = np.maximum(np.where(who.first_day >= 0, left, calendar.days) - begin, 0)
    looks = rng.poisson(
        settings["interactions"]["visits"] / 365 * days * (0.5 + 1 / (1 + np.exp(-who.often)))
    )
    browser = repeated(np.arange(len(who)), looks)
    customer = np.concatenate([bought.customer[opening], browser])
    day = np.concatenate(
        [bought.day[opening], begin[browser] + (rng.random(len(browser)) * days[browser]).astype(int)]
    )
    selling = [list(settings["channels"]).index(code) for code in sales_channels(settings)]
    channel = np.array(selling)[who.channel[customer]]

    views = rng.poisson(1.1, len(customer))
    seen = repeated(np.arange(len(customer)), views)
    product = _interest(rng, settings, who.kind[customer[seen]])
    carted = rng.random(len(seen)) < 0.28
    return [
        _rows(customer, day, VISIT, channel=channel),
        _rows(customer[seen], day[seen], VIEW, channel=channel[seen], product=product),
        _rows(
            customer[seen][carted],
            day[seen][carted],
            CART,
            channel=channel[seen][carted],
            product=product[carted],
        ),
    ]


def _interest(rng: np.random.Generator, settings: Settings, kind: np.ndarray) -> np.ndarray:
    """Draw products by taste, a little more even than what is bought: people also look at what they do not buy."""
    shelves = settings["products"]
    taste = np.array([[t["taste"].get(code, 0.0) for code in shelves] for t in settings["types"]])
    weight = np.repeat(taste + 0.05, [len(shelf) for shelf in shelves.values()], axis=1)
    return pick_each(rng, weight[kind])


def _clicks(
    rng: np.random.Generator, settings: Settings, plans: list[Plan], calendar: Calendar
) -> list[Rows]:
    codes = [*settings["channels"], *dict.fromkeys(c["channel"] for c in settings["campaigns"])]
    parts = []
    for number, plan in enumerate(plans):
        campaign = settings["campaigns"][number]
        customer = plan.customer[plan.attended]
        day = calendar.day(campaign["start"]) + rng.integers(0, campaign["days"], len(customer))
        parts.append(_rows(customer, day, CLICK, campaign=number, channel=codes.index(campaign["channel"])))
    return parts


def _service(rng: np.random.Generator, settings: Settings, bought: Lines, calendar: Calendar) -> list[Rows]:
    """Service contacts after some orders and most returns, and surveys; returns make for lower scores."""
    chance = np.where(bought.quantity < 0, 0.6, settings["interactions"]["service"])
    parts = []
    asks = ((SERVICE, rng.random(len(chance)) < chance), (SURVEY, rng.random(len(chance)) < chance / 2))
    for kind, asked in asks:
        line = np.flatnonzero(asked)
        day = bought.day[line] + rng.integers(0, 8, len(line))
        line, day = line[day < calendar.days], day[day < calendar.days]
        likes = np.where(bought.quantity[line] < 0, 2.8, 4.1)
        score = np.rint(likes + rng.normal(0, 0.9, len(line))).clip(1, 5)
        parts.append(_rows(bought.customer[line], day, kind, product=bought.product[line], score=score))
    return parts
