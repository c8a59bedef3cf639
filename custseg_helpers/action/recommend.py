"""Next-best product: what to offer each customer, from co-purchase and from interest by category.

Works on purchases: a table with one row for each product in each basket. `purchases(orders)` makes it.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from custseg_helpers.facts.shares import need_share
from custseg_helpers.words.text import UserError

CHUNK = 20_000
"""Customers scored at a time, so that memory stays small for any number of customers."""


def purchases(orders: pd.DataFrame) -> pd.DataFrame:
    """Return which product was in which basket: unique rows of order, customer, date and product.

    Returns (quantity ≤ 0) are not purchases; lines without order, customer or product are left out, counted in
    `attrs["left_out"]`.

    >>> orders = pd.DataFrame({"order_id": ["O1", "O1", "O2"], "customer_id": "C1", "product_id": ["P1", "P1", "P2"],
    ...                        "order_date": pd.Timestamp("2026-01-05"), "quantity": [1, 2, -1]})
    >>> purchases(orders)["product_id"].tolist()
    ['P1']
    """
    bought = orders["quantity"] > 0
    named = orders[["order_id", "customer_id", "product_id"]].notna().all(axis=1)
    columns = ["order_id", "customer_id", "order_date", "product_id"]
    table = orders.loc[bought & named, columns].drop_duplicates(["order_id", "product_id"])
    table = table.sort_values(["order_id", "product_id"]).reset_index(drop=True)
    table.attrs["left_out"] = {"returns": int((~bought).sum()), "no_id": int((bought & ~named).sum())}
    return table


def repeatable_products(bought: pd.DataFrame, share: float = 0.2) -> list[str]:
    """Return the products that people buy again: at least `share` of the buyers on two days or more.

    These may be recommended to those who have them already (milk); the others may not (a stroller).
    """
    need_share("share", share)
    days = bought.drop_duplicates(["customer_id", "product_id", "order_date"])
    times = days.groupby(["product_id", "customer_id"]).size()
    again = (times > 1).groupby(level="product_id").mean()
    return sorted(again.index[again >= share])


def association_rules(
    bought: pd.DataFrame, *, basket: str = "order_id", min_support: float = 0.01, min_count: int = 5
) -> pd.DataFrame:
    """Find products that are bought together: “who has A often has B”.

    support = baskets with A and B ÷ all baskets; confidence = baskets with both ÷ baskets with A;
    lift = confidence ÷ share of baskets with B (1: no relation, above 1: together more than by chance).

    Args:
        bought: from `purchases()`.
        basket: `"order_id"` for one shopping trip, `"customer_id"` for everything a customer ever bought.
        min_support: pairs in a smaller share of the baskets are left out …
        min_count: … and so are pairs seen in fewer baskets: three baskets prove nothing.

    Returns:
        One row a rule: `product_id` (A), `next_product` (B), `count`, `support`, `confidence`, `lift`; sorted by
        confidence, then lift, then the ids. Counts are whole numbers, so the row order of the input is of no matter.

    Source: Agrawal, Imieliński & Swami (1993), *SIGMOD*, 207–216; lift: Brin et al. (1997).

    >>> bought = pd.DataFrame({"order_id": [1, 1, 2, 2, 3, 4], "product_id": ["A", "B", "A", "B", "A", "C"]})
    >>> association_rules(bought, min_count=1).query("product_id == 'B'")[["confidence", "lift"]].values.round(3).tolist()
    [[1.0, 1.333]]
    """
    from scipy import sparse

    if not 0 <= min_support <= 1:
        raise UserError(
            zh=f"最小支持度应在 0 到 1 之间，现在是 {min_support}。",
            en=f"min_support is a share from 0 to 1, not {min_support}.",
        )
    pairs = bought[[basket, "product_id"]].dropna().drop_duplicates()
    row, baskets = pd.factorize(pairs[basket])
    column, products = pd.factorize(pairs["product_id"], sort=True)
    shape = (len(baskets), len(products))
    matrix = sparse.csr_array((np.ones(len(pairs), dtype="int64"), (row, column)), shape=shape)
    together = (matrix.T @ matrix).tocoo()
    sold = np.bincount(column, minlength=len(products))
    first, second = together.coords
    enough = (first != second) & (together.data >= max(min_count, min_support * len(baskets)))
    first, second, count = first[enough], second[enough], together.data[enough]
    rules = pd.DataFrame(
        {
            "product_id": np.asarray(products)[first],
            "next_product": np.asarray(products)[second],
            "count": count,
            "support": count / max(len(baskets), 1),
            "confidence": count / sold[first],
            "lift": count * len(baskets) / (sold[first] * sold[second]),
        }
    )
    by = ["confidence", "lift", "product_id", "next_product"]
    return rules.sort_values(by, ascending=[False, False, True, True]).reset_index(drop=True)


def interest_lift(money: pd.DataFrame) -> pd.DataFrame:
    """Compare each customer's interest in a category with the average: 1 is average, below 2 × at most.

    (own share + average share) ÷ (2 × average share). Adding the average keeps a customer who bought once from
    looking like a fanatic, and gives 0.5 rather than 0 to a category not tried yet.

    Args:
        money: customer × category, yuan spent (`money_by(orders, "category")`) or views; negative counts as 0.
    """
    spent = money.fillna(0).clip(lower=0)
    total = spent.sum(axis=1)
    shares = spent.div(total.where(total > 0), axis=0)
    average = shares.mean()
    return ((shares + average) / (2 * average.where(average > 0))).fillna(1.0)


def next_best(
    bought: pd.DataFrame,
    rules: pd.DataFrame,
    *,
    customers: pd.Index | None = None,
    products: pd.DataFrame | None = None,
    interest: pd.DataFrame | None = None,
    repeatable: Collection[str] = (),
    top: int = 3,
) -> pd.DataFrame:
    """Recommend the `top` next products to every customer, each with its reason.

    A product's score is the best confidence among the rules with lift above 1 that start from something the
    customer has, or, where no rule reaches it, the share of buyers that it has anyway; times the customer's
    interest in its category. It ranks, it is not a probability. Somebody without history gets what is popular.
    What a customer already bought is never recommended unless it is `repeatable`. Equal scores go to the more
    popular product, then to the lower id.

    Args:
        bought: from `purchases()`.
        rules: from `association_rules()`.
        customers: whom to advise; everyone in `bought` if not given.
        products: with `product_id` and `category`; only needed with `interest`.
        interest: from `interest_lift()`.
        repeatable: products that may be bought again, for instance `repeatable_products(bought)`.
        top: how many products a customer.

    Returns:
        One row a customer and rank: `customer_id`, `rank`, `product_id`, `score`, `reason` (`copurchase`,
        `interest` or `popular`), `because` (the product that the rule starts from, else missing).
    """
    who = pd.Index(sorted(set(bought["customer_id"]) if customers is None else set(customers.dropna())))
    has = bought[["customer_id", "product_id"]].drop_duplicates()
    buyers = has["product_id"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    items = pd.Index(buyers.index.to_numpy(dtype=object))
    popularity = buyers.to_numpy() / max(has["customer_id"].nunique(), 1)
    strength = _strength(rules[rules["lift"] > 1], items)
    once_only = ~items.isin(list(repeatable))
    categories = None if interest is None else _categories(products, items)

    owner, item = who.get_indexer(has["customer_id"]), items.get_indexer(has["product_id"])
    order = np.argsort(owner, kind="stable")
    owner, item = owner[order], item[order]
    advice = []
    for start in range(0, max(len(who), 1), CHUNK):
        group = who[start : start + CHUNK]
        inside = slice(*np.searchsorted(owner, [start, start + len(group)]))
        owns = np.zeros((len(group), len(items)), dtype=bool)
        owns[owner[inside] - start, item[inside]] = True
        liking = np.ones(owns.shape)
        if interest is not None:
            liking = interest.reindex(index=group, columns=categories).fillna(1.0).to_numpy()
        likely, source = _likely(owns, strength)
        score = np.where(source >= 0, likely, popularity) * liking
        score[owns & once_only] = -np.inf
        reason = np.select([source >= 0, liking > 1], ["copurchase", "interest"], "popular")
        advice.append(_best(group, items, score, reason, source, top))
    return pd.concat(advice, ignore_index=True)


def _strength(rules: pd.DataFrame, items: pd.Index) -> np.ndarray:
    """Return rule confidence as a product × product table, 0 where there is no rule."""
    table = np.zeros((len(items), len(items)))
    first, second = items.get_indexer(rules["product_id"]), items.get_indexer(rules["next_product"])
    known = (first >= 0) & (second >= 0)
    table[first[known], second[known]] = rules["confidence"].to_numpy()[known]
    return table


def _categories(products: pd.DataFrame | None, items: pd.Index) -> np.ndarray:
    """Return the category of each product."""
    if products is None:
        raise UserError(
            zh="按兴趣推荐还需要产品表（products），好知道每个产品属于哪个品类。",
            en="Recommending by interest needs the products table as well, for each product's category.",
        )
    return products.set_index("product_id")["category"].reindex(items).to_numpy()


def _likely(owns: np.ndarray, strength: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each customer's best rule confidence for each product, and the product that the rule starts from.

    Both are customer × product; no rule gives 0 and −1. Of equal rules the more popular start is kept.
    """
    likely, source = np.zeros(owns.shape), np.full(owns.shape, -1)
    for item in np.flatnonzero(strength.any(axis=1)):
        rows = np.flatnonzero(owns[:, item])
        better = strength[item] > likely[rows]
        likely[rows] = np.where(better, strength[item], likely[rows])
        source[rows] = np.where(better, item, source[rows])
    return likely, source


def _best(
    who: pd.Index, items: pd.Index, score: np.ndarray, reason: np.ndarray, source: np.ndarray, top: int
) -> pd.DataFrame:
    """Return the best `top` products of each customer as rows; the columns stand in order of popularity."""
    place = np.argsort(-score, axis=1, kind="stable")[:, :top]
    rows = np.arange(len(who))[:, None]
    start = source[rows, place].ravel()
    table = pd.DataFrame(
        {
            "customer_id": np.repeat(who.to_numpy(dtype=object), place.shape[1]),
            "rank": np.tile(np.arange(1, place.shape[1] + 1), len(who)),
            "product_id": items.to_numpy()[place.ravel()],
            "score": score[rows, place].ravel(),
            "reason": reason[rows, place].ravel(),
            "because": pd.Series(items.take(start.clip(0)), dtype=object).where(start >= 0),
        }
    )
    return table[np.isfinite(table["score"])]


def hit_rate(advice: pd.DataFrame, later: pd.DataFrame) -> float:
    """Return the share of customers who later bought at least one product recommended to them.

    Make the advice from purchases before a day and test it on `purchases()` after that day; compare with the hit
    rate of `next_best(bought, rules.head(0))`, which is popularity alone. NaN when nobody came back.
    """
    came_back = advice[advice["customer_id"].isin(later["customer_id"])]
    pairs = pd.MultiIndex.from_frame(later[["customer_id", "product_id"]])
    hit = pd.MultiIndex.from_frame(came_back[["customer_id", "product_id"]]).isin(pairs)
    return float(pd.Series(hit).groupby(came_back["customer_id"].to_numpy()).any().mean())
