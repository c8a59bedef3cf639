"""The behaviour explorer without a browser: its numbers, its extremes, its controls."""

import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.explore import behaviour
from custseg_helpers.facts.per_customer import order_facts

pytestmark = pytest.mark.slow

START = {"picture": "price", "low": 33, "high": 67, "slower": 2}


@pytest.fixture(scope="module")
def facts():
    company = load_sample("retail")
    return order_facts(company.orders, company.as_of)


def tables(view):
    return {name.en: table for name, table in view.tables.items()}


def test_four_customers_counted_by_hand():
    facts = pd.DataFrame(
        {
            "recency_days": [30, 5, 5, 5],
            "frequency": [5, 5, 5, 1],
            "monetary": [100.0, 20.0, 30.0, 50.0],
            "tenure_days": [130, 105, 105, 5],
            "order_days": [5, 5, 5, 1],
            "mean_gap_days": [25.0, 25.0, 25.0, None],
            "last_gap_days": [45.0, 25.0, 25.0, None],
            "discount_share": [0.1, 0.4, 0.9, 1.0],
        },
        index=pd.Index(list("abcd"), name="customer_id"),
    )
    seen = behaviour.view(facts, **START)
    price, pace = tables(seen)["Price sensitivity"], tables(seen)["Pace"]
    assert price["customers"].to_dict() == {"low": 1, "medium": 1, "high": 1, "unknown": 1}
    assert price["money"].to_dict() == {"low": 100, "medium": 20, "high": 30, "unknown": 50}
    assert pace["customers"].to_dict() == {"slowing_down": 1, "steady": 2, "speeding_up": 0, "unknown": 1}
    assert "可能流失 100 元" in seen.words.zh and "100 yuan at stake" in seen.words.en


@pytest.mark.parametrize("picture", ["price", "pace"])
@pytest.mark.parametrize(("low", "high", "slower"), [(0, 1, 1.25), (99, 100, 5), (80, 20, 2)])
def test_every_customer_and_all_the_money_is_somewhere(facts, picture, low, high, slower):
    seen = behaviour.view(facts, picture=picture, low=low, high=high, slower=slower)
    for table in tables(seen).values():
        assert table["customers"].sum() == len(facts)
        assert table["money"].sum() == pytest.approx(facts["monetary"].sum())
    assert seen.figure._repr_png_().startswith(b"\x89PNG")


def test_a_stricter_factor_never_finds_more_people(facts):
    found = [
        tables(behaviour.view(facts, **START | {"slower": slower}))["Pace"]["customers"]["slowing_down"]
        for slower in (1.25, 2, 3, 5)
    ]
    assert found == sorted(found, reverse=True) and found[0] > found[-1]


def test_the_explorer_has_a_still_picture():
    assert bytes(behaviour.show(load_sample("retail")).png).startswith(b"\x89PNG")
