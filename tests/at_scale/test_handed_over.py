"""Facts counted by a warehouse, one row a customer: the run works from them, and says what they do not tell."""

import json

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.facts.history import observed_until
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.results.intake import read_company
from custseg_helpers.tiers.clv import purchase_history
from custseg_helpers.words.text import UserError

THREE = ["recency_days", "frequency", "monetary"]
MORE = [*THREE, "gross", "returned", "tenure_days", "order_days", "mean_gap_days", "last_gap_days"]


@pytest.fixture(scope="module")
def counted():
    """What a warehouse would count of the retail sample, on the evening of its last order."""
    company = load("retail")
    orders = company.orders
    facts = order_facts(orders, company.as_of)
    history = purchase_history(orders, observed_until(orders["order_date"].max(), company.as_of))
    return company.as_of, facts.join(history["mean_spend"]), history


@pytest.fixture
def read(tmp_path, counted):
    def from_table(table, columns=THREE, more=""):
        table.reset_index().to_csv(tmp_path / "facts.csv", index=False)
        names = "".join(f'{name} = "{name}"\n' for name in ("customer_id", *columns))
        words = f'name = "shop"\nas_of = {counted[0]:%Y-%m-%d}\n[facts]\nfile = "facts.csv"\n{more}[facts.columns]\n{names}'
        (tmp_path / "company.toml").write_text(words, encoding="utf-8")
        return read_company(tmp_path)

    return from_table


def test_all_facts_give_what_the_lines_give(read, counted):
    _, facts, history = counted
    made = read(facts, [*MORE, "mean_spend"])
    columns = [*MORE, "average_order_value", "first_order", "last_order"]
    pd.testing.assert_frame_equal(
        made.reduced.facts[columns], facts[columns], check_exact=True, check_dtype=False
    )
    pd.testing.assert_frame_equal(made.reduced.history, history, check_exact=True, check_dtype=False)


def test_three_measures_are_enough_and_what_is_missing_is_said(read, counted, tmp_path, capsys):
    facts = counted[1].head(200)
    assert read(facts).reduced.history is None
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "result")]) == 0
    assert f"{len(facts):,} count" in capsys.readouterr().out
    told = json.loads((tmp_path / "result" / "manifest.json").read_text(encoding="utf-8"))
    assert "lack tenure_days and order_days" in told["verdicts"]["lifecycle"]
    assert "mean_spend" in told["verdicts"]["clv"] and "counted elsewhere" in " ".join(told["decisions"])
    made = pd.read_parquet(tmp_path / "result" / "customers.parquet")
    assert made["monetary"].equals(facts["monetary"]) and made["segment"].notna().all()


def test_rows_that_cannot_count_are_left_out_by_reason(read, counted):
    table = counted[1].head(8).astype(object)
    table.index = ["C1", "", "C3", "C4", "C5", "C6", "TEST", "C8"]
    table.index.name = "customer_id"
    table.loc["C3", "recency_days"] = -1
    table.loc["C4", "frequency"] = 0
    table.loc["C5", "monetary"] = "a lot"
    table.loc["C6", "frequency"] = 1.5
    made = read(table, more='[facts.skip]\ncustomer_id = ["TEST"]\n')
    assert made.cleaned.left_out == {
        "skipped": 1,
        "no_customer": 1,
        "no_amount": 2,
        "after_as_of": 1,
        "no_purchase": 1,
    }
    assert list(made.reduced.facts.index) == ["C1", "C8"] and made.cleaned.unread["value"].tolist() == [
        "a lot"
    ]


def test_what_is_wrong_with_facts_is_said(read, counted, tmp_path, capsys):
    facts = counted[1].head(5)
    with pytest.raises(UserError, match=r"facts.columns .* lacks monetary"):
        read(facts, THREE[:2])
    with pytest.raises(UserError, match=r"one row a customer, but row 2 and row 7 are the same one"):
        read(pd.concat([facts, facts.head(1)]))
    with pytest.raises(UserError, match="No row of the table of facts"):
        read(facts.assign(frequency=0))
    read(facts)
    assert main(["audit", str(tmp_path), "--out", str(tmp_path / "audit")]) == 2
    assert "lessons and the audit need order lines" in capsys.readouterr().err
    with pytest.raises(UserError, match="lessons and the audit need order lines"):
        load(tmp_path / "company.toml")
