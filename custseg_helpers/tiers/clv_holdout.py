"""Is the forecast any good? Fit on the past up to a day, forecast the days after it, and look what happened."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from custseg_helpers.company.company import Company, load_sample
from custseg_helpers.facts.history import purchases_by_day
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers import buy_till_you_die as btyd
from custseg_helpers.tiers.clv import expected_purchases, expected_spend, purchase_history
from custseg_helpers.tiers.clv_fit import PurchaseModel, Verdict, fit_purchases, fit_spend
from custseg_helpers.words.text import T, UserError

MOST = 7
"""Customers with this many repeat purchases or more are shown together."""

HALF_A_YEAR = pd.Timedelta(days=184)
"""How long before the snapshot the lesson splits past from holdout."""

NEW = np.zeros(1, dtype="int64")
"""x and T of a customer who has just bought for the first time."""


@dataclass(frozen=True)
class Validation:
    """A forecast beside what happened: one row a customer, with the model and its naive rival."""

    model: PurchaseModel
    customers: pd.DataFrame
    """the history at the split, and `actual_purchases`, `expected_purchases`, `naive_purchases` after it; the same in
    yuan, `actual_money`, `expected_money`, `naive_money`, where what they spend carries a model"""
    days: int
    """length of the holdout period"""

    @property
    def by_repeats(self) -> pd.DataFrame:
        """Mean purchases in the holdout period by repeat purchases before it (0, 1, … 7 and more)."""
        table = self.customers
        forecasts = table[["actual_purchases", "expected_purchases", "naive_purchases"]]
        grouped = forecasts.groupby(table["repeat_purchases"].clip(upper=MOST))
        return grouped.mean().assign(customers=grouped.size())

    @property
    def totals(self) -> pd.Series:
        """Purchases of all customers in the holdout period: actual, expected, naive."""
        return self.customers[["actual_purchases", "expected_purchases", "naive_purchases"]].sum()

    @property
    def errors(self) -> pd.Series:
        """Root mean squared error a customer, of the model and of the naive forecast."""
        table = self.customers
        forecasts = table[["expected_purchases", "naive_purchases"]]
        return forecasts.sub(table["actual_purchases"], axis=0).pow(2).mean().pow(0.5)

    @property
    def money(self) -> pd.DataFrame | None:
        """Yuan after the split: rows `total` and `error` (root mean squared, a customer), one column a forecast.

        The actual money is net of returns; `None` where what customers spend carries no model.
        """
        if "expected_money" not in self.customers:
            return None
        table = self.customers[["actual_money", "expected_money", "naive_money"]]
        error = table.sub(table["actual_money"], axis=0).pow(2).mean().pow(0.5)
        return pd.DataFrame({"total": table.sum(), "error": error}).T

    @property
    def text(self) -> T:
        """The comparison in one sentence, and what to do about it."""
        model, naive = self.errors
        actual, expected, _ = self.totals
        advice = (
            T(zh="预测可用。", en="The forecast is of use.")
            if model < naive and abs(expected - actual) <= 0.2 * actual
            else T(zh="先别用它做预算，请查明原因。", en="Do not plan a budget on it before you know why.")
        )
        return T(
            zh="验证期 {days} 天：预测共 {expected:,.0f} 次购买，实际 {actual:,.0f} 次（相差 {gap:+.0%}）；逐个客户的误差，模型 {model:.2f} 次，"
            "“照旧”的朴素预测 {naive:.2f} 次。{advice}",
            en="{days} holdout days: {expected:,.0f} purchases forecast, {actual:,.0f} made ({gap:+.0%}); error a customer: "
            "model {model:.2f}, naive “as before” {naive:.2f}. {advice}",
        ).format(
            days=self.days,
            expected=expected,
            actual=actual,
            gap=round(expected / actual - 1, 2) + 0.0 if actual else np.inf,
            model=model,
            naive=naive,
            advice=advice,
        )


def holdout(orders: pd.DataFrame, split: pd.Timestamp | str, as_of: pd.Timestamp | str) -> pd.DataFrame:
    """Return the history up to `split` and, of the same customers, the purchases after it up to `as_of`.

    `actual_purchases` counts days with a purchase; `actual_money` is yuan, returns taken off. Nothing later than `split` touches the other columns. Customers
    whose first purchase came after it are left out and counted in `.attrs["left_out"]["joined_later"]`.
    """
    if _days_between(split, as_of) <= 0:
        raise UserError(
            zh=f"验证期应在划分日（{split}）之后结束，截止日 {as_of} 太早。",
            en=f"The holdout period must end after the split ({split}); {as_of} is too early.",
        )
    history = purchase_history(orders, split)
    then, now = (order_facts(orders, pd.Timestamp(day)) for day in (split, as_of))
    order_days, before = now["order_days"], history["repeat_purchases"] + 1
    history["actual_purchases"] = (order_days.reindex(history.index) - before).astype("int64")
    history["actual_money"] = (now["monetary"].reindex(history.index) - then["monetary"]).round(2)
    history.attrs["left_out"] = {**history.attrs["left_out"], "joined_later": len(order_days) - len(history)}
    return history


def validate(
    orders: pd.DataFrame, split: pd.Timestamp | str, as_of: pd.Timestamp | str, *, complete: bool = False
) -> Validation | Verdict:
    """Fit up to `split`, forecast until `as_of`, and compare with what happened and with a naive forecast.

    The naive forecast: everybody goes on as before, at `repeat_purchases / observed_days` a day. That is what a
    spreadsheet says, and it forgets that customers leave and that lucky streaks end.
    """
    table = holdout(orders, split, as_of)
    model = fit_purchases(table, complete=complete)
    if isinstance(model, Verdict):
        return model
    days = _days_between(split, as_of)
    table["expected_purchases"] = expected_purchases(table, model, days)
    pace = table["repeat_purchases"] / table["observed_days"].where(table["observed_days"] > 0)
    table["naive_purchases"] = pace.fillna(0.0) * days
    spend = fit_spend(table)
    if not isinstance(spend, Verdict):
        table["expected_money"] = table["expected_purchases"] * expected_spend(table, spend)
        table["naive_money"] = table["naive_purchases"] * table["mean_spend"].fillna(0.0)
    return Validation(model, table, days)


def repeat_curve(
    orders: pd.DataFrame, split: pd.Timestamp | str, as_of: pd.Timestamp | str, model: PurchaseModel
) -> pd.DataFrame:
    """Return repeat purchases added up week by week, actual and expected, of the customers known at `split`.

    Index `day` (every seventh day from the first purchase on, and `as_of`); columns `actual`, `expected`. The model
    should have been fitted at `split`, as `validate` does: what lies behind that day is then a forecast.
    """
    facts = order_facts(orders, pd.Timestamp(split))
    bought = purchases_by_day(orders, facts, as_of)
    start = facts["first_order"].min()
    first = (facts["first_order"] - start).dt.days
    day = (bought["day"] - start).dt.days
    repeats = np.sort(day[day > bought["customer_id"].map(first)].to_numpy())
    end = _days_between(start, as_of)
    days = np.unique([*range(0, end, 7), end])
    so_far = np.array([0.0, *(btyd.growth(model.in_days, NEW, NEW, day)[0] for day in range(1, end + 1))])
    joined, customers = np.unique(first.to_numpy(), return_counts=True)
    expected = so_far[np.maximum(np.subtract.outer(days, joined), 0)] @ customers
    return pd.DataFrame(
        {"actual": np.searchsorted(repeats, days, side="right"), "expected": expected},
        index=pd.DatetimeIndex(start + pd.to_timedelta(days, unit="D"), name="day"),
    )


@cache
def company_with_forecast(company: Company) -> Company:
    """Return `company` if its orders carry a forecast that can be checked on the last half year, else Yuexuan.

    >>> from custseg_helpers.company.company import load_sample
    >>> [company_with_forecast(load_sample(name)).name for name in ("b2b", "pharma")]
    ['b2b', 'retail']
    """
    orders, as_of = company.orders, company.as_of
    history = purchase_history(orders, as_of)
    if len(history) and as_of - HALF_A_YEAR > as_of - pd.Timedelta(days=history["observed_days"].max()):
        found = [fit_purchases(history), fit_spend(history), validate(orders, as_of - HALF_A_YEAR, as_of)]
        if not any(isinstance(result, Verdict) for result in found):
            return company
    return load_sample("retail")


def _days_between(start: pd.Timestamp | str, end: pd.Timestamp | str) -> int:
    first, last = (pd.Timestamp(moment).tz_localize(None).normalize() for moment in (start, end))
    return (last - first).days
