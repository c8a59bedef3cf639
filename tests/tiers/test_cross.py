import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.tiers import cross
from custseg_helpers.words.text import UserError

quiet = settings(derandomize=True, database=None, report_multiple_bugs=False, deadline=None, max_examples=120)
tag = st.sampled_from(["a", "b", "c", None])
tables = st.lists(st.tuples(tag, tag), max_size=25).map(
    lambda rows: pd.DataFrame(
        rows, columns=["first", "second"], index=[f"c{i}" for i in range(len(rows))], dtype=object
    )
)


@quiet
@given(tables)
def test_every_customer_is_in_one_cell_or_counted(tags):
    before = tags.copy()
    values = pd.Series([i / 100 for i in range(len(tags))], index=tags.index)
    table = cross.cross(tags, values, minimum=3)
    pd.testing.assert_frame_equal(tags, before)
    complete = tags.dropna()
    assert table["customers"].sum() == len(complete) == len(tags) - table.attrs["left_out"]["no_tag"]
    assert len(table) == complete["first"].nunique() * complete["second"].nunique()
    assert table["value"].sum() == pytest.approx(values[complete.index].sum())
    for (first, second), row in table.iterrows():
        number = ((tags["first"] == first) & (tags["second"] == second)).sum()
        assert row["customers"] == number
        assert row["status"] == ("empty" if number == 0 else "too_small" if number < 3 else "enough")
    shuffled = cross.cross(tags.iloc[::-1], values, minimum=3)
    pd.testing.assert_frame_equal(shuffled, table, check_exact=True)


def test_a_plain_groupby_hides_the_empty_cells():
    tags = pd.DataFrame({"first": ["a", "b"], "second": ["x", "y"]})
    assert len(tags.groupby(["first", "second"]).size()) == 2
    assert (cross.cross(tags)["status"] == "empty").sum() == 2


def test_categories_keep_their_order_and_their_empty_levels():
    level = pd.Categorical(["low", "high"], categories=["low", "medium", "high"], ordered=True)
    table = cross.cross(pd.DataFrame({"level": level, "region": ["east", "east"]}), minimum=1)
    assert table.index.get_level_values("level").tolist() == ["low", "medium", "high"]


@quiet
@given(tables)
def test_merging_and_splitting_lose_nobody(tags):
    groups = tags["first"]
    if not groups.isin(["a", "b"]).any() or not {"a", "b"} <= set(groups):
        return
    merged = cross.merge_groups(groups, {"ab": ["a", "b"]})
    assert (merged == "ab").sum() == groups.isin(["a", "b"]).sum()
    assert merged[groups == "c"].eq("c").all() and merged.isna().equals(groups.isna())
    split = cross.split_group(groups, "a", tags["second"])
    pieces = split.where(~split.isin(["b", "c"])).dropna()
    assert set(pieces.str[0]) == {"a"} and len(pieces) == (groups == "a").sum()
    small = cross.merge_small(groups, 4)
    kept = small[small.notna() & (small != "other")]
    assert kept.empty or kept.value_counts().min() >= 4
    assert small.isna().equals(groups.isna())


def test_merging_a_group_twice_or_an_unknown_one_is_explained():
    groups = pd.Series(["a", "b"])
    for wrong in ({"x": ["a"], "y": ["a"]}, {"x": ["z"]}):
        with pytest.raises(UserError, match=r"twice|两次"):
            cross.merge_groups(groups, wrong)


def test_a_third_tag_that_is_chance_does_not_pay():
    random = np.random.default_rng(5)
    tags = pd.DataFrame({"grade": random.choice(list("ABC"), 600), "real": random.choice(list("xy"), 600)})
    tags["noise"] = random.choice(list("pqrstu"), 600)
    spend = (
        tags["grade"].map({"A": 90, "B": 50, "C": 10})
        + (tags["real"] == "x") * 30
        + random.normal(0, 20, 600)
    )
    table = cross.added_value(tags, spend)
    assert table["gain"]["real"] > 0.1 and abs(table["gain"]["noise"]) < 0.02
    assert table["cells"].tolist() == [3, 6, 36] and table["small_cells"].tolist() == [0, 0, 36]
    assert (table["explained"] <= 1).all()


def test_plain_eta_squared_would_reward_noise():
    random = np.random.default_rng(8)
    values, groups = pd.Series(random.normal(size=200)), pd.Series(random.integers(0, 40, 200))
    between = values.groupby(groups).transform("mean")
    assert ((between - values.mean()) ** 2).sum() / ((values - values.mean()) ** 2).sum() > 0.1
    assert abs(cross.explained(values, groups)) < 0.08


@pytest.mark.parametrize("values", [[], [3.0], [3.0, 3.0, 3.0]])
def test_explained_says_nothing_where_nothing_differs(values):
    assert math.isnan(
        cross.explained(pd.Series(values, dtype=float), pd.Series(["a"] * len(values), dtype=object))
    )


KIDNEY_STONES = {
    ("A", "small"): (81, 87),
    ("A", "large"): (192, 263),
    ("B", "small"): (234, 270),
    ("B", "large"): (55, 80),
}


def stones():
    rows = [
        (outcome, treatment, size)
        for (treatment, size), (cured, treated) in KIDNEY_STONES.items()
        for outcome in [1] * cured + [0] * (treated - cured)
    ]
    return pd.DataFrame(rows, columns=["cured", "treatment", "size"])


def test_kidney_stones_turn_around():
    table = stones()
    result = cross.within_and_overall(table["cured"], table["treatment"], table["size"])
    assert result["A"].round(2).to_dict() == {"large": 0.73, "small": 0.93, "overall": 0.78, "adjusted": 0.83}
    assert result["B"].round(2).to_dict() == {"large": 0.69, "small": 0.87, "overall": 0.83, "adjusted": 0.78}
    assert result.attrs["reversed"]
    assert result.loc["overall", ["customers_1", "customers_2"]].tolist() == [350, 350]


def test_no_paradox_where_the_mix_is_the_same():
    table = pd.DataFrame({"won": [1, 1, 0, 0] * 2, "group": ["a", "b"] * 4, "size": ["s"] * 4 + ["l"] * 4})
    assert not cross.within_and_overall(table["won"], table["group"], table["size"]).attrs["reversed"]


def test_a_stratum_with_one_group_only_is_shown_but_not_weighed():
    table = pd.DataFrame({"won": [1, 0, 1, 1], "group": ["a", "b", "a", "b"], "size": ["s", "s", "l", "m"]})
    result = cross.within_and_overall(table["won"], table["group"], table["size"])
    assert result.loc["adjusted", "difference"] == 1 and math.isnan(result.loc["l", "b"])


def test_three_groups_are_refused_with_a_reason():
    with pytest.raises(UserError, match="3"):
        cross.within_and_overall(pd.Series([1, 0, 1]), pd.Series(list("abc")), pd.Series(list("sss")))
