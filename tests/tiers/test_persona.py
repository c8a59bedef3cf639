import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import persona

REAL = Path(__file__).parents[2].parent / "shared" / "data"

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=100)
rows = st.tuples(
    st.sampled_from(["A", "B", "C", None]),
    st.one_of(st.just(math.nan), st.integers(-5, 20).map(float)),
    st.sampled_from(["east", "west", None]),
    st.booleans(),
)
tables = st.lists(rows, max_size=25).map(
    lambda r: pd.DataFrame(
        r, columns=["group", "visits", "region", "vip"], index=[f"c{i}" for i in range(len(r))]
    )
)


@quiet
@given(tables)
def test_traits_compare_a_group_with_all_others(table):
    before = table.copy()
    frame, groups = table[["visits", "region", "vip"]], table["group"]
    found = persona.standouts(frame, groups, at_least=1)
    pd.testing.assert_frame_equal(table, before)
    assert np.isfinite(found["effect"].to_numpy(dtype=float)).all()
    for row in found.itertuples():
        mine = (groups[groups.notna()] == row.group).to_numpy()
        column = frame.loc[groups.notna(), row.feature]
        if row.feature == "visits":
            expected = column[mine].mean(), column[~mine].mean()
        else:
            wanted = {"yes": True, "no": False}.get(row.category, row.category)
            hit = (column == wanted)[column.notna()]
            expected = hit[mine[column.notna()]].mean(), hit[~mine[column.notna()]].mean()
        assert (row.group_value, row.rest_value) == pytest.approx(expected)
        assert np.sign(round(row.effect, 9)) == np.sign(round(row.group_value - row.rest_value, 9))
    for _, traits in found.groupby("group"):
        at_least = traits["effect"].abs() - (traits["upper"] - traits["lower"]) / 2
        assert at_least.round(9).is_monotonic_decreasing
    other = persona.standouts(frame.iloc[::-1], groups.iloc[::-1], at_least=1)
    pd.testing.assert_frame_equal(other, found, check_exact=True)


def test_cohen_s_own_figures():
    groups = pd.Series(["A"] * 10 + ["B"] * 10)
    shares = persona.standouts(
        pd.DataFrame({"wanted": ["x"] * 5 + ["y"] * 5 + ["x"] * 4 + ["y"] * 6}), groups
    )
    assert shares["effect"].abs().round(2).tolist() == [0.2] * 4
    numbers = pd.DataFrame({"x": [1.0, 2, 3, 4, 5] * 2 + [3.0, 4, 5, 6, 7] * 2})
    pooled = math.sqrt(40 / 18)
    assert persona.standouts(numbers, groups)["effect"].tolist() == pytest.approx([-2 / pooled, 2 / pooled])


def test_against_everybody_would_dilute_a_large_group():
    groups = pd.Series(["A"] * 80 + ["B"] * 20)
    frame = pd.DataFrame({"visits": [10.0] * 79 + [9.0] + [1.0] * 20})
    first = persona.standouts(frame, groups).iloc[0]
    assert first["rest_value"] == 1 and frame["visits"].mean() > 8


def test_a_trait_without_any_spread_is_separated_but_finite():
    groups = pd.Series(["A"] * 10 + ["B"] * 10)
    found = persona.standouts(pd.DataFrame({"x": [5.0] * 10 + [1.0] * 10, "same": 3.0}), groups)
    assert found.set_index(["group", "feature"])["effect"].to_dict() == {
        ("A", "x"): 2.0,
        ("A", "same"): 0.0,
        ("B", "x"): -2.0,
        ("B", "same"): 0.0,
    }


def test_names_and_dates_are_no_traits():
    frame = pd.DataFrame(
        {"name": [f"n{i}" for i in range(40)], "day": pd.Timestamp("2025-01-01"), "x": range(40)}
    )
    found = persona.standouts(frame, pd.Series(["A", "B"] * 20))
    assert found.attrs["skipped"] == ["name", "day"] and set(found["feature"]) == {"x"}


def test_small_groups_get_a_verdict_and_no_traits():
    groups = pd.Series(["A"] * 30 + ["B"] * 3)
    found = persona.profile(pd.DataFrame({"x": [1.0] * 30 + [99.0] * 3}), groups)
    assert found.standouts.empty and found.standouts.attrs["too_small"] == ["A", "B"]
    assert found.sizes["customers"].to_dict() == {"A": 30, "B": 3}


@pytest.mark.parametrize("size", [0, 1])
def test_profile_of_nobody_or_one(size):
    table = pd.DataFrame({"x": [1.0] * size, "region": ["east"] * size})
    found = persona.profile(table, pd.Series(["A"] * size, dtype=object), pd.Series([2.0] * size))
    assert len(found.sizes) == size and found.standouts.columns.tolist() == persona.COLUMNS


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_telco_leavers_stand_out_as_is_well_known():
    table = pd.read_csv(REAL / "telco_churn.csv", index_col="customerID")
    found = persona.profile(table.drop(columns="Churn"), table["Churn"], table["MonthlyCharges"])
    assert round(found.sizes["share"]["Yes"], 4) == 0.2654
    leavers = found.standouts[found.standouts["group"] == "Yes"]
    assert leavers.iloc[0][["feature", "category"]].tolist() == ["Contract", "Month-to-month"]
    assert round(leavers.iloc[0]["group_value"], 2) == 0.89
    assert "TotalCharges" in found.standouts.attrs["skipped"]


def test_chance_ranges_are_those_of_the_books():
    """One number, ten against ten: d ± 1.96 √(1/10 + 1/10 + d²/40); two shares, each widened for two comparisons."""
    groups = pd.Series(["A"] * 10 + ["B"] * 10)
    number = persona.standouts(
        pd.DataFrame({"x": [1.0, 2, 3, 4, 5] * 2 + [3.0, 4, 5, 6, 7] * 2}), groups
    ).iloc[0]
    d = -2 / math.sqrt(40 / 18)
    half = 1.959964 * math.sqrt(0.2 + d**2 / 40)
    assert [number["lower"], number["upper"]] == pytest.approx([d - half, d + half], abs=1e-6)
    shares = persona.standouts(pd.DataFrame({"x": ["x"] * 5 + ["y"] * 5 + ["x"] * 4 + ["y"] * 6}), groups)
    width = shares["upper"] - shares["lower"]
    assert width.tolist() == pytest.approx([2 * 2.241403 * math.sqrt(0.2)] * 4, abs=1e-5)
    assert not persona.sure(shares).any()


def test_of_traits_without_meaning_hardly_any_is_sure():
    """Forty coin tosses a customer: by a plain 95 % range two of forty would stand out, together at most one in twenty
    groups has one."""
    rng = np.random.default_rng(5)
    groups = pd.Series(rng.permutation(["A", "B"] * 100))
    wrong = 0
    for _ in range(40):
        tosses = pd.DataFrame(rng.integers(0, 2, (200, 20))).astype(bool).add_prefix("coin_")
        wrong += persona.sure(persona.standouts(tosses, groups)).any()
    assert wrong <= 5
