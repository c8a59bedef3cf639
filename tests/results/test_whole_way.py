"""One call from order lines to groups, and one from a mapping to the result of `custseg run`."""

import re

import duckdb
import pandas as pd
import polars as pl
import pytest

import custseg_helpers as cs
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError, speaking

pytestmark = pytest.mark.slow

SHOP = cs.load("retail")
THEIRS = {"order_id": "单号", "customer_id": "会员号", "order_date": "下单日期", "amount": "实付金额"}


@pytest.fixture(scope="module")
def lines():
    return SHOP.orders.rename(columns=THEIRS).drop(columns=["discount", "quantity"])


@pytest.fixture(scope="module")
def found(lines):
    return cs.segment(lines, SHOP.as_of, columns=THEIRS)


def test_every_tier_of_the_course_is_there(found):
    facts = cs.order_facts(SHOP.orders.drop(columns="discount"), SHOP.as_of)
    pd.testing.assert_frame_equal(found.facts, facts)
    scores = cs.rfm.rfm_scores(facts)
    pd.testing.assert_frame_equal(found.scores, scores, check_dtype=False)
    assert found.segments.equals(cs.rfm.segments8(scores).rename("segment"))
    assert found.grades.equals(cs.value.abc(facts["monetary"]).rename("grade"))
    stages = cs.lifecycle.stage(facts, cs.cycle.typical_gap(facts))
    assert found.stages.equals(stages.rename("stage"))
    by_two = cs.quadrant.quadrants(facts["frequency"], facts["average_order_value"])
    assert found.quadrants.equals(by_two["quadrant"])
    assert found.forecast["clv"].notna().all()
    assert found.groups["segment"]["customers"].sum() == len(facts)
    assert found.left_out == {}


@pytest.mark.parametrize("kind", ["polars", "arrow", "duckdb"])
def test_any_table_gives_the_same(lines, found, kind):
    table = pl.from_pandas(lines)
    other = {"polars": table, "arrow": table.to_arrow(), "duckdb": duckdb.from_arrow(table.to_arrow())}[kind]
    again = cs.segment(other, SHOP.as_of, columns=THEIRS)
    pd.testing.assert_frame_equal(again.customers, found.customers, check_index_type=False, check_dtype=False)


def test_text_is_read_and_what_cannot_be_read_is_counted(lines, found):
    text = lines.astype(str)
    text.loc[len(text)] = text.loc[0].to_dict() | {"下单日期": "someday"}
    text.loc[len(text)] = text.loc[0].to_dict() | {"实付金额": "much"}
    again = cs.segment(text, "2026-01-01", columns=THEIRS)
    assert again.left_out == {"no_date": 1, "no_amount": 1}
    assert again.segments.equals(found.segments)


def test_quantity_times_price_is_an_amount():
    one = {"order_id": "A", "customer_id": "C", "order_date": pd.Timestamp("2025-01-01")}
    found = cs.segment(pd.DataFrame([one | {"quantity": 3, "price": 2.5}]), "2025-02-01")
    assert found.facts["monetary"].tolist() == [7.5]


@pytest.mark.parametrize("customers", [0, 1, 12])
def test_too_few_data_are_a_verdict_and_no_numbers(customers):
    few = SHOP.orders[SHOP.orders["customer_id"].isin(SHOP.orders["customer_id"].unique()[:customers])]
    found = cs.segment(few, SHOP.as_of)
    assert found.clusters is None and found.forecast is None
    for language, words in {"zh": "没有给出数字", "en": "no numbers"}.items():
        with speaking(language):
            assert words in str(found.verdicts["clv"]) and words in found._repr_html_()
    assert len(repr(found)) < 120


@pytest.mark.parametrize(
    ("orders", "as_of", "columns", "said"),
    [
        ("orders.csv", "2026-01-01", {}, "custseg init orders.csv"),
        ([1, 2], "2026-01-01", {}, "this is list"),
        (SHOP.orders, "someday", {}, "is no day"),
        (SHOP.orders, "2026-01-01", {"amount": "amuont"}, "Did you mean “amount”"),
        (SHOP.orders.drop(columns="customer_id"), "2026-01-01", {}, 'columns={"customer_id": "…"}'),
        (SHOP.orders[["order_id", "customer_id", "order_date"]], "2026-01-01", {}, "quantity and price"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_way_out(orders, as_of, columns, said):
    with pytest.raises(UserError) as error:
        cs.segment(orders, as_of, columns)
    assert said in str(error.value)


@pytest.fixture
def mapping(tmp_path):
    SHOP.orders.to_csv(tmp_path / "orders.csv", index=False)
    columns = "\n".join(f'{name} = "{name}"' for name in THEIRS)
    about = f'name = "shop"\nas_of = 2026-01-01\n[orders]\nfile = "orders.csv"\n[orders.columns]\n{columns}\n'
    (tmp_path / "company.toml").write_text(about, encoding="utf-8")
    return tmp_path / "company.toml"


def test_a_run_is_the_commands_result(mapping):
    result = cs.run(mapping)
    assert len(result.customers) == 2623 and result.before is None
    assert not [path for path in mapping.parent.iterdir() if path.is_dir()]
    assert repr(result) == "Result('shop', 2,623 customers, as_of=2026-01-01)"
    assert "<table>" in result._repr_html_()
    assert cs.run(mapping.parent).customers.equals(result.customers)


def test_a_run_writes_the_folder_that_the_command_writes(mapping, tmp_path):
    from custseg_helpers.commands.main import main

    result = cs.run(mapping, out=tmp_path / "ours")
    assert main(["run", str(mapping), "--out", str(tmp_path / "theirs")]) == 0
    ours, theirs = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("ours", "theirs")
    )
    assert ours.keys() == theirs.keys() and ours["customers.csv"] == theirs["customers.csv"]
    assert ours["report.html"] == theirs["report.html"]
    kept = pd.read_parquet(tmp_path / "ours" / "customers.parquet")
    assert kept["segment"].tolist() == result.customers["segment"].tolist()


@pytest.mark.parametrize("names", [("会员号", "实付金额"), ("member_no", "paid")])
def test_what_the_guide_says_runs(mapping, monkeypatch, names):
    guide = (course_root() / "docs" / "own-data.md").read_text(encoding="utf-8")
    (block,) = (
        block
        for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
        if "cs.segment(" in block and f'"{names[0]}"' in block
    )
    monkeypatch.chdir(mapping.parent)
    called = {"orders": SHOP.orders.rename(columns=dict(zip(["customer_id", "amount"], names, strict=True)))}
    exec(block, called)
    assert len(called["found"].customers) == len(called["result"].customers) == 2623


def test_what_help_says_runs():
    lines = re.findall(r"^    (.+)$", cs.__doc__.partition("What is there")[0], re.MULTILINE)
    both = SHOP.orders.assign(member_no=SHOP.orders["customer_id"], paid=SHOP.orders["amount"])
    called = {"orders": both}
    exec("\n".join(lines), called)
    assert len(lines) == 8 and len(called["found"].customers) == len(called["scores"]) == 2623
