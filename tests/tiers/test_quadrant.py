import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import quadrant
from custseg_helpers.words.text import UserError

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=120)
number = st.one_of(st.just(0.0), st.just(math.nan), st.integers(-20, 20).map(float))
points = st.lists(st.tuples(number, number), max_size=20).map(
    lambda rows: pd.DataFrame(
        rows, columns=["x", "y"], index=[f"c{i}" for i in range(len(rows))], dtype=float
    )
)
ways = st.sampled_from(["median", "mean", "p80", 3.0])


def laws_of_quadrants(split):
    @quiet
    @given(points, ways)
    def laws(table, cut):
        before = table.copy()
        result = split(table["x"], table["y"], cut, cut)
        pd.testing.assert_frame_equal(table, before)
        assert list(result.index) == list(table.index)
        missing = table.isna().any(axis=1)
        assert ((result["quadrant"] == "unknown") == missing).all()
        across, up = result.attrs["cuts"]
        for name, row in result[~missing].iterrows():
            word = {True: "high", False: "low"}
            assert row["quadrant"] == f"{word[row['x'] > across]}_{word[row['y'] > up]}", name
        if not isinstance(cut, float):
            poorest = table["x"].min()
            assert not result.loc[table["x"] == poorest, "quadrant"].str.startswith("high").any()
        shuffled = split(*(table[c].sample(frac=1, random_state=2) for c in "xy"), cut, cut)
        assert shuffled["quadrant"].reindex(table.index).equals(result["quadrant"])

    laws()


def test_quadrants_hold_their_laws():
    laws_of_quadrants(quadrant.quadrants)


def _line_counts_as_high(x, y, x_cut, y_cut):
    result = quadrant.quadrants(x, y, x_cut, y_cut)
    across, up = result.attrs["cuts"]
    codes = np.where(x >= across, "high_", "low_") + np.where(y >= up, "high", "low").astype(object)
    result["quadrant"] = pd.Series(codes, index=x.index).where(x.notna() & y.notna(), "unknown")
    return result


def _missing_counts_as_low(x, y, x_cut, y_cut):
    result = quadrant.quadrants(x, y, x_cut, y_cut)
    result["quadrant"] = result["quadrant"].replace("unknown", "low_low")
    return result


def _axes_swapped(x, y, x_cut, y_cut):
    result = quadrant.quadrants(x, y, x_cut, y_cut)
    result["quadrant"] = result["quadrant"].replace({"high_low": "low_high", "low_high": "high_low"})
    return result


def _by_rank(x, y, x_cut, y_cut):
    half = x.rank(method="first"), y.rank(method="first")
    result = quadrant.quadrants(*half)
    return result.assign(x=x, y=y)


@pytest.mark.parametrize("wrong", [_line_counts_as_high, _missing_counts_as_low, _axes_swapped, _by_rank])
def test_counterfeit_quadrants_fail(wrong):
    with pytest.raises(AssertionError):
        laws_of_quadrants(wrong)


def test_three_quarters_bought_once():
    orders = pd.Series([1.0] * 75 + [2.0] * 25, name="frequency")
    spend = pd.Series(range(100), dtype=float, name="monetary")
    assert quadrant.quadrants(orders, spend)["quadrant"].str.startswith("high").sum() == 25


def test_a_saved_line_gives_the_same_quadrants_to_newcomers():
    x, y = pd.Series([1.0, 2, 3], name="a"), pd.Series([3.0, 2, 1], name="b")
    cuts = quadrant.quadrants(x, y).attrs["cuts"]
    alone = quadrant.quadrants(x[:1], y[:1], *cuts)
    assert alone["quadrant"].tolist() == ["low_high"]


def test_two_measures_of_one_name_are_called_x_and_y():
    same = pd.Series([1.0, 2.0], name="monetary")
    assert quadrant.quadrants(same, same).columns.tolist() == ["x", "y", "quadrant"]


@pytest.mark.parametrize("values", [[], [4.0], [4.0, 4.0], [math.nan]])
def test_edges(values):
    series = pd.Series(values, dtype=float)
    found = quadrant.quadrants(series, series)["quadrant"]
    assert set(found) <= {"low_low", "unknown"}


def test_an_unknown_cut_is_explained():
    with pytest.raises(UserError, match="average"):
        quadrant.cut_line(pd.Series([1.0]), "average")
    with pytest.raises(UserError, match="p101"):
        quadrant.cut_line(pd.Series([1.0]), "p101")
