"""RFM: scores, cuts, segments, verdict; and the defects and wrong versions that must not pass."""

import json
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers.facts.per_customer import facts_at, order_facts
from custseg_helpers.tiers import rfm
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.text import UserError

SCORES = ["r_score", "f_score", "m_score"]
ALL = pd.DataFrame(list(product(range(1, 6), repeat=3)), columns=SCORES)


def facts(recency, frequency, monetary):
    index = pd.Index([f"C{i:04d}" for i in range(len(recency))], name="customer_id")
    return pd.DataFrame({"recency_days": recency, "frequency": frequency, "monetary": monetary}, index=index)


rows = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 6), st.integers(-500, 5000).map(lambda cents: cents / 100)),
    max_size=60,
).map(lambda table: facts(*(zip(*table, strict=True) if table else ([], [], []))).astype(float))


def by_hand(values):
    """One plus how many full fifths of the customers do strictly worse."""
    return [1 + 5 * sum(other < value for other in values) // len(values) for value in values]


def recency_by_hand(days):
    """The score that most of a day's places have, of two the better; on the latest day that of the last place."""
    line = sorted(days, reverse=True)
    places = {
        day: [1 + 5 * place // len(line) for place, other in enumerate(line) if other == day] for day in days
    }
    most = {
        day: max(scores, key=lambda score: (scores.count(score), score)) for day, scores in places.items()
    }
    return [max(places[day]) if day == line[-1] else most[day] for day in days]


@given(rows)
def test_a_score_is_the_share_of_customers_who_do_worse_and_ties_in_recency_go_with_their_majority(table):
    scores = rfm.rfm_scores(table)
    assert scores["r_score"].tolist() == recency_by_hand(table["recency_days"].tolist())
    assert scores["f_score"].tolist() == by_hand(table["frequency"].tolist())
    assert scores["m_score"].tolist() == by_hand(table["monetary"].tolist())


@pytest.mark.parametrize("yesterday", range(1, 102))
@pytest.mark.parametrize("customers", [101, 102, 103, 104, 105])
def test_nobody_loses_a_recency_of_five_because_many_bought_yesterday(customers, yesterday):
    table = facts(
        [1] * yesterday + list(range(2, customers - yesterday + 2)), [1] * customers, [1.0] * customers
    )
    assert set(rfm.rfm_scores(table)["r_score"].iloc[:yesterday]) == {5}


@pytest.mark.parametrize(
    ("ahead", "tied", "score"), [(12, 15, 5), (15, 10, 5), (15, 11, 4), (17, 7, 4), (20, 5, 4)]
)
def test_a_day_that_lies_across_a_cut_goes_where_most_of_its_customers_stand(ahead, tied, score):
    """Of a hundred customers the best twenty have a 5: 8 of 15, 5 of 10, 5 of 11, 3 of 7, none of 5."""
    days = [*range(ahead), *[ahead] * tied, *range(ahead + 1, 101 - tied)]
    scores = rfm.rfm_scores(facts(days, [1] * 100, [1.0] * 100))["r_score"]
    assert set(scores.iloc[ahead : ahead + tied]) == {score}
    assert set(scores.iloc[:ahead]) == {5} and scores.iloc[-1] == 1


def test_a_cut_at_day_nought_has_no_sign():
    for days in ([0] * 9 + [1], [1] * 9 + [5], range(10)):
        cuts = rfm.quantile_cuts(facts(days, [1] * 10, [1.0] * 10)).recency_days
        assert "-0" not in repr(cuts)


@given(rows)
def test_saved_cuts_give_the_same_scores_whatever_order_and_ids(table):
    before = table.copy(deep=True)
    scores = rfm.rfm_scores(table)
    pd.testing.assert_frame_equal(table, before)
    saved = rfm.Cuts.from_dict(json.loads(json.dumps(rfm.quantile_cuts(table).to_dict())))
    pd.testing.assert_frame_equal(rfm.rfm_scores(table, saved), scores)
    shuffled = table.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(rfm.rfm_scores(shuffled).sort_index(), scores)
    renamed = table.set_axis(table.index[::-1])
    assert rfm.rfm_scores(renamed).values.tolist() == scores.values.tolist()


@given(rows)
def test_equal_values_have_equal_scores_and_better_is_never_lower(table):
    for split in (rfm.quantile_cuts(table), rfm.mean_cuts(table), rfm.top_cuts(table, 3)):
        scores = rfm.rfm_scores(table, split)
        for measure, score, way in zip(table, SCORES, (-1, 1, 1), strict=True):
            ranked = scores[score].groupby(way * table[measure]).agg(["min", "max"])
            assert (ranked["min"] == ranked["max"]).all()
            assert ranked["min"].is_monotonic_increasing


def test_untied_fifths_are_those_of_qcut():
    values = np.random.default_rng(4).permutation(250)
    scores = rfm.rfm_scores(facts(values, values, values))
    expected = pd.qcut(values, 5, labels=False) + 1
    assert scores["f_score"].tolist() == expected.tolist()
    assert scores["r_score"].tolist() == (6 - expected).tolist()


def test_three_in_four_bought_once():
    table = facts(range(100), [1] * 75 + list(range(2, 27)), range(100))
    scores = rfm.rfm_scores(table)["f_score"]
    assert scores.iloc[:75].tolist() == [1] * 75
    assert sorted(scores.iloc[75:].unique()) == [4, 5]
    assert rfm.collapsed(table) == {"frequency": 0.75}
    with pytest.raises(ValueError, match="unique"):
        pd.qcut(table["frequency"], 5, labels=False)


def test_ranking_ties_by_place_is_not_what_we_do():
    table = facts(range(100), [1] * 75 + list(range(2, 27)), range(100))
    by_place = pd.qcut(table["frequency"].rank(method="first"), 5, labels=False) + 1
    assert by_place.iloc[:75].nunique() > 1
    assert rfm.rfm_scores(table)["f_score"].iloc[:75].nunique() == 1


def test_who_spent_nothing_is_in_the_worst_group():
    table = facts([5] * 10, [1] * 10, [0.0, -3.0, *range(1, 9)])
    assert rfm.rfm_scores(table)["m_score"].iloc[:2].tolist() == [1, 1]
    assert rfm.rfm_scores(facts([5] * 10, [1] * 10, [0.0] * 9 + [9.0]))["m_score"].iloc[0] == 1


def test_whose_measure_is_not_known_is_left_out_and_counted():
    table = facts([5.0, np.nan, 9.0], [1, 2, 3], [10.0, 20.0, 30.0])
    scores = rfm.rfm_scores(table)
    assert scores.index.tolist() == ["C0000", "C0002"]
    assert scores.attrs["left_out"] == {"no_value": 1}


def test_empty_and_one():
    empty = rfm.rfm_scores(facts([], [], []))
    one = rfm.rfm_scores(facts([3], [1], [9.9]))
    assert empty.shape == (0, 3) and (empty.dtypes == one.dtypes).all()
    assert one.values.tolist() == [[1, 1, 1]]
    assert len(rfm.segments8(empty)) == len(rfm.segments11(empty)) == 0


def test_fixed_cuts_include_their_value_on_the_better_side():
    cuts = rfm.Cuts(recency_days=(30, 60, 90, 180), frequency=(2, 3, 5, 8), monetary=(200, 500, 1000, 3000))
    table = facts([30, 31, 180, 181], [8, 2, 1, 5], [3000, 199.99, 200, 500])
    assert rfm.rfm_scores(table, cuts).values.tolist() == [[5, 5, 5], [4, 2, 1], [2, 1, 2], [1, 4, 3]]


def test_fewer_cuts_spread_over_the_same_scale():
    table = facts([1, 50, 99], [1, 5, 9], [10, 50, 90])
    cuts = rfm.Cuts(recency_days=(10,), frequency=(5, 9), monetary=(20, 40, 60))
    assert rfm.rfm_scores(table, cuts).values.tolist() == [[5, 1, 1], [1, 3, 4], [1, 5, 5]]


def test_splits_by_mean_and_top():
    table = facts([10, 20, 90], [1, 1, 7], [10.0, 20.0, 300.0])
    assert rfm.rfm_scores(table, rfm.mean_cuts(table)).values.tolist() == [[5, 1, 1], [5, 1, 1], [1, 5, 5]]
    assert rfm.rfm_scores(table, rfm.top_cuts(table, 2)).values.tolist() == [[5, 5, 1], [5, 5, 5], [1, 5, 5]]
    assert rfm.top_cuts(table, 1 / 3) == rfm.top_cuts(table, 1)
    assert rfm.top_cuts(table, 99).frequency == (1.0,)
    with pytest.raises(UserError):
        rfm.top_cuts(table, 0)


@pytest.mark.parametrize("wrong", [(60, 30), (1, 2, 3, 4, 5), (float("nan"),), (float("inf"),)])
def test_cuts_that_make_no_sense_are_refused(wrong):
    with pytest.raises(UserError, match="frequency"):
        rfm.Cuts(recency_days=(30,), frequency=wrong, monetary=(100,))


def test_a_missing_column_is_named():
    with pytest.raises(UserError, match="monetary"):
        rfm.rfm_scores(facts([1], [1], [1]).drop(columns="monetary"))
    with pytest.raises(UserError, match="m_score"):
        rfm.segments8(ALL.drop(columns="m_score"))
    with pytest.raises(UserError, match="between 1 and 5"):
        rfm.segments11(ALL + 1)


EIGHT = {
    "HHH": "high_value_loyal",
    "HLH": "key_develop",
    "LHH": "key_retain",
    "LLH": "key_winback",
    "HHL": "general_value",
    "HLL": "general_develop",
    "LHL": "general_retain",
    "LLL": "general_winback",
}
"""重要价值、重要发展、重要保持、重要挽留，一般……: recency, frequency, monetary, each high (4, 5) or low."""

ELEVEN = """
    1               1.5,2                2.5,3                3.5,4            4.5,5
5   new_customers   potential_loyalists  potential_loyalists  champions        champions
4   promising       potential_loyalists  potential_loyalists  loyal_customers  loyal_customers
3   about_to_sleep  about_to_sleep       need_attention       loyal_customers  loyal_customers
2   hibernating     hibernating          at_risk              at_risk          cannot_lose
1   lost            lost                 at_risk              at_risk          cannot_lose
"""
"""Recency score down, mean of frequency and monetary score across: a half counts with the whole number above it."""


@pytest.mark.parametrize(
    "scores", list(ALL.itertuples(index=False)), ids=lambda scores: "".join(map(str, scores))
)
def test_each_of_the_125_scores_has_the_segment_that_the_tables_of_the_course_give(scores):
    one = pd.DataFrame([scores], columns=SCORES)
    eight = EIGHT["".join("H" if score >= 4 else "L" for score in scores)]
    means, *rows = (line.split() for line in ELEVEN.strip().splitlines())
    row = next(row[1:] for row in rows if int(row[0]) == scores[0])
    mean = f"{(scores[1] + scores[2]) / 2:g}"
    eleven = next(code for code, known in zip(row, means, strict=True) if mean in known.split(","))
    assert (rfm.segments8(one)[0], rfm.segments11(one)[0]) == (eight, eleven)


def test_all_125_at_once_fall_into_eight_and_eleven():
    assert len(set(rfm.segments8(ALL))) == len(EIGHT) and len(set(rfm.segments11(ALL))) == 11
    assert (rfm.segments8(ALL).name, rfm.segments11(ALL).name) == ("segment", "segment")


def test_segments_follow_the_customer_not_the_row_order():
    mixed = ALL.sample(frac=1, random_state=2)
    for name in (rfm.segments8, rfm.segments11):
        pd.testing.assert_series_equal(name(mixed).sort_index(), name(ALL))


def test_overlapping_rules_in_order_are_another_thing():
    """The trap: a later rule overwrites, and the best customer ends up as merely loyal."""
    overwritten = pd.Series("other", index=ALL.index)
    overwritten[(ALL >= 4).all(axis=1)] = "champions"
    overwritten[ALL["f_score"] >= 4] = "loyal_customers"
    best = (ALL == 5).all(axis=1)
    assert overwritten[best].tolist() == ["loyal_customers"]
    assert rfm.segments11(ALL)[best].tolist() == ["champions"]


def test_segment_names_are_in_the_glossary_and_differ():
    codes = [*EIGHT.values(), *sorted(set(rfm.segments11(ALL)))]
    for language in ("en", "zh_cn", "zh_tw"):
        assert len({glossary()[code][language] for code in codes}) == len(codes)


def orders(n=400):
    rng = np.random.default_rng(11)
    return pd.DataFrame(
        {
            "order_id": [f"O{i}" for i in range(n)],
            "customer_id": [f"C{i}" for i in rng.integers(0, 60, n)],
            "order_date": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 365, n), unit="D"),
            "amount": np.round(rng.lognormal(4, 1, n), 2),
        }
    )


def test_several_snapshots_at_once_on_one_yardstick_or_each_on_its_own():
    dates = pd.to_datetime(["2025-06-30", "2025-09-30", "2025-12-31"])
    table = facts_at(orders(), dates)
    cuts = rfm.quantile_cuts(table[dates[0]])
    scores = rfm.rfm_snapshots(table, cuts)
    assert scores.index.names == ["as_of", "customer_id"]
    for date in dates:
        pd.testing.assert_frame_equal(scores.loc[date], rfm.rfm_scores(table[date], cuts), check_names=False)
    own = rfm.rfm_snapshots(table)
    pd.testing.assert_frame_equal(own.loc[dates[2]], rfm.rfm_scores(table[dates[2]]), check_names=False)
    assert not own.equals(scores)


def test_the_future_does_not_reach_an_earlier_snapshot():
    early, late = "2025-06-30", "2025-12-31"
    past = orders()[orders()["order_date"] <= early]
    alone = rfm.rfm_snapshots(facts_at(past, [early]))
    pd.testing.assert_frame_equal(rfm.rfm_snapshots(facts_at(orders(), [early, late])).loc[[early]], alone)


def test_each_line_of_the_verdict_is_where_it_says():
    """100 customers, 180 days of history, an order 30 days ago and 20 who came back are enough, and no less is."""
    border = facts([30] * 100, [1] * 80 + [2] * 20, range(100)).assign(tenure_days=[180] + [30] * 99)
    assert rfm.rfm_verdict(border).enough
    for change, words in [
        (border.iloc[:-1].assign(frequency=2), "Only 99 customers: fifths need at least 100."),
        (border.assign(tenure_days=179), "Only 179 days of history: at least 180"),
        (
            border.assign(recency_days=31),
            "The last order is 31 days old: the data are stale; it should be within 30.",
        ),
        (border.assign(frequency=[1] * 81 + [2] * 19), "Only 19 customers came back: below 20,"),
    ]:
        verdict = rfm.rfm_verdict(change)
        assert not verdict.enough and [words in text.en for text in verdict.lacks] == [True]


def test_history_is_that_of_the_longest_customer_and_recency_stands_in_where_tenure_is_not_known():
    border = facts([0] * 99 + [180], [2] * 100, range(100))
    assert rfm.rfm_verdict(border.assign(tenure_days=np.nan)).enough
    assert rfm.rfm_verdict(border.assign(tenure_days=[200.0] + [1.0] * 99)).enough
    assert not rfm.rfm_verdict(border.assign(tenure_days=[179.0] * 99 + [np.nan], recency_days=0)).enough


def test_verdict_says_what_is_missing_and_how_much_is_needed():
    plenty = facts(range(200), [1] * 90 + [3] * 110, range(200)).assign(tenure_days=365)
    assert rfm.rfm_verdict(plenty).enough
    assert str(rfm.rfm_verdict(plenty)).startswith("There are enough data.")
    for change, words in [
        (plenty.iloc[-99:].assign(recency_days=0), "99 customers"),
        (plenty.assign(tenure_days=90), "90 days of history"),
        (plenty.assign(recency_days=400), "400 days old"),
        (plenty.assign(frequency=1), "0 customers came back"),
    ]:
        verdict = rfm.rfm_verdict(change)
        assert not verdict.enough and len(verdict.lacks) == 1
        assert words in str(verdict)
    assert not rfm.rfm_verdict(plenty.iloc[:0]).enough


def test_a_collapsed_fifth_is_said_and_does_not_forbid():
    table = facts(range(200), [1] * 150 + [3] * 50, range(200)).assign(tenure_days=365)
    verdict = rfm.rfm_verdict(table)
    assert verdict.enough and len(verdict.notes) == 1
    assert "75%" in verdict.notes[0].en and "75%" in verdict.notes[0].zh


def test_cancelled_bulk_orders_do_not_buy_a_place_at_the_top():
    days = pd.date_range("2025-01-01", periods=10)
    table = pd.DataFrame(
        {
            "order_id": [f"O{i}" for i in range(12)],
            "customer_id": [*[f"C{i}" for i in range(10)], "whale", "whale"],
            "order_date": [*days, days[-1], days[-1]],
            "amount": [*[50.0 + i for i in range(10)], 77_183.6, -77_183.6],
        }
    )
    net = rfm.rfm_scores(order_facts(table, "2025-01-31"))
    assert net.loc["whale", "m_score"] == 1
    gross = rfm.rfm_scores(order_facts(table[table["amount"] > 0], "2025-01-31"))
    assert gross.loc["whale", "m_score"] == 5
