"""The purchase history by hand: which lines are purchases of a customer, and on which day."""

import pandas as pd
import pytest

from custseg_helpers.facts.history import observed_until, purchase_history, purchases_by_day
from custseg_helpers.facts.per_customer import order_facts

LINES = pd.DataFrame(
    [
        ("A", "C1", "2025-01-01 09:00", 50.0),
        ("A", "C1", "2025-01-01 21:00", 30.0),
        ("B", "C1", "2025-01-11 00:00", 40.0),
        ("C", "C1", "2025-01-31 23:59", 80.0),
        ("D", "C1", "2025-01-21 12:00", -20.0),
        (None, "C1", "2025-01-22 12:00", 99.0),
        ("E", None, "2025-01-23 12:00", 99.0),
        ("F", "C1", "2025-02-01 00:00", 99.0),
        ("G", "C2", "2025-01-21 12:00", 20.0),
        ("H", "C3", "2025-01-21 12:00", -5.0),
    ],
    columns=["order_id", "customer_id", "order_date", "amount"],
).assign(order_date=lambda table: pd.to_datetime(table["order_date"]))


def test_only_purchases_of_known_customers_count_and_each_on_its_day():
    days = purchases_by_day(LINES, order_facts(LINES, "2025-01-31"), "2025-01-31")
    assert [(who, f"{day:%m-%d}", cents) for who, day, cents in days.itertuples(index=False)] == [
        ("C1", "01-01", 8000),
        ("C1", "01-11", 4000),
        ("C1", "01-31", 8000),
        ("C2", "01-21", 2000),
    ]


def test_a_history_by_hand():
    """C1 spent 120 on two days after the first and kept 180 of 200: 120 × 0.9 / 2 = 54."""
    history = purchase_history(LINES, "2025-01-31")
    assert history.index.tolist() == ["C1", "C2"]
    assert history.loc["C1"].tolist() == [2, 30, 30, pytest.approx(54)]
    assert history.loc["C2"].tolist()[:3] == [0, 0, 10] and pd.isna(history.loc["C2", "mean_spend"])
    assert history.attrs["left_out"] == order_facts(LINES, "2025-01-31").attrs["left_out"]


def test_a_repeat_of_half_a_yuan_is_a_spend():
    lines = LINES.iloc[[0, 2]].assign(amount=[50.0, 0.5])
    assert purchase_history(lines, "2025-01-31")["mean_spend"].tolist() == [0.5]


def test_moments_with_a_zone_fall_on_the_day_of_the_snapshot():
    zoned = LINES.iloc[[0, 2]].assign(
        order_date=pd.to_datetime(["2025-01-01 17:00", "2025-01-11 17:00"], utc=True)
    )
    as_of = pd.Timestamp("2025-01-31", tz="Asia/Shanghai")
    days = purchases_by_day(zoned, order_facts(zoned, as_of), as_of)
    assert [f"{day:%m-%d}" for day in days["day"]] == ["01-02", "01-12"]


@pytest.mark.parametrize(
    ("as_of", "until"),
    [("2025-01-31", "2025-01-31"), ("2025-02-01", "2025-01-31"), ("2025-02-02", "2025-02-02")],
)
def test_a_snapshot_on_the_morning_after_means_the_evening_before(as_of, until):
    assert observed_until(pd.Timestamp("2025-01-31"), pd.Timestamp(as_of)) == pd.Timestamp(until)
