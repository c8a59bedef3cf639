"""The scheme explorer without a browser: what is adjusted is counted, and the approved line is known."""

import pytest

from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import governance
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.tiers.cuts import levels

pytestmark = pytest.mark.slow


def money_of(name):
    company = load_sample(name)
    return order_facts(company.orders, company.as_of)["monetary"]


@pytest.fixture(scope="module")
def money():
    return money_of("retail")


def table(view):
    return next(iter(view.tables.values()))


def test_without_overrides_both_sides_are_the_scheme(money):
    medium, high = governance.approved_lines(money)
    view = governance.view(money, high_line=high, overrides=0, reason="near_the_line")
    assert table(view)["calculated"].equals(table(view)["in_use"].rename("calculated"))
    assert table(view)["calculated"].to_dict() == levels(money, (medium, high)).value_counts().to_dict()
    assert view.words.en.startswith("approved (")


def test_a_moved_line_is_no_longer_the_approved_one(money):
    view = governance.view(money, high_line=300, overrides=0, reason="near_the_line")
    assert view.words.en.startswith("changed after approval") and table(view).loc["medium", "calculated"] == 0


@pytest.mark.parametrize("reason", ["near_the_line", "to_look_good"])
@pytest.mark.parametrize("number", [1, 150, 500])
def test_as_many_become_high_as_were_adjusted(money, reason, number):
    sizes = table(governance.view(money, high_line=800, overrides=number, reason=reason))
    assert sizes.loc["high", "in_use"] - sizes.loc["high", "calculated"] == number
    assert sizes["in_use"].sum() == len(money)


def test_those_near_the_line_are_worth_more_than_anybody(money):
    tier = levels(money, (300, 800))
    near, anybody = (
        money[governance.adjusted(money, tier, 150, reason) != tier].mean()
        for reason in ("near_the_line", "to_look_good")
    )
    assert near > 700 > 450 > anybody


def test_single_customers_change_sides_and_are_listed(money):
    _, high = governance.approved_lines(money)
    near = governance.beside(money, high)
    assert (money[near[:10]] >= high).all() and (money[near[10:]] < high).all() and len(near) == 20
    over, short = near[9], near[10]
    plain = governance.view(money, high_line=high, overrides=150, reason="near_the_line")
    both = governance.view(
        money, high_line=high, overrides=150, reason="near_the_line", customers=[over, short]
    )
    sizes, listed = both.tables.values()
    assert sizes["calculated"].equals(table(plain)["calculated"])
    assert sizes.loc["high", "in_use"] == table(plain).loc["high", "in_use"]  # one down, one more up
    assert listed["calculated"].to_dict() == {over: "high", short: "medium"}
    assert listed["in_use"].to_dict() == {over: "medium", short: "high"}
    assert "152 adjusted by hand" in both.words.en


def test_a_customer_whom_a_new_line_moved_is_turned_from_where_the_rule_puts_them(money):
    _, high = governance.approved_lines(money)
    short = governance.beside(money, high)[10]
    view = governance.view(
        money, high_line=high - high // 20, overrides=0, reason="near_the_line", customers=[short]
    )
    assert list(view.tables.values())[1].loc[short, ["calculated", "in_use"]].tolist() == ["high", "medium"]


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_and_its_extremes_work(name):
    assert bytes(governance.show(load_sample(name)).png).startswith(b"\x89PNG")
    money = money_of(name)
    medium, high = governance.approved_lines(money)
    for line in (medium, 3 * high):
        view = governance.view(money, high_line=line, overrides=500, reason="to_look_good")
        assert table(view)["in_use"].sum() == len(money) and view.figure._repr_png_()
    nobody = governance.view(money, high_line=10**9, overrides=0, reason="near_the_line")
    assert table(nobody).loc["high"].sum() == 0
