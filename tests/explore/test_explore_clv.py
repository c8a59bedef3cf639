"""The explorer of lifetime value without a browser: its curve is that of the method, and extremes work."""

import pytest

from custseg_helpers import explore
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import clv

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def retail():
    return load("retail")


def table(view):
    return next(iter(view.tables.values()))


def picture(view):
    return view.figure._repr_png_()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def clv_models(retail):
    history = clv.purchase_history(retail.orders, retail.as_of)
    return explore.clv.Models(clv.fit_purchases(history), clv.fit_spend(history))


def test_clv_curve_adds_up_to_the_value_of_the_method(clv_models):
    one = explore.clv.customer(6, 30, 250)
    curve = explore.clv.curve(clv_models, one, margin=0.3, rate=0.1)
    worth = clv.customer_value(one, clv_models.purchases, clv_models.spend, margin=0.3, days=360)["clv"].iloc[
        0
    ]
    assert curve.at[12, "clv"] == pytest.approx(worth, abs=0.01)
    assert curve["clv"].is_monotonic_increasing and curve["clv"].diff().diff().dropna().max() < 0


def test_clv_silence_costs_the_frequent_more_than_the_rare(clv_models):
    settings = {"spend": 200, "margin": 30, "rate": 10, "cost": 50}
    worth = {
        (orders, silence): table(explore.clv.view(clv_models, orders=orders, silence=silence, **settings)).at[
            12, "clv"
        ]
        for orders in (2, 6)
        for silence in (30, 300)
    }
    assert worth[6, 30] > worth[2, 30] and worth[6, 300] < worth[2, 300]


@pytest.mark.parametrize(("orders", "silence", "cost"), [(1, 340, 10**6), (24, 0, 0), (24, 340, 100)])
def test_clv_extremes(clv_models, orders, silence, cost):
    view = explore.clv.view(clv_models, orders=orders, silence=silence, spend=1, margin=5, rate=0, cost=cost)
    assert picture(view) and table(view).notna().all(axis=None)
    assert ("month 1." in view.words.en) == (cost == 0)


def test_clv_of_a_company_without_a_forecast_shows_yuexuan():
    assert explore.clv.show(load("pharma")).png == explore.clv.show(load("retail")).png
