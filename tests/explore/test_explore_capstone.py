"""The plan explorer without a browser: what it promises adds up, and what it can prove is the sample size's word."""

from dataclasses import replace

import pytest

from custseg_helpers.action.sample_size import SampleSize, smallest_uplift
from custseg_helpers.action.strategy import within_budget
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.explore import capstone

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def case():
    return capstone.case_of(load_sample("retail"))


def table(view):
    return next(iter(view.tables.values()))["customers"]


def test_the_list_is_parted_and_its_size_is_that_of_the_plan(case):
    budget = case.full["cost"].sum() / 2
    for held_out in (5, 20, 50):
        people = table(capstone.view(case, budget=budget, held_out=held_out))
        assert people.sum() == within_budget(case.full, budget)["contacted"].sum()
        assert people["holdout"] == round(people.sum() * held_out / 100)


def test_a_year_is_four_quarters_of_those_who_are_contacted(case):
    words = capstone.view(case, budget=10**6, held_out=50, growth=15).words.en
    plan = within_budget(case.full, 10**6)
    cost, profit, sales = (plan[name].sum() * 4 / 2 for name in ("cost", "profit", "expected_sales"))
    target = 1.15 * case.last_year
    assert words.startswith(
        f"A year costs {cost:,.0f} yuan, earns {profit:,.0f}, brings {sales / target:.1%} of the target"
    )


def test_last_year_does_not_come_again_by_itself(case):
    """The picture began with last year's sales, as if nobody would leave; the lesson above it says they will."""
    assert case.todays_customers < case.last_year
    for growth, said in ((15, "above the target"), (30, "of the target open")):
        view = capstone.view(case, budget=0, growth=growth)
        assert said in view.words.en
        widths = [bar.get_width() for bar in view.figure.axes[0].patches]
        target = view.figure.axes[0].lines[0].get_xdata()[0]
        assert widths[:2] == pytest.approx([case.todays_customers, case.newcomers], abs=0.01)
        assert target == pytest.approx((1 + growth / 100) * case.last_year, abs=0.01)
        assert widths[3] == pytest.approx(max(target - sum(widths[:3]), 0), abs=0.01)


def test_it_cannot_show_what_is_smaller_than_the_smallest_visible_effect(case):
    people = table(capstone.view(case, budget=10**6))
    visible = smallest_uplift(case.base_rate, SampleSize(people["treatment"], people["holdout"]))
    plan = within_budget(case.full, 10**6)
    assert visible > plan["expected_orders"].sum() / plan["contacted"].sum()
    assert "cannot show it" in capstone.view(case, budget=10**6).words.en
    large = replace(case, full=case.full.assign(contacted=case.full["contacted"] * 100))
    assert "cannot" not in capstone.view(large, budget=10**9).words.en


@pytest.mark.parametrize("name", SAMPLES)
def test_it_opens_on_every_company_and_its_extremes_work(name):
    company = load_sample(name)
    assert bytes(capstone.show(company).png).startswith(b"\x89PNG")
    case = capstone.case_of(company)
    for budget, realised, held_out, growth in ((0, 100, 20, 15), (10**9, 0, 50, 0), (10**9, 150, 5, 30)):
        view = capstone.view(case, budget=budget, realised=realised, held_out=held_out, growth=growth)
        assert "nan" not in view.words.en and view.figure._repr_png_()
