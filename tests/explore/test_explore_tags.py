"""The tag rule builder: the numbers it shows, and what it says to a rule that is wrong."""

import pandas as pd
import pytest

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.explore.tags import show, view
from custseg_helpers.mapping.load import load
from custseg_helpers.tags.apply import apply_tags, is_yes_no
from custseg_helpers.tags.catalogue import parse_catalogue, read_catalogue
from custseg_helpers.tags.table import customer_table
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow

START = {
    "column": "frequency",
    "sign": ">=",
    "value": "5",
    "joint": "",
    "column2": "recency_days",
    "sign2": "<=",
    "value2": "90",
    "other": "high_spender",
}


@pytest.fixture(scope="module")
def company():
    table, catalogue = customer_table(load("retail")), read_catalogue()
    tagged = apply_tags(catalogue, table, skip_unknown=True)
    existing = tagged[[tag for tag in tagged if is_yes_no(tagged[tag])]]
    return table, existing, {tag: str(catalogue[tag].name) for tag in existing}


def seen(company, **settings):
    return view(*company, **(START | settings))


def test_coverage_money_and_overlap_are_right(company):
    table, existing, _ = company
    size, compared = seen(company).tables.values()
    has = table["frequency"] >= 5
    assert size["customers"].item() == has.sum()
    assert size["money_share"].item() == table.loc[has, "monetary"].sum() / table["monetary"].sum()
    other = existing["high_spender"]
    assert compared.iloc[0].tolist() == [
        (has & ~other).sum(),
        (has & other).sum(),
        (~has & other).sum(),
        (has & other).sum() / (has | other).sum(),
    ]


@pytest.mark.parametrize(("joint", "wider"), [("and", False), ("or", True)])
def test_a_second_condition_narrows_or_widens(company, joint, wider):
    table = company[0]
    one, two = table["frequency"] >= 5, table["recency_days"] <= 90
    size = next(iter(seen(company, joint=joint).tables.values()))
    assert size["customers"].item() == ((one | two) if wider else (one & two)).sum()
    assert size.index.item() == f"frequency >= 5 {joint} recency_days <= 90"


def test_a_name_stands_for_its_code_in_both_languages(company):
    by_code = seen(company, column="city", sign="==", value="chengwan").words
    for language, name in (("en", "Chengwan"), ("zh", "澄湾")):
        use_language(language)
        assert seen(company, column="city", sign="==", value=name).words == by_code


def test_nobody_everybody_and_a_tag_twice_are_said(company):
    assert "No customer has it" in seen(company, value="1e9").words.en
    assert (
        "tells nobody apart"
        in seen(company, column="tenure_days", value="0", joint="or", sign2="is missing").words.en
    )
    assert "one of the two will do" in seen(company, column="monetary", value="2000").words.en


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"value": ""}, "Write a value"),
        ({"value": "five"}, "no column “five”"),
        ({"column": "city", "sign": "==", "value": "Beijing"}, "There are: Chengwan"),
        ({"column": "city", "sign": ">", "value": "Chengwan"}, "has no order"),
        ({"joint": "and", "value2": "("}, "not understood"),
        ({"value": "__import__('os')"}, "not possible in a rule"),
    ],
)
def test_a_wrong_rule_gets_an_answer_for_people(company, settings, said):
    with pytest.raises(UserError, match=said):
        seen(company, **settings)


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_and_draws_a_picture(name):
    shown = show(load(name))
    assert bytes(shown.png or b"")[1:4] == b"PNG" and shown.text == "Tag rule explorer"


def test_customers_without_any_money(company):
    table = pd.DataFrame(
        {"monetary": [0.0, None], "frequency": [5, None], "recency_days": [1, None]}, index=["a", "b"]
    )
    tags = parse_catalogue(
        "- {code: high_spender, name: x, family: value, type: rule, rule: monetary > 1, definition: x, sensitivity: internal}"
    )
    size = next(iter(view(table, apply_tags(tags, table), {"high_spender": "x"}, **START).tables.values()))
    assert size.iloc[0].tolist() == [1, 0.5, 0, 0]
