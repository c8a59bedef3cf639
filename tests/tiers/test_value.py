import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import value
from custseg_helpers.words.text import UserError

REAL = Path(__file__).parents[2].parent / "shared" / "data"

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=150)
yuan = st.one_of(
    st.sampled_from([0.0, 5.0, 10.0]), st.integers(-2_000, 100_000).map(lambda cents: cents / 100)
)
money = st.lists(yuan, max_size=25).map(
    lambda v: pd.Series(v, index=[f"c{i}" for i in range(len(v))], dtype=float)
)


def laws_of_abc(grade):
    """What every ABC grading must hold; raises AssertionError where it does not."""

    @quiet
    @given(money)
    def boundary_and_ties(values):
        before = values.copy()
        grades = grade(values)
        pd.testing.assert_series_equal(values, before)
        assert list(grades.index) == list(values.index)
        assert set(grades) <= {"A", "B", "C", "D"}
        assert (grades[values <= 0] == "D").all() and (grades[values > 0] != "D").all()
        cents = (values.clip(lower=0) * 100).round().astype(int)
        if cents.sum() == 0:
            return
        best = cents[grades == "A"]
        assert best.sum() / cents.sum() >= 0.8
        without_last = best[best > best.min()]
        assert without_last.sum() / cents.sum() < 0.8
        for worth in values.unique():
            assert grades[values == worth].nunique() == 1
        ladder = grades.iloc[np.argsort(-values.to_numpy(), kind="stable")].tolist()
        assert ladder == sorted(ladder)

    @quiet
    @given(money, st.randoms(use_true_random=False))
    def names_and_order_do_not_matter(values, random):
        order = list(range(len(values)))
        random.shuffle(order)
        shuffled = values.iloc[order]
        assert grade(shuffled).tolist() == grade(values).iloc[order].tolist()
        renamed = values.set_axis([f"x{len(values) - i}" for i in range(len(values))])
        assert grade(renamed).tolist() == grade(values).tolist()

    boundary_and_ties()
    names_and_order_do_not_matter()


def test_abc_holds_its_laws():
    laws_of_abc(value.abc)


def _by_cumulative_share(values, reached):
    ranked = values.clip(lower=0).sort_values(ascending=False, kind="stable")
    share = ranked.cumsum() / ranked.sum()
    grades = pd.Series(np.where(reached(share), "A", np.where(share <= 0.95, "B", "C")), index=ranked.index)
    return grades.reindex(values.index).where(values > 0, "D")


COUNTERFEITS = {
    "the crossing customer falls to B": lambda v: _by_cumulative_share(v, lambda share: share <= 0.8),
    "ties are cut in the middle": lambda v: _by_cumulative_share(
        v, lambda share: share.shift(fill_value=0) < 0.8
    ),
    "the best fifth of the heads instead of the money": lambda v: value.abc(v).mask(
        (v > 0) & (v.rank(ascending=False, method="first") <= math.ceil(len(v) / 5)), "A"
    ),
    "no spend is a C": lambda v: value.abc(v).replace("D", "C"),
    "negative money makes the total smaller": lambda v: (
        value.abc(v, (0.8 * v.sum() / max(v.clip(lower=0).sum(), 1e-9), 0.95))
        if v.sum() > 0
        else value.abc(v)
    ),
    "grades by place in the file": lambda v: value.abc(v).set_axis(v.index[::-1]).reindex(v.index),
}


@pytest.mark.slow
@pytest.mark.parametrize("wrong", COUNTERFEITS.values(), ids=COUNTERFEITS.keys())
def test_a_counterfeit_abc_fails(wrong):
    with pytest.raises(AssertionError):
        laws_of_abc(wrong)


def test_exactly_reached_line_does_not_take_one_more():
    grades = value.abc(pd.Series([80.0, 15.0, 5.0]))
    assert grades.tolist() == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([9.0], ["A"]),
        ([0.0], ["D"]),
        ([-3.0], ["D"]),
        ([math.nan], ["unknown"]),
        ([4.0] * 3, ["A"] * 3),
    ],
)
def test_abc_edges(values, expected):
    grades = value.abc(pd.Series(values, dtype=float))
    assert grades.tolist() == expected
    assert grades.attrs["left_out"] == {"no_value": expected.count("unknown")}


def test_abc_lines_must_rise():
    with pytest.raises(UserError, match="0 <"):
        value.abc(pd.Series([1.0]), shares=(0.95, 0.8))


def test_pareto_table_and_grades_agree():
    values = pd.Series({"c3": 10.0, "c1": 60.0, "c2": 20.0, "c4": -5.0, "c5": 10.0, "c6": math.nan})
    table = value.pareto(values)
    assert table.index.tolist() == ["c1", "c2", "c3", "c5", "c4"]
    assert table["value_share"].round(9).tolist() == [0.6, 0.8, 0.9, 1.0, 1.0]
    assert table["customer_share"].round(9).tolist() == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert table["grade"].tolist() == ["A", "A", "B", "B", "D"]
    assert table.attrs["left_out"] == {"no_value": 1}
    assert value.pareto(pd.Series(dtype=float)).columns.tolist() == [
        "value",
        "customer_share",
        "value_share",
        "grade",
    ]


@quiet
@given(money)
def test_the_pareto_curve_bends_one_way(values):
    share = value.pareto(values)["value_share"].to_numpy()
    steps = np.diff(share, prepend=0)
    assert (steps >= -1e-12).all() and (np.diff(steps) <= 1e-12).all()


def test_share_of_top():
    values = pd.Series(range(1, 101), dtype=float)
    assert value.share_of_top(values, 0.07) == sum(range(94, 101)) / 5050
    assert value.share_of_top(values, 1) == 1
    assert value.share_of_top(values, 0) == 0
    assert math.isnan(value.share_of_top(pd.Series([0.0, -1.0])))
    assert math.isnan(value.share_of_top(pd.Series(dtype=float)))


def test_by_group_adds_up_in_cents():
    groups = pd.Series(["a", "b", "a", None, "c"])
    values = pd.Series([0.1, 0.2, 0.2, 9.0, math.nan])
    table = value.by_group(groups, values)
    assert table.index.tolist() == ["a", "b", "c"]
    assert table["value"].tolist() == [0.3, 0.2, 0.0]
    assert table["mean_value"].tolist()[:2] == [0.15, 0.2] and math.isnan(table["mean_value"]["c"])
    assert table["customers"].sum() == 4 and table["share"].sum() == 1
    assert table.attrs["left_out"] == {"no_group": 1}
    assert value.by_group(groups).columns.tolist() == ["customers", "share"]
    assert value.by_group(pd.Series(dtype=object), pd.Series(dtype=float)).empty


def test_by_group_keeps_the_order_of_categories():
    bands = pd.Series(
        pd.Categorical(["young", "old", "old"], categories=["young", "middle", "old"], ordered=True)
    )
    table = value.by_group(bands, pd.Series([1.0, 2.0, 3.0]))
    assert table["customers"].to_dict() == {"young": 1, "middle": 0, "old": 2}


def test_value_types_cover_every_case_once():
    high_low = ["high", "medium"]
    cases = pd.DataFrame(
        [(v, p, s) for v in high_low for p in high_low for s in high_low], columns=list("vps")
    )
    assert value.value_types(cases["v"], cases["p"], cases["s"]).nunique() == 8
    some = value.value_types(
        pd.Series(["high", None]), pd.Series(["unknown", "low"]), pd.Series(["high", "low"])
    )
    assert some.tolist() == ["unknown", "unknown"]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_wholesale_customers_are_less_concentrated_than_80_20():
    table = pd.read_csv(REAL / "wholesale.csv")
    spend = (
        table[["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]]
        .sum(axis=1)
        .astype(float)
    )
    assert spend.sum() == 14_619_500
    assert round(value.share_of_top(spend, 0.20), 3) == 0.429
    grades = value.abc(spend)
    assert spend[grades == "A"].sum() / spend.sum() >= 0.8
    assert grades.value_counts().to_dict() == {"A": 252, "B": 114, "C": 74}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data sets are not beside the project")
def test_online_retail_is_nearly_80_20():
    lines = pd.read_parquet(REAL / "online_retail.parquet")
    clean = lines[
        lines["CustomerID"].notna()
        & ~lines["InvoiceNo"].str.startswith("C")
        & (lines["Quantity"] > 0)
        & (lines["UnitPrice"] > 0)
    ]
    spend = (clean["Quantity"] * clean["UnitPrice"]).groupby(clean["CustomerID"]).sum()
    grades = value.abc(spend)
    assert grades.value_counts().to_dict() == {"A": 1133, "B": 1469, "C": 1736}
    assert round(value.share_of_top(spend, 0.20), 3) == 0.746
    assert value.by_group(grades, spend)["value"].sum() == pytest.approx(8_911_407.90, abs=10)
