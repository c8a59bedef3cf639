import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action import targets
from custseg_helpers.facts.counts import cents
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])

FLAT = pd.Series(1.0, index=range(1, 13))
yuan = st.integers(1, 10**11).map(lambda amount: amount / 100)
twelve = st.lists(st.floats(0.01, 100), min_size=12, max_size=12).map(
    lambda w: pd.Series(w, index=range(1, 13))
)
seven = st.lists(st.floats(0, 10), min_size=7, max_size=7).filter(lambda w: sum(w) > 1)


def total(amounts):
    return int(cents(amounts).sum())


def whole(amount):
    return int(cents(pd.Series([amount]))[0])


@settings(max_examples=20)
@given(st.integers(2000, 2060), yuan, twelve, seven)
def test_every_period_adds_up_to_the_year(year, amount, months, weekdays):
    weekdays = pd.Series(weekdays, index=range(1, 8))
    days = targets.daily_targets(year, amount, months, weekdays)
    assert total(days["target"]) == whole(amount)
    assert (days["target"] >= 0).all()
    for by in ("quarter", "month", "week", ["month", "week"], "year"):
        assert total(targets.roll_up(days, by)["target"]) == whole(amount)
    quarters = days.groupby("quarter")["month"].nunique()
    assert quarters.tolist() == [3, 3, 3, 3]


def test_months_get_their_weight_and_quarters_agree_with_their_months():
    months = pd.Series(range(1, 13), index=range(1, 13), dtype=float)
    days = targets.daily_targets(2026, 78_000.0, months)
    by_month = targets.roll_up(days, "month")["target"]
    assert by_month.tolist() == [1000.0 * m for m in range(1, 13)]
    assert targets.roll_up(days, "quarter")["target"].tolist() == [6000.0, 15000.0, 24000.0, 33000.0]


def law_of_weeks(daily):
    """ISO weeks are whole, and their parts belong to the month of each day."""
    days = daily(2026, 365_000.0, FLAT)
    weeks = targets.roll_up(days, "week")
    assert weeks.loc["2026-W01", "days"] == 4 and weeks.loc["2026-W53", "days"] == 4
    assert (weeks["days"].iloc[1:-1] == 7).all()
    parts = targets.roll_up(days, ["month", "week"])
    assert parts.loc[("2026-03", "2026-W14"), "days"] == 2 and parts.loc[("2026-04", "2026-W14"), "days"] == 5
    border = days.loc["2026-03-30":"2026-04-05", "target"]
    assert total(border) == total(weeks.loc[["2026-W14"], "target"])


def test_iso_weeks_across_month_borders():
    law_of_weeks(targets.daily_targets)


def test_counterfeit_calendar_weeks_are_caught():
    def sevenths(*given):
        days = targets.daily_targets(*given)
        return days.assign(week=[f"2026-W{(day - 1) // 7 + 1:02d}" for day in days.index.day_of_year])

    with pytest.raises((AssertionError, KeyError)):
        law_of_weeks(sevenths)


@pytest.mark.parametrize(
    ("day", "week"), [("2027-01-03", "2026-W53"), ("2025-12-29", "2026-W01"), ("2024-12-30", "2025-W01")]
)
def test_the_turn_of_the_year_has_iso_names(day, week):
    days = targets.daily_targets(int(day[:4]), 1000, FLAT)
    assert days.loc[day, "week"] == week


def test_leap_years_have_their_day():
    assert len(targets.daily_targets(2028, 1000, FLAT)) == 366
    assert targets.daily_targets(2028, 366_000, FLAT).loc["2028-02-29", "target"] > 0


def test_closed_days_get_nothing_and_the_month_keeps_its_target():
    days = targets.daily_targets(2026, 120_000, FLAT, closed=["2026-02-17", "2026-02-18"])
    assert days.loc["2026-02-17":"2026-02-18", "target"].eq(0).all()
    assert targets.roll_up(days, "month").loc["2026-02", "target"] == 10_000


def test_weekdays_shape_the_week():
    weekdays = pd.Series([1.0, 1, 1, 1, 1, 3, 0], index=range(1, 8))
    days = targets.daily_targets(2026, 1_000_000, FLAT, weekdays)
    june = days.loc["2026-06"]
    assert june["target"][june.index.day_of_week == 6].eq(0).all()
    saturdays, mondays = (june["target"][june.index.day_of_week == day].mean() for day in (5, 0))
    assert saturdays == pytest.approx(3 * mondays, abs=0.02)


names = st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=9, unique=True)


def law_of_split(split):
    @quiet
    @given(yuan, names, st.data())
    def parts_add_up_in_any_order(amount, given_names, data):
        w = data.draw(
            st.lists(st.floats(0, 100), min_size=len(given_names), max_size=len(given_names)).filter(any)
        )
        weights = pd.Series(w, index=given_names)
        parts = split(amount, weights)
        assert total(parts) == whole(amount)
        assert parts.index.tolist() == given_names
        pd.testing.assert_series_equal(split(amount, weights[::-1])[::-1], parts)
        assert (parts[weights == 0] == 0).all()

    parts_add_up_in_any_order()


def test_parts_add_up():
    law_of_split(targets.split)


@pytest.mark.parametrize("places", [2, 6])
def test_counterfeit_float_rounding_is_caught(places):
    with pytest.raises(AssertionError):
        law_of_split(lambda amount, w: (amount * w / w.sum()).round(places))


def test_counterfeit_rest_to_the_first_row_is_caught():
    def first_row(amount, w):
        parts = np.floor(amount * 100 * w / w.sum())
        parts.iloc[0] += round(amount * 100) - parts.sum()
        return parts / 100

    with pytest.raises(AssertionError):
        law_of_split(first_row)


@given(yuan, st.data())
def test_regions_reps_and_tiers_nest_exactly(amount, data):
    weight = st.floats(0.1, 10)
    regions = pd.Series({region: data.draw(weight) for region in ("east", "north", "south")})
    reps = pd.Series(
        {
            (region, f"R{n}"): data.draw(weight)
            for region in regions.index
            for n in range(data.draw(st.integers(1, 3)))
        }
    )
    tiers = pd.Series({(*rep, tier): data.draw(weight) for rep in reps.index for tier in "ABC"})
    by_region = targets.split(amount, regions)
    by_rep = targets.split_each(by_region, reps)
    by_tier = targets.split_each(by_rep, tiers)
    for level, above in ((by_rep, by_region), (by_tier.droplevel(2), by_rep)):
        sums = (
            pd.Series(cents(level), index=level.index).groupby(level=list(range(above.index.nlevels))).sum()
        )
        assert sums.to_dict() == dict(zip(above.index, cents(above), strict=True))


def test_a_region_without_reps_is_an_error():
    with pytest.raises(UserError, match="west"):
        targets.split_each(pd.Series({"east": 1.0, "west": 1.0}), pd.Series({("east", "R1"): 1.0}))
    with pytest.raises(UserError, match="south"):
        targets.split_each(pd.Series({"east": 1.0}), pd.Series({("east", "R1"): 1.0, ("south", "R2"): 1.0}))


@given(yuan, twelve, st.lists(st.floats(0.1, 10), min_size=1, max_size=6))
def test_months_by_reps_agree_both_ways(amount, months, shares):
    rows = targets.split(amount, months)
    columns = targets.split(amount, pd.Series(shares, index=[f"R{n}" for n in range(len(shares))]))
    table = targets.cross(rows, columns)
    units = table.apply(cents)
    assert units.sum(axis=1).tolist() == cents(rows).tolist()
    assert units.sum(axis=0).tolist() == cents(columns).tolist()
    quota = np.outer(rows, columns) / amount
    assert (np.abs(table.to_numpy() - quota) < 0.0101 + 1e-9 * amount).all()


def test_season_weights_use_complete_years_only():
    dates = pd.date_range("2024-01-01", "2026-03-31")
    sales = pd.Series(100.0, index=dates)
    sales[dates >= "2026-01-01"] = 9_999.0
    weights = targets.season_weights(sales)
    assert weights.sum() == pytest.approx(1)
    assert weights[1] == pytest.approx(31 / 365)
    with pytest.raises(UserError, match="complete"):
        targets.season_weights(sales["2025-07":"2026-03"])


def test_weekday_weights_add_up():
    sales = pd.Series([70.0, 30.0], index=pd.to_datetime(["2026-01-05", "2026-01-11"]))
    assert targets.weekday_weights(sales).to_dict() == {1: 0.7, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0.3}


@pytest.mark.parametrize(
    ("last", "wanted"), [(100.0, 115.0), (0.10, 0.12), (3.30, 3.80), (1_380_000.0, 1_587_000.0)]
)
def test_fifteen_per_cent_more_to_the_cent(last, wanted):
    assert targets.growth_target(last) == wanted
