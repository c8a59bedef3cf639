"""The raw exports are as messy as promised, and the answer key is right about every place."""

import io
import re
import zipfile
from datetime import datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from custseg_helpers.company.company import load_sample
from custseg_helpers.company.simulate.export import FAULTS, FORMS
from custseg_helpers.company.simulate.raw import raw_files
from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

RAW = course_root() / "datasets" / "retail" / "raw"


@pytest.fixture(scope="module")
def key():
    return pd.read_csv(RAW / "answer_key.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def files():
    """Each file as rows of text, as a spreadsheet shows them: row 1 is the first."""
    sales = (RAW / "sales_orders.csv").read_bytes().decode("gbk").split("\r\n")
    service = (RAW / "service_records.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    book = load_workbook(RAW / "marketing_members.xlsx")
    cells = [["" if c is None else c for c in row] for row in book["会员登记"].iter_rows(values_only=True)]
    return {
        "sales_orders.csv": [line.split(",") for line in sales],
        "service_records.csv": [line.split(";") for line in service],
        "marketing_members.xlsx": cells,
    }


def _text(cell):
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell)


def test_key_points_at_what_is_written(key, files):
    header = {"sales_orders.csv": 1, "service_records.csv": 1, "marketing_members.xlsx": 3}
    for entry in key.itertuples():
        rows = files[entry.file]
        column = rows[header[entry.file] - 1].index(entry.column)
        assert _text(rows[int(entry.row) - 1][column]) == entry.written, entry


def test_no_row_is_spoilt_twice_and_every_kind_occurs(key):
    assert not key.duplicated(["file", "row"]).any()
    assert set(key["kind"]) == set(FORMS) | set(FAULTS)
    assert (key["group"] == "fault").sum() >= 60
    assert set(key.loc[key["group"] == "form", "kind"]) == set(FORMS)


def test_files_are_as_departments_hand_them_over(files):
    with pytest.raises(UnicodeDecodeError):
        (RAW / "sales_orders.csv").read_bytes().decode("utf-8")
    assert (RAW / "service_records.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    book = load_workbook(RAW / "marketing_members.xlsx")
    assert book.sheetnames == ["会员登记", "填表说明"]
    assert {str(merged) for merged in book["会员登记"].merged_cells.ranges} == {"A1:J1", "A2:J2"}
    kinds = {type(row[7]) for row in files["marketing_members.xlsx"][3:]}
    assert {datetime, str, int} <= kinds, "real dates, texts and serial numbers in one column"


def test_rows_that_were_not_spoilt_are_the_company_s_own(key, files):
    spoilt = set(key.loc[key["file"] == "sales_orders.csv", "row"].astype(int))
    rows = files["sales_orders.csv"]
    sales = pd.DataFrame(rows[1:-1], columns=rows[0])
    clean = sales[[number + 2 not in spoilt for number in range(len(sales))]]
    true = load_sample("retail").orders.astype({"quantity": str}).set_index(["order_id", "product_id"])
    true = true.loc[list(zip(clean["单号"], clean["商品编号"], strict=True))]
    assert (clean["会员号"].to_numpy() == true["customer_id"]).all()
    assert (clean["数量"].to_numpy() == true["quantity"]).all()
    assert (clean["实付金额"].astype(float).to_numpy() == true["amount"]).all()
    assert (pd.to_datetime(clean["下单日期"]).to_numpy() == true["order_date"]).all()


def test_forms_keep_the_value_that_should_be_read(key):
    plain = key[key["kind"].isin(["currency_sign", "full_width", "ten_thousands", "text_number"])]
    widths = str.maketrans("０１２３４５６７８９．", "0123456789.")
    for entry in plain.itertuples():
        text = entry.written.translate(widths).replace("¥", "").replace("￥", "").replace(",", "")
        value = float(text.rstrip("万")) * (10_000 if text.endswith("万") else 1)
        assert value == pytest.approx(float(entry.original)), entry
    for entry in key[key["kind"] == "date_serial"].itertuples():
        assert (
            str((pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(entry.written))).date()) == entry.original
        )


def test_near_duplicates_share_the_phone_of_the_one_they_double(key, files):
    members = {row[0]: row for row in files["marketing_members.xlsx"][3:]}
    twins = key[key["kind"] == "near_duplicate"]
    for twin in twins.itertuples():
        row = files["marketing_members.xlsx"][int(twin.row) - 1]
        assert row[0] != twin.original and row[4] == members[twin.original][4]
    phones = [row[4] for row in files["marketing_members.xlsx"][3:]]
    doubled = len(phones) - len(set(phones))
    planted = (
        key["kind"].isin(["near_duplicate", "duplicate_id"]).sum() + 2
    )  # three test members share one phone
    assert doubled == planted, "no phone is shared that the key does not list"
    assert all(str(phone).startswith("12") for phone in phones), "no real mobile number begins with 12"


def test_no_moment_of_writing_stands_in_the_workbook():
    needed = ("customers", "orders", "products", "interactions")
    content = raw_files({table: load_sample("retail").table(table) for table in needed})[
        "marketing_members.xlsx"
    ]
    assert content == (RAW / "marketing_members.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(2026, 1, 5, 9, 0, 0)}
        moments = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", book.read("docProps/core.xml"))
    assert moments == [b"2026-01-05T09:00:00Z"] * 2
