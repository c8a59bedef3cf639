"""The target explorer without a browser: whatever is chosen, the table adds up to the cent."""

import pandas as pd
import pytest

from custseg_helpers.action.targets import growth_target
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import goals
from custseg_helpers.facts.counts import cents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def retail():
    company = load_sample("retail")
    daily = company.orders.groupby("order_date")["amount"].sum()
    return daily, goals.weights_of_parts(company), company.as_of.year


def table(view):
    return next(iter(view.tables.values()))


@pytest.mark.parametrize("growth", [0, 15, 40])
@pytest.mark.parametrize("period", ["quarter", "month"])
@pytest.mark.parametrize("by", ["region", "grade", "rep_id"])
@pytest.mark.parametrize("season", [True, False])
def test_every_table_is_the_whole_target(retail, growth, period, by, season):
    daily, parts, year = retail
    seen = table(goals.view(*retail, growth=growth, period=period, by=by, season=season))
    last_year = daily[daily.index.year == year - 1].sum()
    whole = pd.Series([growth_target(last_year, growth / 100)])
    assert cents(seen.stack()).sum() == cents(whole)[0]
    assert set(seen.index) == set(parts[by].index) and seen.index.name == by
    assert seen.shape[1] == {"quarter": 4, "month": 12}[period]


def test_season_moves_money_between_months_and_alike_does_not(retail):
    season, alike = (
        table(goals.view(*retail, growth=15, period="month", by="region", season=way)).sum()
        for way in (True, False)
    )
    assert alike.max() - alike.min() < 1 < season.max() - season.min()


def test_weeks_are_shown_as_a_calendar_of_the_year(retail):
    seen = goals.view(*retail, growth=15, period="week")
    assert len(table(seen)) == 8 and seen.figure._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_with_a_picture(name):
    assert bytes(goals.show(load_sample(name)).png).startswith(b"\x89PNG")
