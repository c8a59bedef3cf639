"""Before and after a day: every yuan on its side, nobody left out."""

import pandas as pd
import pytest

from custseg_helpers.action.before_after import spend_around, spend_course

ORDERS = pd.DataFrame(
    {
        "customer_id": ["a", "a", "a", "b", "c", "c"],
        "order_date": pd.to_datetime(
            ["2025-06-02", "2025-06-03", "2025-07-01", "2025-07-28", "2025-07-29", "2025-07-05"]
        ),
        "amount": [1.0, 10.0, 100.0, 1000.0, 5.0, -7.5],
    }
)
ARMS = pd.Series({"a": "treatment", "b": "treatment", "c": "holdout", "d": "holdout"})


def test_both_periods_are_equally_long_and_who_spent_nothing_is_there():
    table = spend_around(ORDERS, ARMS.index, "2025-07-01", 28)
    assert table["before"].tolist() == [10.0, 0.0, 0.0, 0.0]
    assert table["after"].tolist() == [100.0, 1000.0, -7.5, 0.0]


def test_the_course_ends_where_the_two_periods_add_up():
    course = spend_course(ORDERS, ARMS, "2025-07-01", 28)
    assert course.index[0] == -28 and course.index[-1] == 28 and course.iloc[0].tolist() == [0.0, 0.0]
    assert course.loc[0].tolist() == [5.0, 0.0] and course.loc[28].tolist() == [555.0, -3.75]
    around = spend_around(ORDERS, ARMS.index, "2025-07-01", 28).groupby(ARMS).mean().sum(axis=1)
    assert course.loc[28].to_dict() == pytest.approx(around.to_dict())


def test_no_orders_no_money():
    assert spend_around(ORDERS.head(0), ARMS.index, "2025-07-01").to_numpy().sum() == 0
    assert spend_course(ORDERS.head(0), ARMS, "2025-07-01").to_numpy().sum() == 0
