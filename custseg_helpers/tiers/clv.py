"""Customer lifetime value: who is still a customer, how often will they buy, what will they be worth?

The way: `purchase_history` (order lines → one row a customer), `fit_purchases` (BG/NBD) and `fit_spend`
(Gamma-Gamma), then `customer_value`. Before believing a number, `tiers.clv_holdout.validate` holds the forecast
against a period that the model has not seen. Where the data cannot carry a model, a fit returns a `Verdict` that
says why, and no number follows from it.

The columns of a history, with the letters of the literature:

- `repeat_purchases` (x): days with a purchase after the first such day; two orders on one day are one purchase.
- `last_purchase_day` (t_x): day of the last purchase, counted from the first. Not `recency_days`, which counts
  back from the snapshot.
- `observed_days` (T): days from the first purchase to the snapshot.
- `mean_spend`: yuan per repeat purchase; empty for customers who bought once.

Sources and the published results they were checked against: `tiers.buy_till_you_die`.
"""

from typing import TypeVar

import numpy as np
import pandas as pd

from custseg_helpers.facts.history import purchase_history
from custseg_helpers.facts.line_margin import line_margin
from custseg_helpers.facts.shares import need_share
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers.clv_fit import (
    PurchaseModel,
    SpendModel,
    Verdict,
    counts,
    fit_purchases,
    fit_spend,
)
from custseg_helpers.words.text import T, UserError

__all__ = [
    "PurchaseModel",
    "SpendModel",
    "Verdict",
    "alive_probability",
    "customer_value",
    "expected_purchases",
    "expected_spend",
    "fit_purchases",
    "fit_spend",
    "own_margin",
    "purchase_history",
    "shrunk_means",
    "spend_by_repeats",
]

Model = TypeVar("Model", PurchaseModel, SpendModel)

STEP_DAYS = 30
"""Future purchases are discounted in steps of this length, each from its middle."""


def alive_probability(history: pd.DataFrame, model: PurchaseModel | Verdict) -> pd.Series:
    """Return for each customer the probability of still being one.

    Who bought once has 1: in this model customers leave right after a repeat purchase or not at all.

    >>> cdnow = PurchaseModel(.2426, 4.414, .793, 2.426, unit_days=7, log_likelihood=-9582.4, customers=2357, repeaters=946)
    >>> history = pd.DataFrame({"repeat_purchases": [0, 2, 2], "last_purchase_day": [0, 213, 20],
    ...                         "observed_days": [272, 272, 272], "mean_spend": [None, 20.0, 20.0]})
    >>> alive_probability(history, cdnow).round(3).tolist()
    [1.0, 0.727, 0.073]
    """
    values = btyd.alive(_usable(model).in_days, *counts(history))
    return pd.Series(values, index=history.index, name="alive_probability")


def expected_purchases(history: pd.DataFrame, model: PurchaseModel | Verdict, days: float) -> pd.Series:
    """Return for each customer the purchases to expect in the next `days`, the chance of having left included.

    Checked: the paper's CDNOW customer (x 2, t_x 30.43, T 38.86 weeks) is expected to buy 1.226 times in 39 weeks.

    >>> cdnow = PurchaseModel(.2426, 4.414, .793, 2.426, unit_days=7, log_likelihood=-9582.4, customers=2357, repeaters=946)
    >>> history = pd.DataFrame({"repeat_purchases": [2], "last_purchase_day": [213], "observed_days": [272],
    ...                         "mean_spend": [20.0]})
    >>> expected_purchases(history, cdnow, days=39 * 7).round(3).tolist()
    [1.226]
    """
    x, t_x, observed = counts(history)
    parameters = _usable(model).in_days
    values = btyd.alive(parameters, x, t_x, observed) * btyd.growth(parameters, x, observed, days)
    return pd.Series(values, index=history.index, name="expected_purchases")


def expected_spend(history: pd.DataFrame, model: SpendModel | Verdict) -> pd.Series:
    """Return for each customer the yuan to expect per purchase: the own mean, drawn towards everybody's.

    The fewer the purchases, the stronger the draw; who has no repeat spend gets the average of all.
    """
    fitted = _usable(model)
    spend = history["mean_spend"].fillna(0.0)
    x = history["repeat_purchases"].where(spend > 0, 0)
    values = fitted.p * (fitted.gamma + x * spend) / (fitted.p * x + fitted.q - 1)
    return values.astype("float64").rename("expected_spend")


def customer_value(
    history: pd.DataFrame,
    purchases: PurchaseModel | Verdict,
    spend: SpendModel | Verdict,
    *,
    margin: float | pd.Series,
    days: int = 365,
    discount_rate: float = 0.10,
) -> pd.DataFrame:
    """Return each customer's forecast for the next `days`, with `clv` in yuan of today.

    Columns: `alive_probability`, `expected_purchases`, `expected_spend` and `clv` = purchases × spend × `margin`
    (share of spend that is left, one for all or one a customer), discounted at `discount_rate` a year. What a
    customer has spent so far is not in it: it will not come again.
    """
    if days <= 0 or discount_rate <= -1:
        raise UserError(
            zh="预测天数应大于 0，年折现率应大于 −100%。",
            en="The days ahead must be above 0 and the yearly discount rate above −100 %.",
        )
    if not isinstance(margin, pd.Series):
        need_share("margin", margin)
    need_share("discount_rate", abs(discount_rate))
    x, _, observed = counts(history)
    alive = alive_probability(history, purchases)
    parameters = _usable(purchases).in_days
    total, present, start = np.zeros(len(x)), np.zeros(len(x)), 0
    while start < days:
        end = min(start + STEP_DAYS, days)
        reached = btyd.growth(parameters, x, observed, end)
        present += (reached - total) * (1 + discount_rate) ** (-(start + end) / 2 / 365)
        total, start = reached, end
    each = expected_spend(history, spend)
    return pd.DataFrame(
        {
            "alive_probability": alive,
            "expected_purchases": alive * total,
            "expected_spend": each,
            "clv": (alive * present * each * margin).round(2),
        }
    )


def own_margin(orders: pd.DataFrame, products: pd.DataFrame, as_of: pd.Timestamp | str) -> pd.Series:
    """Return for each customer who bought the margin to expect of a yuan: their own, drawn towards everybody's.

    A customer who buys at a discount leaves less of each yuan than one who pays the full price, but one order
    says little: the fewer yuan we have seen, the stronger the draw (`shrunk_means` over orders). Returned goods are
    left out: they lower what is spent, and the forecast knows that. Whoever bought only what has no margin in
    `products` gets everybody's. Where nothing has one, all get 1: values are then sales, and
    `attrs["everybody"]` is 1.

    >>> orders = pd.DataFrame({"customer_id": ["a", "a", "b", "b", "c"], "order_id": [1, 2, 3, 4, 5],
    ...                        "order_date": pd.to_datetime(["2025-01-01"] * 5), "product_id": "p", "quantity": 1,
    ...                        "amount": [100.0, 98.0, 80.0, 78.0, 100.0]})
    >>> products = pd.DataFrame({"product_id": ["p"], "price": [100.0], "margin_rate": [0.4]})
    >>> own_margin(orders, products, "2025-12-31").round(2).to_dict()
    {'a': 0.39, 'b': 0.24, 'c': 0.4}
    """
    day = orders["order_date"].dt.tz_localize(None).dt.normalize()
    until = pd.Timestamp(as_of).tz_localize(None).normalize()
    bought = orders[(orders["amount"] > 0) & orders["order_id"].notna() & (day <= until)]
    lines = bought[["customer_id", "order_id", "amount"]].assign(margin=line_margin(bought, products))
    each = lines.dropna().groupby(["customer_id", "order_id"])[["amount", "margin"]].sum().round(4)
    customers = pd.Index(bought["customer_id"].dropna().unique(), name="customer_id").sort_values()
    if each.empty:
        own, everybody = pd.Series(1.0, index=customers), 1.0
    else:
        means = shrunk_means(each["margin"] / each["amount"], each["amount"], each.index.get_level_values(0))
        everybody = means.attrs["everybody"]
        own = means.reindex(customers).fillna(everybody)
    own.attrs = {"everybody": everybody}
    return own.rename("own_margin")


def shrunk_means(values: pd.Series, weights: pd.Series, groups: pd.Index) -> pd.Series:
    """Return the mean of each group, drawn towards everybody's the more the less has been seen of the group.

    Weight of the own mean: w ÷ (w + s² ÷ a), with w the group's weight, s² the variance within groups for a weight
    of 1, and a the variance between them. Where groups differ no more than chance has it (a ≤ 0) all get one mean.
    `attrs` has `everybody`, `within` (s²) and `between` (a).

    Source: Bühlmann & Straub (1970), "Glaubwürdigkeit für Schadensätze", *Mitteilungen der Vereinigung
    schweizerischer Versicherungsmathematiker* 70; checked against Hachemeister's data as the R package actuar has them.
    """
    table = pd.DataFrame({"w": weights.to_numpy(float), "wx": (weights * values).to_numpy(float)})
    by_group = table.groupby(np.asarray(groups)).agg(w=("w", "sum"), wx=("wx", "sum"), n=("w", "size"))
    weight, mean = by_group["w"], by_group["wx"] / by_group["w"]
    total = weight.sum()
    everybody = by_group["wx"].sum() / total
    away = values.to_numpy(float) - mean.reindex(np.asarray(groups)).to_numpy()
    freedom = (by_group["n"] - 1).sum()
    within = float((table["w"] * away**2).sum() / freedom) if freedom else 0.0
    spread = (weight * (mean - everybody) ** 2).sum() - (len(weight) - 1) * within
    room = total - (weight**2).sum() / total
    between = float(spread / room) if freedom and room > 0 else 0.0
    if between <= 0:
        shrunk = pd.Series(everybody, index=weight.index)
    else:
        own = weight / (weight + within / between)
        everybody = (own * mean).sum() / own.sum()
        shrunk = own * mean + (1 - own) * everybody
    shrunk.attrs.update(everybody=float(everybody), within=within, between=max(between, 0.0))
    return shrunk


def spend_by_repeats(history: pd.DataFrame) -> pd.DataFrame:
    """Return the money per purchase of those who came back once, 2 to 3, 4 to 7 and 8 or more times.

    The spend model takes it that how often and how much have nothing to do with each other; here one sees it.
    Index `repeat_purchases`; columns `customers` and `mean_spend` (yuan, mean of the customers).

    >>> history = pd.DataFrame({"repeat_purchases": [0, 1, 2, 3, 9], "mean_spend": [None, 10.0, 20.0, 40.0, 50.0]})
    >>> spend_by_repeats(history)["mean_spend"].to_dict()
    {'1': 10.0, '2–3': 30.0, '8+': 50.0}
    """
    known = history[(history["repeat_purchases"] > 0) & (history["mean_spend"] > 0)]
    band = pd.cut(known["repeat_purchases"], [0, 1, 3, 7, np.inf], labels=["1", "2–3", "4–7", "8+"])
    spend = known["mean_spend"].groupby(band.rename("repeat_purchases"), observed=True)
    return pd.DataFrame({"customers": spend.size(), "mean_spend": spend.mean()}).rename(index=str)


def _usable(model: Model | Verdict) -> Model:
    if isinstance(model, Verdict):
        raise UserError(T(zh="没有可用的模型：", en="There is no model to use. ") + model.text)
    return model
