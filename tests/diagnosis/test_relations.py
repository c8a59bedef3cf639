"""A wrong answer that is the right one, or a listed mistake, in another form is told as that; so is a company's number."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.diagnosis.case import Case, Wrong
from custseg_helpers.diagnosis.company_columns import company_column
from custseg_helpers.diagnosis.company_numbers import WORDS, catalogue, company_number
from custseg_helpers.diagnosis.compare import difference
from custseg_helpers.diagnosis.diagnose import diagnose
from custseg_helpers.diagnosis.relations import another_answer, from_mistake, near_mistake, related
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.words.text import T

COMPANY = load_sample("retail")
FACTS = order_facts(COMPANY.orders, COMPANY.as_of)
ADVICE = T(zh="退货没有减掉。", en="Returns are not taken off.")


def case(right, given, *wrongs, others=()):
    known = tuple(Wrong(f"m{n}", value, ADVICE) for n, value in enumerate(wrongs, 1))
    return Case(right, given, COMPANY, difference, known, lambda: others)


def test_the_right_answer_in_another_form_is_told_and_the_rest_called_right():
    found = related(case(FACTS["monetary"], FACTS["monetary"] / 10000))
    assert found.cause == "relation:divided_by_10000"
    assert "万" in found.text.en and found.text.en.endswith("The rest is right.")


def test_a_listed_mistake_in_another_form_is_told_with_its_advice():
    found = from_mistake(case(FACTS["monetary"], FACTS["gross"].tolist(), FACTS["gross"]))
    assert found.cause == "relation:keys_lost+mistake:m1"
    assert ADVICE.en in found.text.en and ADVICE.zh in found.text.zh


def test_two_mistakes_that_fit_alike_are_not_told_apart():
    gross = FACTS["gross"]
    assert from_mistake(case(FACTS["monetary"], gross * 100, gross, gross * 10_000)) is None


def test_two_listed_mistakes_at_once_are_recognised():
    right = FACTS["monetary"].sum() / len(FACTS)
    money, people = FACTS["gross"].sum() / len(FACTS), FACTS["monetary"].sum() / len(COMPANY.customers)
    found = near_mistake(case(right, FACTS["gross"].sum() / len(COMPANY.customers), money, people))
    assert found.cause == "relation:both+mistake:m1+mistake:m2"


def test_nearly_a_listed_mistake_has_bounds():
    gross = FACTS["gross"].copy()
    differ = np.flatnonzero((FACTS["gross"] != FACTS["monetary"]).to_numpy())
    gross.iloc[differ[:5]] += 3
    assert near_mistake(case(FACTS["monetary"], gross, FACTS["gross"])).cause == "relation:nearly+mistake:m1"
    gross.iloc[differ[: len(differ) // 2]] += 3
    assert near_mistake(case(FACTS["monetary"], gross, FACTS["gross"])) is None
    assert near_mistake(case(0.3718, 0.42103, 0.421)).cause == "relation:nearly+mistake:m1"
    assert near_mistake(case(0.3718, 0.424, 0.421)) is None


def test_the_answer_to_another_exercise_is_told_by_its_id():
    often = T(zh="每位客户买了几次", en="How often each customer bought")
    others = [("rfm-monetary", often, FACTS["monetary"]), ("rfm-frequency", often, FACTS["frequency"])]
    found = another_answer(case(FACTS["recency_days"], FACTS["frequency"], others=others))
    assert (
        found.cause == "relation:answer_to=rfm-frequency"
        and "“每位客户买了几次”（`rfm-frequency`）" in found.text.zh
    )
    assert another_answer(case(12964, 47, others=[("python-mend", often, 47)])) is None


@pytest.mark.parametrize(
    ("right", "given", "cause", "words"),
    [
        (
            12964,
            2623,
            "company:buyers",
            "2,623 is the number of customers who bought. What is asked is the number of purchase orders.",
        ),
        (
            0.2931757529546321,
            769 / 3000,
            "company:divided_by=registered+not=buyers",
            "divide by the number of customers who bought",
        ),
        (0.2931757529546321, 769, "company:once", "769 is the number of customers who bought once."),
        (532.456, 532.456 * 2623, "company:not_divided_by=buyers", "one step is missing"),
        (939, 939 / 2623, "company:divided_by=buyers", "the number itself is wanted"),
    ],
)
def test_numbers_of_the_company(right, given, cause, words):
    found = company_number(case(right, given))
    assert found.cause == cause and words in found.text.en


@pytest.mark.parametrize(
    ("right", "given"), [(12964, 2624), (303, 47), (0.5, 0.25), (12964, 12000), (0.29, "b")]
)
def test_other_numbers_are_no_numbers_of_the_company(right, given):
    assert company_number(case(right, given)) is None


def test_a_count_for_a_share_is_told_with_the_company_s_name_for_the_total_where_it_has_one():
    assert diagnose(case(769 / 2623, 769)).cause == "company:not_divided_by=buyers"
    assert diagnose(case(769 / 2611, 769)).cause == "relation:total"


def test_a_column_divided_by_another_number_of_the_company():
    share = FACTS["monetary"].groupby(FACTS["frequency"].clip(upper=5)).count() / len(FACTS)
    found = diagnose(case(share, share * len(FACTS) / len(COMPANY.customers)))
    assert found.cause == "company:divided_by=registered+not=buyers"


def test_an_average_of_each_customer_where_the_total_is_asked():
    mean = COMPANY.orders.groupby("customer_id")["amount"].mean().reindex(FACTS.index)
    found = company_column(case(FACTS["monetary"], mean))
    assert found.cause == "company:column=mean_line" and "What is asked is net sales" in found.text.en
    found = company_column(case(FACTS["monetary"].round(1), FACTS["monetary"].round(1) / FACTS["frequency"]))
    assert found.cause == "company:average_by=orders"


def test_a_column_of_the_company_is_called_by_its_name():
    lines = COMPANY.orders.groupby("customer_id").size()
    found = company_column(case(FACTS["frequency"], lines))
    assert found.cause == "company:column=lines"
    assert (
        "the number of order lines with returns. What is asked is the number of purchase orders."
        in found.text.en
    )
    by_region = COMPANY.orders.merge(COMPANY.customers, on="customer_id").groupby("region")
    money, people = by_region["amount"].sum(), by_region["order_id"].nunique()
    found = company_column(case(money / money.sum(), people / people.sum()))
    assert found.cause == "company:share_of=all_orders"


def test_the_first_by_another_measure_are_recognised():
    by_product = COMPANY.orders.groupby("product_id")
    money, pieces = by_product["amount"].sum(), by_product["amount"].max()
    asked = money.sort_values(ascending=False).index[:5].tolist()
    found = company_column(case(asked, pieces.sort_values(ascending=False).index[:5].tolist()))
    assert found.cause == "company:first_by=largest_line"


def test_every_number_of_the_catalogue_has_words_and_the_samples_tell_most():
    for name in ("retail", "b2b", "pharma", "finance", "education"):
        known = catalogue(load_sample(name))
        assert set(known) <= set(WORDS) and len(known) >= 35


def test_a_company_without_a_table_has_a_shorter_catalogue():
    class Bare:
        def __getattr__(self, name):
            raise KeyError(name)

    assert catalogue(Bare()) == {}


def test_a_column_no_relation_explains_is_left_to_the_layers_below():
    noise = pd.Series(np.random.default_rng(1).uniform(1, 900, len(FACTS)), FACTS.index)
    assert related(case(FACTS["monetary"], noise)) is None
    assert from_mistake(case(FACTS["monetary"], noise, FACTS["gross"])) is None
    assert near_mistake(case(FACTS["monetary"], noise, FACTS["gross"])) is None


def test_a_form_that_undoes_a_mistake_is_the_right_answer_and_no_mistake_is_told():
    ratio = FACTS["gross"] / (FACTS["recency_days"] + 1)
    rounded = ratio.round(1)
    assert from_mistake(case(ratio, rounded, 1 / ratio)) is None
    level = pd.Series(np.where(FACTS["monetary"] >= 1000, "high", "low"), index=FACTS.index)
    turned = level.map({"high": "low", "low": "high"})
    strange = level.set_axis([f"X{n}" if n < 300 else one for n, one in enumerate(level.index)])
    assert from_mistake(case(level, strange, turned)) is None


def test_the_column_that_is_asked_is_not_told_as_another_though_some_ids_are_strange():
    asked = FACTS["recency_days"]
    strange = asked.set_axis([f"X{n}" if n < 60 else one for n, one in enumerate(asked.index)])
    assert company_column(case(asked, strange)) is None
    assert company_column(case(asked, FACTS["frequency"])).cause.startswith("company:column=")


def test_of_one_number_no_rest_is_called_right():
    assert "rest" not in related(case(0.3718, 37.18)).text.en


def test_one_more_than_asked_is_told_beside_what_the_company_counts_so():
    people = len(FACTS)
    found = related(case(people - 1, people))
    assert "Perhaps the first day" in found.text.en
    assert f"· {people:,} is the number of customers who bought" in found.text.en
    assert found.cause == "relation:plus_one|company:buyers"


def test_another_shape_is_told_in_a_sentence():
    found = related(case(0.625, pd.Series([True] * 5 + [False] * 3)))
    assert found.text.en.startswith("You gave a column of 8 values")


@pytest.mark.parametrize(("names", "rest"), [(["A", "B"] * 10, False), (["A", "B", "C"] * 10, True)])
def test_other_groups_are_called_right_only_where_there_are_some(names, rest):
    right = pd.Series(names, [f"K{n}" for n in range(len(names))])
    found = related(case(right, right.replace({"A": "B", "B": "A"})))
    assert "swapped" in found.cause and ("other groups" in found.text.en) == rest
