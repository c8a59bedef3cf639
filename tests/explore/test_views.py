"""Explorers without a browser: each view is a function from settings to tables, a picture and a sentence."""

from html import unescape

import pandas as pd
import pytest

from custseg_helpers import explore, order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.tiers import cycle, lifecycle, quadrant, rfm, value

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def retail():
    return load("retail")


@pytest.fixture(scope="module")
def facts(retail):
    return order_facts(retail.orders, retail.as_of)


def table(view, number=0):
    return list(view.tables.values())[number]


def picture(view):
    return view.figure._repr_png_()[:8] == b"\x89PNG\r\n\x1a\n"


def test_rfm_sizes_are_those_of_the_method_and_count_everybody(facts):
    view = explore.rfm.view(facts, **explore.rfm.START)
    expected = rfm.segments8(rfm.rfm_scores(facts)).value_counts()
    assert table(view)["customers"].to_dict() == expected.to_dict()
    assert table(view)["money_share"].sum() == pytest.approx(1)
    assert "0 customers" in view.words.en and picture(view)


@pytest.mark.parametrize("days", [5, 365])
def test_rfm_fixed_thresholds_move_customers(facts, days):
    view = explore.rfm.view(facts, split="fixed", parts=5, days=days, orders=20, money=10_000)
    assert table(view)["customers"].sum() == len(facts)
    assert "0 customers" not in view.words.en
    assert len(table(view, 1)) <= 10


def test_welcome_curves_only_know_what_was_known_before_the_quarter(retail):
    shares = explore.welcome.reached(retail)
    for way in shares:
        assert shares[way].is_monotonic_increasing or shares[way].diff().min() > -0.01
    assert shares.iloc[-1].max() - shares.iloc[-1].min() < 1e-9 and shares.iloc[-1].max() < 1
    assert shares.at[300, "monetary"] > 2 * shares.at[300, "list"]


@pytest.mark.parametrize("at_least", [0, 250])
@pytest.mark.parametrize("measure", explore.python.MEASURES)
@pytest.mark.parametrize("group", explore.python.GROUPS)
def test_the_line_of_code_that_python_shows_gives_the_table_beside_it(retail, group, measure, at_least):
    view = explore.python.view(retail.orders, group=group, measure=measure, at_least=at_least)
    code = explore.python.line(group, measure, at_least)
    result = eval(code, {"orders": retail.orders}).sort_values(ascending=False).head(8)
    assert code in unescape(str(view.words)) and picture(view)
    assert table(view).iloc[:, 0].tolist() == result.round(2).tolist()


@pytest.mark.parametrize("people", [1, 300, 10**6])
def test_welcome_never_asks_for_more_customers_than_there_are(retail, people):
    shares = explore.welcome.reached(retail)
    view = explore.welcome.view(shares, way="monetary", people=people)
    assert len(table(view)) == 4 and picture(view)


def test_value_lines_move_the_grades(retail, facts):
    worth = explore.value.worth(retail)
    usual = explore.value.view(worth, measure="sales", a_line=80, b_line=95)
    strict = explore.value.view(worth, measure="sales", a_line=50, b_line=95)
    assert table(usual).loc["A", "customers"] == (value.abc(facts["monetary"]) == "A").sum()
    assert table(strict).loc["A", "customers"] < table(usual).loc["A", "customers"]
    assert picture(explore.value.view(worth, measure="margin", a_line=95, b_line=55))


def test_value_margin_is_the_margin_of_the_facts(retail):
    worth = explore.value.worth(retail)
    facts = order_facts(retail.orders, retail.as_of, products=retail.products)
    assert (worth["margin"] - facts["margin"]).abs().max() < 0.01


def test_quadrant_lines_at_the_medians_and_beyond_all(facts):
    average = facts["average_order_value"]
    view = explore.quadrant.view(facts, orders=3, basket=200)
    expected = quadrant.quadrants(facts["frequency"], average, 3, 200)["quadrant"].value_counts()
    assert table(view)["customers"].to_dict() == expected.to_dict() and picture(view)
    nobody = explore.quadrant.view(facts, orders=10**6, basket=10**6)
    assert table(nobody).index.tolist() == ["low_low"] and "0 customers" in nobody.words.en


def test_lifecycle_at_the_lessons_thresholds_nobody_moves(facts):
    same = explore.lifecycle.view(facts, rhythm="own", dormant=2, churned=4, loyal=5)
    assert same.words.en.endswith("0 customers change stage.")
    assert table(same)["customers"].to_dict() == lifecycle.stage(facts).value_counts().to_dict()
    other = explore.lifecycle.view(facts, rhythm="company", dormant=6, churned=1.5, loyal=15)
    assert table(other)["customers"].sum() == len(facts) and picture(other)


def test_every_check_catches_planted_faults_and_together_they_catch_most():
    from custseg_helpers.company.raw import answer_key, raw_sales

    sales, key, company = raw_sales(), answer_key(), load("retail")
    faulty = set(key.loc[(key["file"] == explore.data.FILE) & (key["group"] == "fault"), "row"])
    found = explore.data.findings(sales, company)
    assert all(faulty.intersection(found.index[found[check]]) for check in explore.data.CHECKS)
    assert len(faulty.intersection(found.index[found.any(axis=1)])) >= 0.95 * len(faulty)
    assert len(set(found.index[found.any(axis=1)]) - faulty) <= 0.05 * len(faulty)
    lenient = explore.data.view(sales, company, faulty, check="amount", largest=20_000)
    strict = explore.data.view(sales, company, faulty, check="amount", largest=100)
    assert lenient.words != strict.words and picture(strict)


def test_a_view_that_refuses_a_setting_says_so_and_keeps_the_picture(facts):
    from ipywidgets import IntSlider

    from custseg_helpers.explore.base import explorer
    from custseg_helpers.words.text import T, UserError

    def view(days):
        if days > 5:
            raise UserError(zh="太大", en="too large")
        return explore.quadrant.view(facts, orders=days, basket=200)

    days = IntSlider(value=3, max=9)
    shown = explorer(view, {"days": days}, T(zh="试", en="try"))
    controls, seen, _ = shown.widget.children
    words, drawn = controls.children[-1], seen.children[0]
    before = drawn.value
    days.value = 9
    assert "too large" in words.value and drawn.value == before
    days.value = 4
    assert drawn.value != before
    assert set(shown._repr_mimebundle_()) >= {
        "text/plain",
        "image/png",
        "application/vnd.jupyter.widget-view+json",
    }


def test_lifecycle_flows_over_time_use_one_set_of_thresholds(retail, facts):
    earlier = explore.lifecycle.ago(retail)
    everybody = facts.reindex(retail.customers["customer_id"])
    usual = {"rhythm": "own", "dormant": 2, "churned": 4, "loyal": 5}
    seen = explore.lifecycle.view(everybody, **usual, earlier=earlier)
    day = retail.as_of - pd.Timedelta(days=explore.lifecycle.AGO)
    then = order_facts(retail.orders, day)
    signup = retail.customers.set_index("customer_id")["signup_date"]
    both = lifecycle.stages({day: then, retail.as_of: facts}, signup, cycle.typical_gap(then))
    moved = (both[day] != both[retail.as_of])[both[day].notna()].sum()
    assert f" {moved} customers changed stage" in seen.words.en and picture(seen)


def test_rows_caught_are_turned_over_page_by_page_and_the_last_page_is_full():
    from custseg_helpers.company.raw import raw_sales

    sales, company = raw_sales(), load("retail")
    pages = [
        table(explore.data.view(sales, company, set(), check="amount", largest=100, first=first))
        for first in (1, 9, 10**6)
    ]
    caught = sales.index[explore.data.findings(sales, company, 100)["amount"]]
    assert [row for page in pages for row in page.index] == [*caught[:16], *caught[-8:]]


@pytest.mark.parametrize("name", ["welcome", "value", "lifecycle", "goals"])
def test_every_control_has_a_name_and_the_picture_can_be_read_aloud(retail, name):
    left, right, _ = getattr(explore, name).show(retail).widget.children
    *controls, words = left.children
    picture = right.children[0]
    assert all(control.description for control in controls)
    assert picture.tooltip and words.value.removeprefix("<p>").removesuffix("</p>") in picture.tooltip
