"""The audit finds what was planted, blames the right cell, and says what it costs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.audit import faults
from custseg_helpers.audit.audit import audit
from custseg_helpers.audit.faults import FAULTS
from custseg_helpers.commands.main import main
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.paths import course_root
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import numbers
from custseg_helpers.reading.read import read_sheet

pytestmark = pytest.mark.slow

RAW = course_root() / "datasets" / "retail" / "raw"
EXAMPLE = Path(__file__).parents[2] / "examples" / "messy_retail" / "company.toml"
SHARED = course_root().parent / "shared" / "data"
PLACE = ["file", "row", "column"]


@pytest.fixture(scope="module")
def found():
    return audit(read_mapping(EXAMPLE))


@pytest.fixture(scope="module")
def planted():
    key = pd.read_csv(RAW / "answer_key.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    return key.astype({"row": int})


def places(table):
    return set(table[PLACE].itertuples(index=False, name=None))


def test_at_least_95_of_100_planted_faults_are_found_and_hardly_any_false_ones(found, planted):
    key, seen = places(planted[planted["group"] == "fault"]), places(found.findings)
    assert len(key & seen) >= 0.95 * len(key)
    assert len(seen - key) <= 0.05 * len(seen)


def test_what_is_missed_cannot_be_seen_in_the_files(found, planted):
    missed = planted[
        (planted["group"] == "fault") & ~planted[PLACE].apply(tuple, axis=1).isin(places(found.findings))
    ]
    assert set(missed["kind"]) <= {"signup_after_order"}  # the first order was before the quarter handed over


def test_no_file_is_clean_without_its_faults(found):
    assert set(found.findings["file"]) == {
        "sales_orders.csv",
        "marketing_members.xlsx",
        "service_records.csv",
    }
    assert 0.9 < found.accuracy < 1


def test_every_unusual_form_is_read_to_what_was_meant(planted):
    frames = {file: read_sheet(RAW / file).frame for file in planted["file"].unique()}
    for form in planted[planted["group"] == "form"].itertuples():
        cell = pd.Series([frames[form.file].at[form.row, form.column]], dtype=object)
        if form.kind.startswith("date"):
            assert f"{dates(cell)[0].iloc[0]:%Y-%m-%d}" == form.original[:10]
        else:
            assert numbers(cell)[0].iloc[0] == pytest.approx(float(form.original))


def test_the_cost_is_in_rows_and_money(found):
    cost = found.cost
    lines = found.findings[found.findings["kind"] == "unknown_customer"]
    row = cost[(cost["table"] == "orders") & (cost["kind"] == "unknown_customer")].iloc[0]
    assert (row["column"], row["severity"]) == ("会员号", "serious")
    assert row["rows"] == (lines["table"] == "orders").sum()
    assert row["money"] == pytest.approx(lines["money"].sum())


def test_terminal_report_and_the_list_to_send_back(tmp_path, capsys):
    assert main(["audit", str(EXAMPLE), "--out", str(tmp_path / "audit")]) == 0
    assert "data accuracy rate" in " ".join(capsys.readouterr().out.split())
    bad = pd.read_csv(tmp_path / "audit" / "bad_rows.csv", encoding="utf-8-sig")
    assert {"file", "row", "column", "written", "problem", "advice"} <= set(bad.columns)
    page = (tmp_path / "audit" / "audit.html").read_text(encoding="utf-8")
    assert "a total among the data" in page and "://" not in page


def test_every_kind_of_fault_has_words_in_both_languages():
    for severity, what, advice in FAULTS.values():
        assert severity in ("serious", "warning", "notice")
        assert what.zh and what.en and advice.zh and advice.en


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real data is not on this machine")
def test_a_file_without_customers_is_audited_and_run_says_what_is_missing(tmp_path, capsys):
    file = (SHARED / "zh_orders_gbk.csv").as_posix()
    (tmp_path / "company.toml").write_text(
        f'name = "supermarket"\nas_of = 2029-01-01\n[orders]\nfile = "{file}"\n[orders.columns]\norder_id = "订单ID"\n'
        'order_date = "成交时间"\nproduct_id = "商品ID"\nquantity = "销量"\nprice = "单价"\n',
        encoding="utf-8",
    )
    found = audit(read_mapping(tmp_path)).findings
    assert (found["kind"] == "blank_row").sum() == 266
    assert (found["kind"] == "several_days").sum() > 3000  # dates that disagree with the order number
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "without knowing who bought" in said and "custseg audit" in said
    assert not (tmp_path / "out").exists()


def test_the_row_against_the_order_of_the_file_is_blamed():
    ids = pd.Series(["A1", "A3", "A2", "A3", "A4", "A1"])
    shared = faults.groups(ids, np.ones(6, dtype=bool))
    assert faults.out_of_place(ids, shared).tolist() == [False, True, False, False, False, True]


def test_totals_are_rows_that_say_so_and_hold_little_else():
    cells = pd.DataFrame(
        {
            "id": ["合计", "A1", None],
            "name": [None, "合计", "小计："],
            "who": [None, "C1", None],
            "money": ["9", "4", "5"],
        }
    )
    assert faults.is_total(cells).tolist() == [True, False, True]


def test_a_lost_decimal_point_and_a_slipped_quantity_are_told_apart():
    lines = pd.DataFrame(
        {
            "product_id": "P1",
            "quantity": [1.0, 2, 3, 1, 2, 1, 9999, 1],
            "amount": [5.0, 10, 15, 5, 10, 500, 5, 5],
        }
    )
    quantity, amount = faults.misfits(pd.concat([lines] + [lines.iloc[:5]] * 30, ignore_index=True))
    assert (np.flatnonzero(quantity).tolist(), np.flatnonzero(amount).tolist()) == ([6], [5])


@pytest.mark.parametrize(
    ("name", "test"),
    [
        ("TEST01", True),
        ("测试二", True),
        ("测试客户", True),
        ("demo", True),
        ("Testa Rossa GmbH", False),
        ("张测试", False),
    ],
)
def test_test_customers_are_known_by_their_name(name, test):
    assert bool(faults.TEST.fullmatch(name)) == test
