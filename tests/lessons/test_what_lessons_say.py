"""What lessons say of the sample company in their prose is what its data say."""

import pytest

from custseg_helpers.action import baseline, targets
from custseg_helpers.company.company import load_sample
from custseg_helpers.explore.strategy import full_plan
from custseg_helpers.files.cells import code_cells, run_cell
from custseg_helpers.paths import course_root
from custseg_helpers.tiers.value import abc


def told(lesson: str) -> str:
    return (course_root() / "lessons" / lesson / "lesson.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def retail():
    return load_sample("retail")


def test_why_conversion_fell_is_told_as_it_was(retail):
    """Members who joined last year did buy; the ones who did not buy had mostly bought the year before."""
    year = retail.as_of.year - 1
    why = baseline.who_did_not_buy(retail.orders, retail.customers, year)
    lines = retail.orders[(retail.orders["order_date"].dt.year == year) & (retail.orders["quantity"] > 0)]
    joined = retail.customers[retail.customers["signup_date"].dt.year == year]
    share = joined["customer_id"].isin(lines["customer_id"]).mean()
    text = told("12_goals")
    for said in (f"{why.sum():,}", f"{why['bought_year_before']:,}", f"{share:.0%}"):
        assert text.count(said) >= 2, said
    for false in (
        "signed up and did not buy, and",
        "登记了却没买的人也多了",
        "members who signed up into buyers",
    ):
        assert false not in text


def test_the_bridge_is_told_as_it_is_built(retail):
    year = retail.orders[retail.orders["order_date"].dt.year == retail.as_of.year - 1]
    target = targets.growth_target(year["amount"].sum(), 0.15)
    bridge = baseline.baseline_bridge(
        target,
        todays_customers=baseline.coming_year(retail.orders, retail.as_of).sum(),
        newcomers=baseline.from_newcomers(retail.orders, retail.as_of),
        plan=full_plan(retail)["expected_sales"].sum() * 4,
    )
    text = told("12_goals")
    wan = {name: f"{amount / 10_000:.0f} 万元" for name, amount in bridge.abs().items()}
    for name in ("todays_customers", "newcomers", "brought_by_plan", "still_open"):
        assert wan[name] in text, (name, wan[name])
    assert -bridge["still_open"] / bridge["newcomers"] == pytest.approx(0.3, abs=0.02), "three tenths fewer"
    assert bridge["newcomers"] / target == pytest.approx(0.29, abs=0.01), "nearly three tenths"
    kept = baseline.year_after(retail.orders, retail.as_of, lambda facts: abc(facts["monetary"]))["kept"]
    assert f"{kept['A']:.0%}" in text and f"{kept['C']:.1f} 倍" in text


def test_the_capstone_promises_what_its_page_adds_up_to(retail, tmp_path, monkeypatch):
    """The ask, the table of the plan and the slide tell one number; before, 2,579 stood above a chart of 3,221."""
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    names = {"__name__": "__main__"}
    for code in code_cells(course_root() / "notebooks" / "en" / "15_capstone.ipynb"):
        run_cell(code, names, "15_capstone")
        if "capstone.save_page" in code:
            break
    sheet = names["parts"]["playbook"]
    sheet = sheet[0] if isinstance(sheet, list) else sheet
    for column in ("cost", "profit"):
        assert f"{sheet.loc['total', column]:,.0f} yuan" in names["lead"]
    assert f"{sheet.loc['total', 'contacted']:,} customers" in names["lead"]
    assert "6 campaigns" in names["lead"], "what was measured is not called a guess"
    assert str(names["lead"]).split(" (")[0] in told("15_capstone")
