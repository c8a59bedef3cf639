import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action import recommend
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])


def bought(baskets, day="2026-01-05"):
    """One row a product: `baskets` maps (customer, order) to a text of one-letter products."""
    rows = [(o, c, pd.Timestamp(day), p) for (c, o), products in baskets.items() for p in products]
    return pd.DataFrame(rows, columns=["order_id", "customer_id", "order_date", "product_id"])


TRIPS = {
    ("c1", "o1"): "AB",
    ("c2", "o2"): "AB",
    ("c3", "o3"): "ABC",
    ("c4", "o4"): "A",
    ("c5", "o5"): "CD",
    ("c6", "o6"): "D",
}


def test_tea_and_coffee_of_the_textbook():
    """Tan, Steinbach & Kumar (2006), table 6.8: tea → coffee is confident, and yet its lift is below 1."""
    orders = [("TC", 150), ("T", 50), ("C", 650), ("X", 150)]
    baskets = {(f"c{p}{n}", f"o{p}{n}"): p for p, number in orders for n in range(number)}
    rules = recommend.association_rules(bought(baskets)).set_index(["product_id", "next_product"])
    tea_to_coffee = rules.loc[("T", "C")]
    assert tea_to_coffee[["count", "support", "confidence", "lift"]].tolist() == [150, 0.15, 0.75, 0.9375]
    advice = recommend.next_best(
        bought({**baskets, ("new", "o"): "T"}), rules.reset_index(), customers=pd.Index(["new"]), top=1
    )
    assert advice["reason"].tolist() == ["popular"]


def test_three_baskets_prove_nothing():
    assert recommend.association_rules(bought(TRIPS)).empty
    few = recommend.association_rules(bought(TRIPS), min_count=3)
    assert few[["product_id", "next_product"]].to_numpy().tolist() == [["B", "A"], ["A", "B"]]
    assert recommend.association_rules(bought(TRIPS), min_count=1, min_support=0.5)["support"].tolist() == [
        0.5,
        0.5,
    ]
    with pytest.raises(UserError, match="min_support"):
        recommend.association_rules(bought(TRIPS), min_support=5)


def test_the_same_product_twice_in_a_basket_counts_once():
    twice = pd.concat([bought(TRIPS), bought(TRIPS)])
    pd.testing.assert_frame_equal(
        recommend.association_rules(twice, min_count=1),
        recommend.association_rules(bought(TRIPS), min_count=1),
    )


def test_returns_and_unknown_customers_are_not_purchases():
    orders = pd.DataFrame(
        {
            "order_id": ["o1", "o1", "o2", "o3"], "customer_id": ["c1", "c1", None, "c2"], "quantity": [1, 2, 1, -1],
            "product_id": ["A", "A", "A", "A"], "order_date": pd.Timestamp("2026-01-05"),
        }
    )  # fmt: skip
    found = recommend.purchases(orders)
    assert len(found) == 1
    assert found.attrs["left_out"] == {"returns": 1, "no_id": 1}


def test_repeatable_needs_two_days():
    first, second = bought({("c1", "o1"): "AB", ("c2", "o2"): "A"}), bought({("c1", "o3"): "A"}, "2026-02-05")
    same_day = bought({("c1", "o4"): "B"})
    assert recommend.repeatable_products(pd.concat([first, second, same_day]), share=0.5) == ["A"]


baskets = st.dictionaries(
    st.tuples(st.sampled_from(["c1", "c2", "c3", "c4"]), st.integers(0, 6).map(str)),
    st.text("ABCDE", min_size=1, max_size=4),
    min_size=1,
    max_size=12,
)


def law_of_rules(function):
    @quiet
    @given(baskets)
    def measures_follow_their_definition(given_baskets):
        trips = {order: set(products) for (_, order), products in given_baskets.items()}
        rows = bought({("c", order): sorted(products) for order, products in trips.items()})
        rules = function(rows)
        number = len(trips)
        for rule in rules.itertuples():
            has_a, has_b, both = (
                sum(part <= products for products in trips.values())
                for part in ({rule.product_id}, {rule.next_product}, {rule.product_id, rule.next_product})
            )
            assert rule.product_id != rule.next_product and rule.count == both
            assert (rule.support, rule.confidence) == (both / number, both / has_a)
            assert rule.lift == pytest.approx(both * number / has_a / has_b)
        pd.testing.assert_frame_equal(function(rows[::-1]), rules)

    measures_follow_their_definition()


def test_measures_follow_their_definition():
    law_of_rules(lambda rows: recommend.association_rules(rows, min_count=1, min_support=0))


def test_counterfeit_share_of_the_other_product_is_caught():
    def swapped(rows):
        rules = recommend.association_rules(rows, min_count=1, min_support=0)
        return rules.rename(columns={"product_id": "next_product", "next_product": "product_id"})

    with pytest.raises(AssertionError):
        law_of_rules(swapped)


def advise(rows, **given):
    return recommend.next_best(rows, recommend.association_rules(rows, min_count=1, min_support=0), **given)


def law_of_advice(function):
    @quiet
    @given(baskets, st.sets(st.sampled_from("ABCDE")))
    def nobody_gets_what_they_have_unless_repeatable(given_baskets, repeatable):
        rows = bought(given_baskets).drop_duplicates(["order_id", "customer_id", "product_id"])
        advice = function(rows, repeatable=repeatable)
        has = set(zip(rows["customer_id"], rows["product_id"], strict=True))
        given_ = set(zip(advice["customer_id"], advice["product_id"], strict=True))
        assert all(product in repeatable for _, product in given_ & has)
        assert len(given_) == len(advice)
        pd.testing.assert_frame_equal(
            function(rows.sample(frac=1, random_state=1), repeatable=repeatable), advice
        )

    nobody_gets_what_they_have_unless_repeatable()


def test_advice_is_new_or_repeatable_and_does_not_depend_on_the_order():
    law_of_advice(advise)


def test_counterfeit_bestseller_for_everyone_is_caught():
    def bestseller(rows, repeatable):
        top = rows["product_id"].value_counts().sort_index().idxmax()
        return pd.DataFrame({"customer_id": sorted(set(rows["customer_id"])), "product_id": top})

    with pytest.raises(AssertionError):
        law_of_advice(bestseller)


def test_the_reason_is_named():
    rules = recommend.association_rules(bought(TRIPS), min_count=2)
    advice = recommend.next_best(bought(TRIPS), rules, customers=pd.Index(["c4", "nobody"]), top=1)
    assert advice[["customer_id", "product_id", "reason"]].to_numpy().tolist() == [
        ["c4", "B", "copurchase"],
        ["nobody", "A", "popular"],
    ]
    assert advice["because"].fillna("-").tolist() == ["A", "-"]
    assert advice["score"].tolist() == pytest.approx([0.75, 4 / 6])


def test_interest_turns_the_advice():
    products = pd.DataFrame({"product_id": list("ABCD"), "category": ["tea", "tea", "rice", "rice"]})
    money = pd.DataFrame({"tea": [0.0, 10.0], "rice": [90.0, 10.0]}, index=["nobody", "c9"])
    interest = recommend.interest_lift(money)
    assert interest.loc["nobody"].tolist() == pytest.approx([0.5, (1 + 0.75) / (2 * 0.75)])
    advice = recommend.next_best(
        bought(TRIPS), recommend.association_rules(bought(TRIPS)), customers=pd.Index(["nobody"]),
        products=products, interest=interest, top=2,
    )  # fmt: skip
    assert advice[["product_id", "reason"]].to_numpy().tolist() == [["C", "interest"], ["D", "interest"]]
    with pytest.raises(UserError, match="products"):
        recommend.next_best(bought(TRIPS), recommend.association_rules(bought(TRIPS)), interest=interest)


def test_interest_lift_is_calm():
    money = pd.DataFrame(
        {"tea": [100.0, 0.0, 0.0, -5.0], "rice": [0.0, 1.0, 100.0, np.nan]}, index=list("abcd")
    )
    lift = recommend.interest_lift(money)
    assert lift.to_numpy().max() < 2.1 and lift.to_numpy().min() == 0.5
    assert lift.loc["d"].tolist() == [1.0, 1.0]
    assert lift.loc["b"].tolist() == lift.loc["c"].tolist()


def test_chunks_do_not_show(monkeypatch):
    whole = advise(bought(TRIPS))
    monkeypatch.setattr(recommend, "CHUNK", 2)
    pd.testing.assert_frame_equal(advise(bought(TRIPS)), whole)


def test_nobody_gets_nothing():
    rows = bought(TRIPS)
    assert advise(rows, customers=pd.Index([])).empty
    assert recommend.association_rules(rows[:0]).empty


def test_hit_rate_counts_customers_who_came_back():
    advice = pd.DataFrame({"customer_id": ["a", "a", "b", "c"], "product_id": ["A", "B", "A", "A"]})
    later = bought({("a", "o1"): "BC", ("b", "o2"): "C"})
    assert recommend.hit_rate(advice, later) == 0.5
    assert np.isnan(recommend.hit_rate(advice, later[:0]))
