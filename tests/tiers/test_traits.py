"""The table behind the cards: the tags of the lessons before, one row a customer, and nothing made up."""

import pytest

from custseg_helpers.company.company import load_sample
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.paths import course_root
from custseg_helpers.tiers import clv, cuts, traits, value


@pytest.fixture(scope="module")
def retail():
    return load_sample("retail")


def test_one_row_for_each_customer_who_bought(retail):
    table = traits.traits(retail)
    facts = order_facts(retail.orders, retail.as_of)
    assert table.index.equals(facts.index)
    assert (table["value_tag"] == value.abc(facts["monetary"])).all()


def test_potential_is_cut_into_thirds_where_a_forecast_holds(retail):
    sizes = traits.potential_tag(retail).value_counts()
    assert set(sizes.index) == set(cuts.LEVELS) and sizes.max() - sizes.min() <= 5


def test_potential_counts_what_each_customer_leaves_and_not_one_margin_for_all(retail):
    history = clv.purchase_history(retail.orders, retail.as_of)
    own = clv.own_margin(retail.orders, retail.products, retail.as_of).reindex(history.index)
    future = clv.customer_value(history, clv.fit_purchases(history), clv.fit_spend(history), margin=own)[
        "clv"
    ]
    expected = cuts.levels(future, cuts.quantile_cuts(future))
    assert (traits.potential_tag(retail) != expected).sum() == 0


def test_no_forecast_no_potential():
    pharma = load_sample("pharma")
    assert set(traits.potential_tag(pharma)) == {"unknown"}
    table = traits.traits(pharma)
    assert "potential_tag" not in table and "gender" not in table and "industry" in table


def test_needs_are_those_of_regular_customers_and_each_has_a_name(retail):
    need, names = traits.need_groups(retail)
    facts = order_facts(retail.orders, retail.as_of)
    assert (facts.loc[need.index, "frequency"] >= traits.OFTEN).all()
    assert set(need) == set(names) and len({name.en for name in names.values()}) == 4


def test_where_few_come_often_the_line_is_lowered():
    small = load_own("messy_retail")
    need, _ = traits.need_groups(small)
    facts = order_facts(small.orders, small.as_of)
    assert len(need) >= traits.ENOUGH > (facts["frequency"] >= traits.OFTEN).sum()


def load_own(name):
    return load(course_root() / "examples" / name / "company.toml")
