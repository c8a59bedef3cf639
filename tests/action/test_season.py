import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.action import targets
from custseg_helpers.company import simulate
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.words.text import UserError

TRUE = np.array([1.3, 0.8, 0.9, 1.0, 1.0, 1.1, 0.9, 0.9, 1.0, 1.0, 1.2, 0.9])


def daily(of_day, start="2024-01-01", end="2025-12-31"):
    days = pd.date_range(start, end)
    return pd.Series([round(of_day(place, day), 2) for place, day in enumerate(days)], index=days)


def mean_shares(sales):
    money = sales.groupby([sales.index.year, sales.index.month]).sum().unstack()
    return money.div(money.sum(axis=1), axis=0).mean()


def test_a_shop_that_only_grows_has_no_season():
    growing = targets.season_weights(daily(lambda place, day: 1000 * 1.002**place))
    evenly = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) / 365
    assert np.allclose(growing, evenly, rtol=0.01)


@pytest.mark.parametrize("slope", [0.998, 1.0, 1.001])
def test_a_season_is_found_whatever_the_growth(slope):
    sales = daily(lambda place, day: 10_000 * slope**place * TRUE[day.month - 1])
    expected = TRUE * [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert np.allclose(targets.season_weights(sales), expected / expected.sum(), rtol=0.02)


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_sample_takes_its_launch_for_a_season(sample):
    """The season found lies nearer to the one that the company was simulated with than mean shares do."""
    company = load_sample(sample)
    sales = company.orders.groupby("order_date")["amount"].sum()
    settings = tomllib.loads((Path(simulate.__file__).parent / f"{sample}.toml").read_text(encoding="utf-8"))
    true = np.array(settings["season"]["month"]) * [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    true = true / true.sum()
    off = {
        how: float(np.sqrt(((weights / true - 1) ** 2).mean()))
        for how, weights in {
            "found": targets.season_weights(sales),
            "mean shares": mean_shares(sales),
        }.items()
    }
    assert off["found"] < 0.9 * off["mean shares"], off


def test_one_year_is_taken_as_it_is():
    year = daily(lambda place, day: float(day.month), "2025-01-01")
    assert np.allclose(targets.season_weights(year), mean_shares(year))


def test_the_festival_moves_and_no_yuan_is_lost():
    sales = daily(lambda place, day: 100.0 if day in FESTIVE else 1.0)
    moved = targets.move_festival(sales, 2026)
    assert moved.groupby(moved.index.year).sum().tolist() == sales.groupby(sales.index.year).sum().tolist()
    assert (moved[[pd.Timestamp(year, 2, 17) for year in (2024, 2025)]] == 100).all()
    assert (moved == 100).sum() == (sales == 100).sum()
    january = [targets.season_weights(one)[1] for one in (sales, moved)]
    assert january[1] < january[0], "this year's festival lies in February, and January has to give"


FESTIVE = {
    targets.spring_festival(year) + pd.Timedelta(days=away) for year in (2024, 2025) for away in range(-7, 3)
}


def test_a_year_whose_festival_is_unknown_is_told():
    with pytest.raises(UserError, match="2041"):
        targets.spring_festival(2041)
