import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.facts.counts import cents
from custseg_helpers.tiers import cuts
from custseg_helpers.words.text import UserError

REAL = Path(__file__).parents[2].parent / "shared" / "data"

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=150)
numbers = st.lists(st.one_of(st.just(0.0), st.integers(-50, 50).map(float)), max_size=30).map(
    lambda v: pd.Series(v, dtype=float)
)


def test_cents_round_half_up_and_forgive_the_missing():
    assert cents(pd.Series([0.125, 1.5, -0.125, math.nan, math.inf])).tolist() == [13, 150, -12, 0, 0]


def laws_of_levels(cut, at_most_share=True):
    """Equal values share a level, more is never lower, the lowest value is never in the best level."""

    @quiet
    @given(numbers, st.integers(2, 5))
    def laws(values, groups):
        before = values.copy()
        lines = cut(values, groups)
        pd.testing.assert_series_equal(values, before)
        assert len(lines) == groups - 1
        result = cuts.levels(values, lines, [str(i) for i in range(groups)])
        if values.nunique() < 2:
            assert (result == "unknown").all()
            return
        ladder = result.iloc[np.argsort(values.to_numpy(), kind="stable")].tolist()
        assert ladder == sorted(ladder)
        assert pd.DataFrame({"v": values, "r": result}).groupby("v")["r"].nunique().eq(1).all()
        assert (result[values == values.min()] == "0").all()
        assert (result[values == values.max()] == str(groups - 1)).all()
        assert cut(values.sample(frac=1, random_state=1), groups) == lines

    laws()


@pytest.mark.parametrize("cut", [cuts.quantile_cuts, cuts.natural_cuts])
def test_relative_cuts_hold_their_laws(cut):
    laws_of_levels(cut)


COUNTERFEITS = {
    "plain quantiles": lambda v, k: [float(v.quantile(i / k)) if len(v) else math.nan for i in range(1, k)],
    "equal numbers by rank": lambda v, k: [
        float(v.sort_values().iloc[len(v) * i // k]) if v.nunique() > 1 else math.nan for i in range(1, k)
    ],
    "equal widths": lambda v, k: np.linspace(v.min(), v.max(), k + 1)[1:-1].tolist(),
    "first come": lambda v, k: (
        sorted([float(v.iloc[0])] * (k - 1)) if v.nunique() > 1 else [math.nan] * (k - 1)
    ),
}


@pytest.mark.parametrize("wrong", COUNTERFEITS.values(), ids=COUNTERFEITS.keys())
def test_counterfeit_cuts_fail(wrong):
    with pytest.raises(AssertionError):
        laws_of_levels(wrong)


def spread(values, lines):
    """Squared distance to the mean of the own level."""
    level = np.searchsorted(lines, values, side="right")
    return sum(((values[level == i] - values[level == i].mean()) ** 2).sum() for i in set(level))


@quiet
@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=11).filter(lambda v: len(set(v)) > 3), st.integers(2, 4)
)
def test_natural_cuts_are_the_best_of_all(values, groups):
    values = np.array(values, dtype=float)
    ours = spread(values, cuts.natural_cuts(pd.Series(values), groups))
    every = itertools.combinations(np.unique(values)[1:], groups - 1)
    assert ours == pytest.approx(min(spread(values, lines) for lines in every), abs=1e-9)


def test_natural_cuts_of_equal_widths_or_quantiles_would_not_do():
    values = pd.Series([1.0, 2, 3, 50, 51, 52, 53, 54, 300])
    assert cuts.natural_cuts(values) == [50.0, 300.0]
    assert cuts.quantile_cuts(values) == [50.0, 53.0]


def test_three_quarters_without_spend_stay_low():
    values = pd.Series([0.0] * 75 + [float(i) for i in range(1, 26)])
    for cut in (cuts.quantile_cuts, cuts.natural_cuts):
        result = cuts.levels(values, cut(values))
        assert (result[values == 0] == "low").all()


@pytest.mark.parametrize(
    ("values", "expected"), [([], []), ([5.0], ["unknown"]), ([5.0] * 3, ["unknown"] * 3)]
)
def test_too_little_to_cut_is_said_and_not_guessed(values, expected):
    series = pd.Series(values, dtype=float)
    assert cuts.levels(series, cuts.quantile_cuts(series)).tolist() == expected
    assert cuts.levels(series, cuts.natural_cuts(series)).tolist() == expected


def test_levels_from_saved_cuts_stay_when_others_change():
    january = pd.Series({"c1": 10.0, "c2": 200.0, "c3": 3000.0})
    lines = cuts.quantile_cuts(january)
    february = pd.Series({"c1": 10.0, "c2": 200.0, "c3": 3000.0, "c4": 90_000.0, "c5": math.nan})
    assert cuts.levels(february, lines).to_dict() == {
        "c1": "low",
        "c2": "medium",
        "c3": "high",
        "c4": "high",
        "c5": "unknown",
    }
    assert cuts.levels(february, lines).attrs["left_out"] == {"no_value": 1}


@pytest.mark.parametrize(("lines", "names"), [([2, 1], cuts.LEVELS), ([1], cuts.LEVELS)])
def test_wrong_cuts_are_explained(lines, names):
    with pytest.raises(UserError):
        cuts.levels(pd.Series([1.0]), lines, names)


def test_scale_needs_both_lines():
    employees = pd.Series([1000, 999, 300, 20, 19, 1000, math.nan, math.nan])
    revenue = pd.Series([4e8, 4e8, 1.9e7, 3e6, 4e8, math.nan, 2e7, math.nan])
    assert cuts.scale_bands(employees, revenue).tolist() == [
        "large",
        "medium",
        "small",
        "small",
        "micro",
        "large",
        "medium",
        "unknown",
    ]


def test_age_bands_meet_at_birthdays_in_the_year():
    years = pd.Series([2008, 2007, 2000, 1960, 1959, 2030, math.nan])
    bands = cuts.age_bands(years, pd.Timestamp("2025-01-01"))
    assert bands.tolist() == [
        "age_under_18",
        "age_18_24",
        "age_25_34",
        "age_65_up",
        "age_65_up",
        "unknown",
        "unknown",
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_wholesale_natural_groups():
    table = pd.read_csv(REAL / "wholesale.csv")
    spend = table.iloc[:, 2:].sum(axis=1).astype(float)
    lines = cuts.natural_cuts(spend)
    from sklearn.cluster import KMeans

    many_tries = KMeans(3, n_init=50, random_state=0).fit(spend.to_frame()).inertia_
    assert spread(spend.to_numpy(), lines) <= many_tries * (1 + 1e-12)
    assert cuts.levels(spend, lines).value_counts().to_dict() == {"low": 325, "medium": 104, "high": 11}
    assert cuts.levels(spend, cuts.quantile_cuts(spend)).value_counts().to_dict() == {
        "low": 147,
        "medium": 147,
        "high": 146,
    }


def test_each_age_band_begins_and_ends_where_its_name_says():
    ages = [0, 17, 18, 24, 25, 34, 35, 44, 45, 54, 55, 64, 65, 110, 111, -1]
    bands = cuts.age_bands(pd.Series([2025 - age for age in ages]), pd.Timestamp("2025-01-01")).tolist()
    names = ["age_under_18", "age_18_24", "age_25_34", "age_35_44", "age_45_54", "age_55_64", "age_65_up"]
    assert bands == [name for name in names for _ in range(2)] + ["unknown", "unknown"]


def test_each_scale_begins_at_both_of_its_lines():
    staff, income = [19, 20, 299, 300, 999, 1000], [3e6 - 1, 3e6, 2e7 - 1, 2e7, 4e8 - 1, 4e8]
    expected = ["micro", "small", "small", "medium", "medium", "large"]
    assert cuts.scale_bands(pd.Series(staff), pd.Series([4e8] * 6)).tolist() == expected
    assert cuts.scale_bands(pd.Series([1000] * 6), pd.Series(income)).tolist() == expected
