"""Order facts: the definitions, the edges, the published numbers, and what plausible wrong versions would give."""

import re
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.facts.line_margin import line_margin
from custseg_helpers.facts.per_customer import (
    facts_at,
    interaction_facts,
    interactions_by,
    money_by,
    order_facts,
    response_facts,
)
from custseg_helpers.facts.text_ids import numbers_in
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

RETAIL = course_root().parent / "shared" / "data" / "online_retail.parquet"
COLUMNS = ["order_id", "customer_id", "order_date", "amount"]


def lines(*rows, columns=COLUMNS):
    table = pd.DataFrame(list(rows), columns=columns)
    table["order_date"] = pd.to_datetime(table["order_date"], format="ISO8601")
    return table


def by_hand(table, as_of):
    """The definitions, one line at a time in plain Python."""
    left_out = dict.fromkeys(
        ("no_customer", "no_order", "no_date", "no_amount", "impossible", "after_as_of", "no_purchase"), 0
    )
    customers = defaultdict(list)
    for row in table.to_dict("records"):
        amount, moment = row["amount"], row["order_date"]
        day = None if pd.isna(moment) else date(moment.year, moment.month, moment.day)
        if pd.isna(row["customer_id"]):
            reason = "no_customer"
        elif pd.isna(row["order_id"]):
            reason = "no_order"
        elif day is None:
            reason = "no_date"
        elif pd.isna(amount):
            reason = "no_amount"
        elif abs(amount) > 1e10 or day <= date(1970, 1, 1):
            reason = "impossible"
        elif day > as_of:
            reason = "after_as_of"
        else:
            customers[row["customer_id"]].append(
                (row["order_id"], day, int(np.floor(amount * 100 + 0.5)), row)
            )
            continue
        left_out[reason] += 1
    rows = {}
    for customer, own in customers.items():
        bought = [(order, day) for order, day, cents, _ in own if cents > 0]
        if not bought:
            left_out["no_purchase"] += len(own)
            continue
        placed = {order: max(day for o, day in bought if o == order) for order, _ in bought}
        days = sorted(set(placed.values()))
        gross = sum(cents for *_, cents, _ in own if cents > 0)
        off = [(cents, row.get("discount")) for *_, cents, row in own if cents > 0]
        known = sum(cents for cents, d in off if d is not None and not pd.isna(d))
        cheaper = sum(cents for cents, d in off if d is not None and not pd.isna(d) and d > 0)
        rows[customer] = {
            "recency_days": (as_of - days[-1]).days,
            "frequency": len(placed),
            "monetary": sum(cents for *_, cents, _ in own) / 100,
            "gross": gross / 100,
            "returned": (gross - sum(cents for *_, cents, _ in own)) / 100,
            "average_order_value": sum(cents for *_, cents, _ in own) / 100 / len(placed),
            "first_order": pd.Timestamp(days[0]),
            "last_order": pd.Timestamp(days[-1]),
            "tenure_days": (as_of - days[0]).days,
            "order_days": len(days),
            "mean_gap_days": (days[-1] - days[0]).days / (len(days) - 1) if len(days) > 1 else np.nan,
            "first_gap_days": float((days[1] - days[0]).days) if len(days) > 1 else np.nan,
            "last_gap_days": float((days[-1] - days[-2]).days) if len(days) > 1 else np.nan,
            "lines": len(own),
            "discount_share": cheaper / known if known else np.nan,
        }
    return rows, left_out


def assert_by_hand(table, as_of):
    found = order_facts(table, as_of)
    rows, left_out = by_hand(table, pd.Timestamp(as_of).date())
    assert found.attrs["left_out"] == left_out
    assert list(found.index) == sorted(rows)
    for customer, expected in rows.items():
        for column, value in expected.items():
            got = found.loc[customer, column]
            assert got == value or (pd.isna(got) and pd.isna(value)), (customer, column, got, value)


ids = st.sampled_from(["张三", "李四", "C1", "C10", "C2", None])
amounts = st.one_of(
    st.integers(-5000, 5000).map(lambda cents: cents / 100),
    st.floats(-1e4, 1e4),
    st.sampled_from([None, float("inf"), 2e10, 0.0, 0.005, -0.005, 1.005]),
)
moments = st.one_of(
    st.datetimes(pd.Timestamp("2024-02-20").to_pydatetime(), pd.Timestamp("2024-03-10").to_pydatetime()),
    st.sampled_from(
        [
            None,
            pd.Timestamp("1970-01-01"),
            pd.Timestamp("2024-02-29"),
            pd.Timestamp("2024-02-29 23:59:59.999"),
        ]
    ),
)
tables = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "D", None]),
        ids,
        moments,
        amounts,
        st.sampled_from([None, -0.1, 0.0, 0.2, 1.0, 1.2]),
    ),
    max_size=40,
).map(lambda rows: lines(*rows, columns=[*COLUMNS, "discount"]).astype({"amount": float, "discount": float}))


@settings(max_examples=150, deadline=None)
@given(tables)
def test_every_definition_against_counting_by_hand(table):
    assert_by_hand(table, "2024-03-05")


@settings(max_examples=50, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_row_order_and_ids_names_do_not_matter_and_nothing_vanishes(table, random):
    before = table.copy(deep=True)
    facts = order_facts(table, "2024-03-05")
    pd.testing.assert_frame_equal(table, before)
    assert facts["lines"].sum() + sum(facts.attrs["left_out"].values()) == len(table)
    shuffled = table.sample(frac=1, random_state=random.randint(0, 9999))
    pd.testing.assert_frame_equal(order_facts(shuffled, "2024-03-05"), facts, check_exact=True)
    renamed = table.assign(customer_id=table["customer_id"].map(lambda c: c if pd.isna(c) else "x" + c))
    other = order_facts(renamed, "2024-03-05")
    assert other.index.tolist() == ["x" + c for c in facts.index]
    assert (other.to_numpy() == facts.to_numpy()).sum() == facts.notna().to_numpy().sum()


def test_recency_counts_calendar_days_not_floored_hours():
    table = lines(("A", "C1", "2025-03-01 23:59", 5.0), ("B", "C2", "2025-03-02 00:00", 5.0))
    assert order_facts(table, "2025-03-02 08:00")["recency_days"].tolist() == [1, 0]
    assert ((pd.Timestamp("2025-03-02 08:00") - table["order_date"]).dt.days).tolist() == [0, 0]


def test_an_order_on_the_snapshot_day_counts_whatever_the_hour():
    table = lines(("A", "C1", "2025-03-02 23:59:59", 5.0), ("B", "C1", "2025-03-03 00:00", 7.0))
    facts = order_facts(table, "2025-03-02")
    assert facts["monetary"].tolist() == [5.0]
    assert facts.attrs["left_out"]["after_as_of"] == 1


def test_leap_day():
    facts = order_facts(lines(("A", "C1", "2024-02-28", 5.0), ("B", "C1", "2024-02-29", 5.0)), "2024-03-01")
    assert facts[["recency_days", "tenure_days", "last_gap_days"]].values.tolist() == [[1, 2, 1]]


def test_the_time_zone_of_the_snapshot_day_decides_which_day_it_was():
    table = lines(("A", "C1", "2024-02-28 16:30", 5.0)).assign(
        order_date=lambda t: t["order_date"].dt.tz_localize("UTC")
    )
    shanghai = order_facts(table, pd.Timestamp("2024-03-01", tz="Asia/Shanghai"))
    assert shanghai["last_order"].tolist() == [pd.Timestamp("2024-02-29")]
    assert order_facts(table, "2024-03-01")["last_order"].tolist() == [pd.Timestamp("2024-02-28")]


def test_a_return_lowers_money_and_is_neither_order_nor_recency():
    table = lines(
        ("A", "C1", "2025-01-10", 100.0), ("R", "C1", "2025-01-20", -40.0), ("S", "C2", "2025-01-20", -9.0)
    )
    facts = order_facts(table, "2025-01-31")
    assert facts.index.tolist() == ["C1"]
    row = facts.loc["C1"]
    assert (row["frequency"], row["recency_days"], row["monetary"]) == (1, 21, 60)
    assert (row["gross"], row["returned"], row["lines"]) == (100, 40, 2)
    assert facts.attrs["left_out"]["no_purchase"] == 1


def test_orders_are_distinct_numbers_and_one_number_may_belong_to_two_customers():
    table = lines(*[("A", c, "2025-01-10", 1.0) for c in ("C1", "C1", "C2")], ("B", "C1", "2025-01-10", 1.0))
    facts = order_facts(table, "2025-01-31")
    assert facts["frequency"].tolist() == [2, 1]
    assert facts["order_days"].tolist() == [1, 1]
    assert facts["mean_gap_days"].isna().all()


def test_cents_are_summed_whole():
    table = lines(*[(str(i), "C1", "2025-01-10", 0.1) for i in range(1000)])
    assert order_facts(table, "2025-01-31")["monetary"].tolist() == [100.0]
    assert table["amount"].cumsum().iloc[-1] != 100.0


def test_empty_and_one():
    empty = order_facts(lines(), "2025-01-31")
    one = order_facts(lines(("A", "C1", "2025-01-31", 5.0)), "2025-01-31")
    assert len(empty) == 0 and len(one) == 1
    assert empty.columns.equals(one.columns) and empty.index.name == one.index.name == "customer_id"
    assert (empty.dtypes == one.dtypes).all()
    assert one["recency_days"].tolist() == [0]


@pytest.mark.parametrize("kind", ["category", "object", "int32", "float64", "Int64", "string"])
def test_ids_of_any_type_are_kept_as_they_are(kind):
    names = {"int32": [7, 5, 7], "float64": [7.0, 5.0, 7.0], "Int64": [7, 5, 7]}.get(kind, ["b", "a", "b"])
    table = lines(*[("A", name, "2025-01-10", 1.0) for name in names]).astype({"customer_id": kind})
    assert order_facts(table, "2025-01-31").index.tolist() == sorted(set(names))


@pytest.mark.parametrize(
    ("ids", "numbers"),
    [
        (["C007", "C012", "C007"], [7, 12, 7]),
        (["会员1号", "会员9号"], [1, 9]),
        (["A1B2", "A2B2", "A1B3"], [12, 22, 13]),
        (["C1", "C1"], [0, 0]),
        (["C1", "C10"], None),
        (["C1", "D1"], None),
        (["C1", None], None),
        (["-1", "+1"], None),
        (["1" * 19, "2" * 19], None),
        ([], None),
    ],
)
def test_a_number_in_a_fixed_frame_is_read_and_any_other_text_is_not(ids, numbers):
    pytest.importorskip("pyarrow")
    found = numbers_in(pd.Series(ids, dtype="string[pyarrow]"))
    assert (found is None) == (numbers is None)
    assert found is None or found.tolist() == numbers
    part = pd.Series(["odd one out", *ids], dtype="string[pyarrow]").iloc[1:]
    again = numbers_in(part)
    assert (again is None) == (numbers is None) and (again is None or again.tolist() == numbers)


def test_framed_numbers_as_ids_count_as_other_text_does():
    rng = np.random.default_rng(2)
    rows = [(f"SO-{rng.integers(0, 90):06d}", f"客{rng.integers(0, 20) * 7:04d}") for _ in range(400)]
    table = lines(*[(order, who, "2025-01-10", float(n % 50)) for n, (order, who) in enumerate(rows)])
    framed = table.astype({"customer_id": "string[pyarrow]", "order_id": "string[pyarrow]"})
    plain = table.astype({"customer_id": object, "order_id": object})
    pd.testing.assert_frame_equal(order_facts(framed, "2025-01-31"), order_facts(plain, "2025-01-31"))


def test_dates_without_hours_from_arrow():
    pyarrow = pytest.importorskip("pyarrow")
    table = lines(("A", "C1", "2025-01-10", 1.0), ("B", "C1", None, 1.0))
    arrow = table.assign(order_date=table["order_date"].astype(pd.ArrowDtype(pyarrow.date32())))
    pd.testing.assert_frame_equal(order_facts(arrow, "2025-01-31"), order_facts(table, "2025-01-31"))


def test_wide_spread_numbers_as_ids():
    table = lines(("A", -(2**62), "2025-01-10", 1.0), ("B", 2**62, "2025-01-10", 1.0))
    assert order_facts(table, "2025-01-31").index.tolist() == [-(2**62), 2**62]


def test_repeated_row_labels_do_no_harm():
    table = lines(("A", "C1", "2025-01-10", 1.0), ("B", None, "2025-01-10", 1.0)).set_axis([0, 0])
    assert order_facts(table, "2025-01-31")["monetary"].tolist() == [1.0]


def test_margin_is_what_was_paid_less_what_it_cost():
    table = lines(
        ("A", "C1", "2025-01-10", 90.0, "P", 1),
        ("B", "C1", "2025-01-12", -90.0, "P", -1),
        ("B", "C2", "2025-01-12", 180.0, "P", 2),
        ("C", "C2", "2025-01-12", 50.0, "unheard of", 1),
        columns=[*COLUMNS, "product_id", "quantity"],
    )
    products = pd.DataFrame({"product_id": ["P"], "price": [100.0], "margin_rate": [0.3]})
    assert order_facts(table, "2025-01-31", products=products)["margin"].tolist() == [0.0, 40.0]


def test_average_order_value_is_net_of_returns_and_a_return_is_no_order():
    table = lines(
        ("A", "C1", "2025-01-10", 100.0), ("B", "C1", "2025-01-12", 50.0), ("C", "C1", "2025-01-20", -30.0)
    )
    assert order_facts(table, "2025-01-31")["average_order_value"].tolist() == [60.0]


@pytest.mark.parametrize("pieces", [1, 3, 1000, -7])
def test_margin_does_not_round_the_cost_of_one_piece(pieces):
    """18.8 yuan less 17 % is 15.604 a piece: a cost of 15.60 would be wrong by 4 yuan in 1,000 pieces."""
    table = lines(
        ("A", "C1", "2025-01-10", 20_000.0, "P", 0),
        ("B", "C1", "2025-01-11", 0.0, "P", pieces),
        columns=[*COLUMNS, "product_id", "quantity"],
    )
    products = pd.DataFrame({"product_id": ["P"], "price": [18.8], "margin_rate": [0.17]})
    expected = 20_000 - Fraction("15.604") * pieces
    assert order_facts(table, "2025-01-31", products=products)["margin"].tolist() == [float(expected)]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_margin_of_the_facts_is_the_margin_of_the_course(sample):
    """Whoever adds up lesson 03's formula line by line finds the facts' column, and each passes the check."""
    company = load_sample(sample)
    facts = order_facts(company.orders, company.as_of, products=company.products)
    by_hand = company.orders.merge(company.products, on="product_id")
    cost = by_hand["quantity"] * by_hand["price"] * (1 - by_hand["margin_rate"])
    margin = (by_hand["amount"] - cost).groupby(by_hand["customer_id"]).sum()
    assert (facts["margin"] - margin).abs().max() < 1e-6
    task = exercise("value-4")
    answers = (facts["margin"], margin, facts["margin"] + 0.05)
    assert [judge(task, answer, company).outcome for answer in answers] == ["passed", "passed", "wrong"]


def test_what_people_get_wrong_is_said_in_words():
    table = lines(("A", "C1", "2025-01-10", 1.0))
    for wrong, place in [
        (table.drop(columns="amount"), "amount"),
        (table.assign(order_date="2025-01-10"), "order_date"),
        (table.assign(amount="twelve"), "amount"),
    ]:
        with pytest.raises(UserError, match=place):
            order_facts(wrong, "2025-01-31")
    with pytest.raises(UserError, match="pandas"):
        order_facts(SimpleNamespace(columns=COLUMNS), "2025-01-31")


def test_several_days_look_at_nothing_later():
    table = lines(
        *[(str(i), "C1", pd.Timestamp("2025-01-01") + timedelta(days=30 * i), 10.0) for i in range(6)]
    )
    days = ["2025-01-31", "2025-03-31"]
    for day, facts in facts_at(table, days).items():
        past = table[table["order_date"] <= day]
        pd.testing.assert_frame_equal(facts, order_facts(past, day))


def retail_lines():
    if not RETAIL.exists():
        pytest.skip("../shared/data/online_retail.parquet is not here")
    raw = pd.read_parquet(RETAIL)
    return pd.DataFrame(
        {
            "order_id": raw["InvoiceNo"],
            "customer_id": raw["CustomerID"],
            "order_date": raw["InvoiceDate"],
            "amount": raw["Quantity"] * raw["UnitPrice"],
            "cancelled": raw["InvoiceNo"].str.startswith("C"),
            "clean": (raw["Quantity"] > 0) & (raw["UnitPrice"] > 0),
        }
    )


def test_online_retail_as_published():
    table = retail_lines()
    clean = order_facts(table[table["clean"] & ~table["cancelled"]], "2011-12-10")
    assert len(clean) == 4338
    assert clean["lines"].sum() == 397_884
    assert clean["frequency"].sum() == 18_532
    assert round(clean["monetary"].sum(), 2) == 8_911_407.90
    assert clean.attrs["left_out"]["no_customer"] == (table["clean"] & table["customer_id"].isna()).sum()


def test_online_retail_cancelled_orders_make_nobody_rich():
    facts = order_facts(retail_lines(), "2011-12-10")
    assert facts.attrs["left_out"]["no_customer"] == 135_080
    assert facts["lines"].sum() + sum(facts.attrs["left_out"].values()) == 541_909
    assert facts.loc[[12346.0, 16446.0], "monetary"].tolist() == [0.0, 2.9]
    assert facts.loc[12346.0, "gross"] == 77_183.6


COLOURS = [*COLUMNS, "channel", "discount", "product_id"]


def coloured():
    return lines(
        ("A", "C1", "2024-12-31", 10.0, "app", 0.0, "P1"),
        ("A", "C1", "2024-12-31", 20.0, "app", 0.2, "P2"),
        ("B", "C1", "2025-03-01", -5.0, "store", None, "P2"),
        ("C", "C2", "2025-03-01", 7.0, None, 0.1, "P9"),
        ("D", "C3", "2025-03-01", -7.0, "app", 0.0, "P1"),
        ("E", None, "2025-03-01", 7.0, "app", 0.0, "P1"),
        columns=COLOURS,
    )


PRODUCTS = pd.DataFrame({"product_id": ["P1", "P2"], "category": ["tea", "rice"]})


@pytest.mark.parametrize(
    ("by", "columns", "values"),
    [
        ("channel", ["app", "store", "unknown"], [[30, -5, 0], [0, 0, 7]]),
        ("discount", ["discounted", "full_price", "unknown"], [[20, 10, -5], [7, 0, 0]]),
        ("category", ["rice", "tea", "unknown"], [[15, 10, 0], [0, 0, 7]]),
        ("month", ["2024-12", "2025-01", "2025-02", "2025-03"], [[30, 0, 0, -5], [0, 0, 0, 7]]),
        ("quarter", ["2024-Q4", "2025-Q1"], [[30, -5], [0, 7]]),
        ("year", ["2024", "2025"], [[30, -5], [0, 7]]),
    ],
)
def test_money_by(by, columns, values):
    table = money_by(coloured(), by, products=PRODUCTS)
    assert table.columns.tolist() == columns
    assert table.values.tolist() == values
    assert table.index.tolist() == ["C1", "C2"] and table.index.name == "customer_id"
    assert table.attrs["left_out"] == order_facts(coloured(), "2025-12-31").attrs["left_out"]
    assert table.sum(axis=1).tolist() == order_facts(coloured(), "2025-12-31")["monetary"].tolist()


def test_a_price_above_the_list_is_known_and_not_below_it():
    """A discount below 0 counts as full price, one above 1 as below the list, in both places where it is asked."""
    table = lines(
        ("A", "C1", "2024-12-31", 30.0, -0.1),
        ("A", "C1", "2024-12-31", 10.0, 1.2),
        ("A", "C1", "2024-12-31", 60.0, None),
        ("B", "C2", "2024-12-31", 5.0, -0.1),
        columns=[*COLUMNS, "discount"],
    )
    assert order_facts(table, "2025-12-31")["discount_share"].tolist() == [0.25, 0.0]
    money = money_by(table, "discount")
    assert money.to_dict("index") == {
        "C1": {"discounted": 10.0, "full_price": 30.0, "unknown": 60.0},
        "C2": {"discounted": 0.0, "full_price": 5.0, "unknown": 0.0},
    }


def test_money_by_up_to_a_day_and_of_nothing():
    table = money_by(coloured(), "channel", as_of="2024-12-31")
    assert table.to_dict("index") == {"C1": {"app": 30.0}}
    assert table.attrs["left_out"]["after_as_of"] == 3
    assert money_by(coloured().iloc[:0], "month").shape == (0, 0)
    with pytest.raises(UserError, match="products"):
        money_by(coloured(), "category")
    with pytest.raises(UserError, match="rep_id"):
        money_by(coloured(), "rep_id")


def interactions():
    return pd.DataFrame(
        {
            "customer_id": ["C1", "C1", "C1", "C2", None, "C2", "C3"],
            "interaction_date": pd.to_datetime(
                [
                    "2025-03-01",
                    "2025-03-11 22:00",
                    "2025-03-11",
                    "2025-02-01",
                    "2025-02-01",
                    None,
                    "2025-06-01",
                ],
                format="ISO8601",
            ),
            "kind": ["view", "survey", "service", "cart", "view", "view", "view"],
            "score": [np.nan, 4, 5, np.nan, np.nan, np.nan, np.nan],
            "product_id": ["P1", None, None, "P2", "P1", "P1", "P1"],
        }
    )


def test_interactions():
    facts = interaction_facts(interactions(), "2025-03-12")
    assert facts.index.tolist() == ["C1", "C2"]
    assert facts[["interactions", "views", "carts", "services", "surveys"]].values.tolist() == [
        [3, 1, 0, 1, 1],
        [1, 0, 1, 0, 0],
    ]
    assert facts["interaction_recency_days"].tolist() == [1, 39]
    assert facts["satisfaction"].tolist()[0] == 4.5 and pd.isna(facts["satisfaction"].iloc[1])
    assert facts.attrs["left_out"] == {"no_customer": 1, "no_date": 1, "impossible": 0, "after_as_of": 1}
    assert interaction_facts(interactions().iloc[:0], "2025-03-12").columns.equals(facts.columns)


def test_a_score_of_nothing_is_a_score():
    scored = interactions().assign(score=[np.nan, 4, 0, np.nan, np.nan, np.nan, np.nan])
    facts = interaction_facts(scored, "2025-03-12")
    assert facts["satisfaction"].tolist()[0] == 2


def test_a_line_of_one_cent_makes_an_order():
    lines = coloured().iloc[:1].assign(amount=0.01)
    assert money_by(lines, "month").to_numpy().tolist() == [[0.01]]


def test_interest_by_category():
    table = interactions_by(interactions(), "category", as_of="2025-03-12", products=PRODUCTS)
    assert table.to_dict("index") == {"C1": {"rice": 0, "tea": 1}, "C2": {"rice": 1, "tea": 0}}


def test_responses():
    table = pd.DataFrame(
        {
            "customer_id": ["C1", "C1", "C1", "C2", None],
            "arm": ["treatment", "treatment", "holdout", "holdout", "treatment"],
            "attended": [True, None, True, None, True],
            "converted": [True, False, True, True, True],
            "feedback_score": [4.0, np.nan, np.nan, np.nan, 1.0],
            "amount": [10.1, 0.2, 50.0, 9.0, 9.0],
            "cost": [1.0, 1.0, 0.0, 0.0, 1.0],
        }
    )
    facts = response_facts(table)
    assert facts.index.tolist() == ["C1", "C2"]
    assert facts[["contacted", "held_out", "attended", "converted"]].values.tolist() == [
        [2, 1, 1, 1],
        [0, 1, 0, 0],
    ]
    assert facts["response_rate"].tolist()[0] == 0.5 and pd.isna(facts["response_rate"].iloc[1])
    assert facts["feedback_score"].tolist()[0] == 4.0 and facts["purchase_intent"].isna().all()
    assert facts[["campaign_spend", "contact_cost"]].values.tolist() == [[10.3, 2.0], [0.0, 0.0]]
    assert facts.attrs["left_out"] == {"no_customer": 1}


def test_the_rate_of_a_customer_contacted_once_is_known():
    once = pd.DataFrame({"customer_id": ["C1"], "arm": ["treatment"], "converted": [True]})
    assert response_facts(once)["response_rate"].tolist() == [1.0]


WRONG = {
    "lines instead of orders": lambda t: t[t["amount"] > 0].groupby("customer_id")["order_id"].count(),
    "returns counted as orders": lambda t: t.groupby("customer_id")["order_id"].nunique(),
    "recency with returns": lambda t: (
        (pd.Timestamp("2025-01-31") - t.groupby("customer_id")["order_date"].max()).dt.days
    ),
    "recency from the first order": lambda t: (
        (pd.Timestamp("2025-01-31") - t[t["amount"] > 0].groupby("customer_id")["order_date"].min()).dt.days
    ),
    "money without returns": lambda t: t[t["amount"] > 0].groupby("customer_id")["amount"].sum(),
}
MEASURE = {"lines": "frequency", "returns": "frequency", "recency": "recency_days", "money": "monetary"}


@pytest.mark.parametrize("wrong", WRONG)
def test_plausible_wrong_versions_differ(wrong):
    table = lines(
        ("A", "C1", "2025-01-10", 100.0),
        ("A", "C1", "2025-01-10", 50.0),
        ("B", "C1", "2025-01-15", 50.0),
        ("R", "C1", "2025-01-20", -40.0),
    )
    right = order_facts(table, "2025-01-31")[MEASURE[wrong.split()[0]]]
    assert WRONG[wrong](table).tolist() != right.tolist()


FORMULAS = r"(monetary|gross)\W* / (\w+\W+)?frequency|1 - (\w+[^\w\n]+)?margin_rate"
TAUGHT = {
    "01_tags/lesson.py",
    "03_value/answers.py",
    "03_value/exercise.py",
    "03_value/lesson.py",
    "07_quadrant/answers.py",
    "12_goals/exercise.py",
}


def test_the_margins_of_the_lines_add_up_to_the_margin_of_the_facts():
    company = load_sample("retail")
    lines = company.orders.assign(margin=line_margin(company.orders, company.products))
    whole = order_facts(company.orders, company.as_of, products=company.products)["margin"]
    summed = lines.groupby("customer_id")["margin"].sum().reindex(whole.index)
    assert (summed - whole).abs().max() < 0.01


def test_average_order_value_and_margin_are_computed_in_the_facts_alone():
    """Elsewhere only of facts that a warehouse counted, and where a learner computes by hand or mistakes the measure."""
    root = course_root()
    files = [*(root / "custseg_helpers").rglob("*.py"), *(root / "custseg_helpers").rglob("*.yaml")]
    files = [file for file in files if file.parent.name != "facts" and file.name != "handed_over.py"]
    files += [
        f
        for f in (root / "lessons").rglob("*.py")
        if f.relative_to(root / "lessons").as_posix() not in TAUGHT
    ]
    assert [file.name for file in files if re.search(FORMULAS, file.read_text(encoding="utf-8"))] == []
    assert re.search(FORMULAS, 'facts["gross"] / facts["frequency"]')
    assert re.search(FORMULAS, 'price * (1 - lines["margin_rate"])') and re.search(
        FORMULAS, "gross / frequency"
    )
