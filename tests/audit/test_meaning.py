"""Faults of meaning are planted and found, each with its rows, its money and an example; clean data raise no alarm."""

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.audit import meaning
from custseg_helpers.audit.audit import audit, headline
from custseg_helpers.commands.main import main
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.paths import course_root

SHARED = course_root().parent / "shared" / "data"
MAPPING = """
name = "shop"
as_of = {as_of}
[orders]
file = "orders.csv"
{more}
[orders.columns]
{columns}
"""
FIELDS = ("order_id", "customer_id", "order_date", "product_id", "product_name", "quantity", "amount")
OF_MEANING = {
    *("masked_id", "guest_id", "damaged_id", "trial_line", "fee_line", "cancelled_at_once", "wrong_weekday"),
    *("same_row", "nobody"),
}
DAYS = [name.split() for name in ("一 二 三 四 五 六 日", "Mon Tue Wed Thu Fri Sat Sun")]


def audited(folder, orders, fields=FIELDS, more="", as_of="2026-01-01", tables=""):
    """Write orders and a mapping of those fields that they have, and audit them."""
    orders.to_csv(folder / "orders.csv", index=False)
    columns = "\n".join(f'{name} = "{name}"' for name in fields if name in orders)
    text = MAPPING.format(as_of=as_of, more=more, columns=columns) + tables
    (folder / "company.toml").write_text(text, encoding="utf-8")
    return audit(read_mapping(folder))


def clean(n=2000, seed=3):
    """Return order lines of a year without a fault."""
    rng = np.random.default_rng(seed)
    product, pieces = rng.integers(0, 20, n), rng.integers(1, 5, n)
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 360, n)), unit="D")
    return pd.DataFrame(
        {
            "order_id": [f"A{row:05d}" for row in range(n)],
            "customer_id": [f"C{who:03d}" for who in rng.integers(0, 300, n)],
            "order_date": days.strftime("%Y-%m-%d"),
            "product_id": [f"P{which:02d}" for which in product],
            "product_name": [f"Tea no. {which}" for which in product],
            "quantity": pieces,
            "amount": np.round((product + 3) * 2.5 * pieces, 2),
        }
    )


def plant(orders, column, values, rows):
    """Put values into some rows of a column, one after the other."""
    planted = orders.astype({column: object})
    planted.loc[rows, column] = [values[place % len(values)] for place in range(len(rows))]
    return planted


ROWS = [17, 160, 401, 402, 777, 1203, 1500, 1999]
PLANTED = {
    "masked_id": ("customer_id", ["138****1000", "*******528", "张**", "xxxx5678"]),
    "guest_id": ("customer_id", ["散客", "0", "Walk-in", "匿名用户", "guest"]),
    "damaged_id": ("customer_id", ["1.39E+10", "#REF!", "3.3E+17"]),
    "trial_line": ("product_name", ["测试商品", "test", "Demo 2"]),
    "fee_line": ("product_name", ["DOTCOM POSTAGE", "运费补拍", "Shipping & Handling", "补差价", "送料", "Versandkosten", "Bank Charges"]),
    "test_customer": ("customer_id", ["test@test.com", "测试", "TEST01", "demo@shop.com"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_every_planted_row_is_found_with_its_money_and_no_other(kind, tmp_path):
    column, values = PLANTED[kind]
    orders = plant(clean(), column, values, ROWS)
    found = audited(tmp_path, orders)
    hits = found.findings[found.findings["kind"] == kind]
    assert sorted(hits["row"]) == [row + 2 for row in ROWS]
    assert set(found.findings["kind"]) & (OF_MEANING | {"test_customer"}) == {kind}
    line = found.cost[found.cost["kind"] == kind].iloc[0]
    assert line["rows"] == len(ROWS) and line["example"] in {f"orders.csv:{row + 2}" for row in ROWS}
    assert line["money"] == pytest.approx(orders.loc[ROWS, "amount"].sum())


@pytest.mark.parametrize("names", DAYS, ids=["zh", "en"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_date_against_its_weekday_is_found_in_a_column_of_weekdays_and_in_the_cell(names, beside, tmp_path):
    orders = clean()
    days = pd.to_datetime(orders["order_date"]).dt.day_of_week
    written = days.where(~orders.index.isin(ROWS), (days + 3) % 7).map(lambda day: names[day])
    if beside:
        orders["weekday"] = [f"星期{name}" if len(name) == 1 else name for name in written]
    else:
        orders["order_date"] += [f" (周{name})" if len(name) == 1 else f" ({name})" for name in written]
    found = audited(tmp_path, orders).findings
    assert sorted(found.loc[found["kind"] == "wrong_weekday", "row"]) == [row + 2 for row in ROWS]


def test_a_column_of_weekdays_that_speaks_of_something_else_is_left_alone(tmp_path):
    orders = clean()
    orders["likes to be called on"] = [DAYS[1][row % 7] for row in range(len(orders))]
    assert not len(audited(tmp_path, orders).findings)


def cancelled(orders, lag, share=1.0, size=50_000.0):
    """Add a bulk order of three lines, and its cancellation some days later."""
    days = pd.Timestamp("2025-06-02") + pd.to_timedelta([0, lag], unit="D")
    sold = pd.DataFrame(
        {"order_id": "B1", "customer_id": "C007", "order_date": f"{days[0]:%Y-%m-%d}", "product_id": ["P01", "P02", "P03"], "product_name": "Tea", "quantity": 900, "amount": size / 3}
    ).round(2)  # fmt: skip
    back = sold.assign(
        order_id="B2", order_date=f"{days[1]:%Y-%m-%d}", quantity=-900, amount=-sold["amount"] * share
    ).round(2)
    return pd.concat([orders, sold, back], ignore_index=True)


@pytest.mark.parametrize(
    ("lag", "share", "size", "lines"),
    [(0, 1, 5e4, 6), (1, 1, 5e4, 6), (2, 1, 5e4, 0), (0, 0.5, 5e4, 0), (0, 1, 300, 0)],
)
def test_a_bulk_order_cancelled_at_once_is_found_and_an_ordinary_return_is_not(
    tmp_path, lag, share, size, lines
):
    found = audited(tmp_path, cancelled(clean(), lag, share, size)).findings
    hits = found[found["kind"] == "cancelled_at_once"]
    assert len(hits) == lines and set(hits["row"]) <= set(range(2002, 2008))


def test_an_order_cancelled_at_once_is_found_where_numbers_say_what_went_back(tmp_path):
    orders = cancelled(clean(), 0).replace({"order_id": {"B2": "XB1"}})
    orders[["quantity", "amount"]] = orders[["quantity", "amount"]].abs()
    found = audited(tmp_path, orders, more='[orders.returns]\nby = "prefix"\nvalues = ["X"]').findings
    assert (found["kind"] == "cancelled_at_once").sum() == 6


def test_a_partial_customer_file_is_one_remark_and_harms_no_accuracy(tmp_path):
    pd.DataFrame({"customer_id": [f"C{who:03d}" for who in range(100)], "gender": "F"}).to_csv(
        tmp_path / "members.csv", index=False
    )
    tables = '[customers]\nfile = "members.csv"\n[customers.columns]\ncustomer_id = "customer_id"\n'
    found = audited(tmp_path, clean(), tables=tables)
    assert found.accuracy == 1 and len(found.findings) == 0
    assert [text.en for text in found.remarks] == [
        "The customer file knows 100 of 300 buyers (33%); the others count all the same, without what it tells."
    ]


def test_a_slip_in_an_id_is_still_serious_where_the_customer_file_knows_nearly_all(tmp_path):
    pd.DataFrame({"customer_id": [f"C{who:03d}" for who in range(300)]}).to_csv(
        tmp_path / "members.csv", index=False
    )
    tables = '[customers]\nfile = "members.csv"\n[customers.columns]\ncustomer_id = "customer_id"\n'
    found = audited(tmp_path, plant(clean(), "customer_id", ["C0O7"], ROWS[:2]), tables=tables)
    assert found.findings[["kind", "severity", "row"]].values.tolist() == [
        ["unknown_customer", "serious", row + 2] for row in ROWS[:2]
    ]


def test_rows_that_the_mapping_leaves_out_are_not_judged(tmp_path):
    orders = plant(clean(), "order_date", ["31/02/2025"], ROWS).assign(state="paid")
    orders.loc[ROWS, "state"] = "void"
    found = audited(
        tmp_path, orders.rename(columns={"state": "status"}), fields=(*FIELDS, "status"), more='skip = { status = ["void"] }'
    )  # fmt: skip
    assert found.accuracy == 1 and found.rows == {"orders": 1992} and len(found.findings) == 0
    assert "8 rows are left out by the mapping's skip" in found.remarks[0].en


@pytest.mark.parametrize(("left", "named"), [("customer_id", "customer id"), ("amount", "amount paid")])
def test_without_customers_or_money_no_data_are_accurate(left, named, tmp_path):
    found = audited(tmp_path, clean(), fields=[name for name in FIELDS if name != left])
    assert found.accuracy == 0 and named in headline(found) and named in found.remarks[0].en


def test_two_rows_alike_without_a_number_are_asked_about_and_not_serious(tmp_path):
    orders = clean(50)
    twice = pd.concat([orders, orders.iloc[[4, 9]]], ignore_index=True)
    fields = ("customer_id", "order_date", "amount")
    found = audited(tmp_path, twice[list(fields)], fields, more='rows = "orders"')
    assert found.accuracy == 1 and set(found.findings["kind"]) == {"same_row"}
    with_number = audited(tmp_path, twice)
    assert set(with_number.findings["kind"]) == {"duplicate_row"} and with_number.accuracy < 1


def test_two_columns_of_one_name_and_a_footer_without_ids_do_not_stop_the_audit(tmp_path):
    rows = "Owner,Note,Close Date,Note,Amount\nKim,a,2025-03-05,b,100\nKim,a,2025-03-05,b,100\n,,,,\nGrand Totals (2 records),,,,\n"
    (tmp_path / "orders.csv").write_text(rows, encoding="utf-8")
    columns = 'order_date = "Close Date"\namount = "Amount"'
    (tmp_path / "company.toml").write_text(
        MAPPING.format(as_of="2026-01-01", more='rows = "orders"', columns=columns), encoding="utf-8"
    )
    found = audit(read_mapping(tmp_path))
    assert {"same_row", "blank_row"} <= set(found.findings["kind"]) and found.accuracy == 0


def test_ids_that_the_mapping_calls_nobody_are_noticed_and_not_held_against_the_data(tmp_path):
    orders = plant(clean(), "customer_id", ["散客"], ROWS)
    found = audited(tmp_path, orders, more='nobody = ["散客"]')
    assert set(found.findings["kind"]) == {"nobody"} and found.accuracy == 1
    assert found.findings["money"].sum() == pytest.approx(orders.loc[ROWS, "amount"].sum())


def test_one_id_with_most_of_the_orders_is_asked_about_and_a_company_of_a_dozen_accounts_is_not(tmp_path):
    orders = plant(clean(), "customer_id", ["C000"], list(range(0, 2000, 3)))
    assert "is it one customer" in audited(tmp_path, orders).remarks[0].en
    twelve = clean().assign(customer_id=[f"C{row % 12}" for row in range(2000)])
    assert audited(tmp_path, twelve).remarks == ()


def test_the_terminal_shows_remarks_and_an_example(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "220")
    audited(tmp_path, plant(clean(), "customer_id", ["138****1000"], ROWS))
    assert (
        main(["--lang", "en", "audit", str(tmp_path / "company.toml"), "--out", str(tmp_path / "out")]) == 0
    )
    said = capsys.readouterr().out
    assert "Ids masked with *: 1." in said and "orders.csv:19" in said
    assert "Look at these first" in (tmp_path / "out" / "audit.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
def test_clean_companies_raise_no_alarm(sample, tmp_path):
    company = load_sample(sample)
    names = company.products.set_index("product_id")["name_en"]
    orders = company.orders.assign(product_name=company.orders["product_id"].map(names))
    days = pd.to_datetime(orders["order_date"])
    orders = orders.assign(order_date=days.dt.strftime("%Y-%m-%d"), weekday=days.dt.day_name())
    found = audited(tmp_path, orders, as_of=f"{company.as_of:%Y-%m-%d}")
    assert (len(found.findings), found.remarks, found.accuracy) == (0, (), 1)


def real(tmp_path, file, columns, more=""):
    table = MAPPING.format(as_of="2026-01-01", more=more, columns=columns)
    (tmp_path / "company.toml").write_text(
        table.replace('"orders.csv"', f'"{(SHARED / file).as_posix()}"'), encoding="utf-8"
    )
    found = audit(read_mapping(tmp_path))
    return found, found.findings["kind"].value_counts()


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real data is not on this machine")
def test_real_order_lines_have_the_known_oddities_and_no_other(tmp_path):
    """Online Retail: the two famous buyers, and 15098, whose baskets were cancelled within the hour."""
    columns = (
        'order_id = "InvoiceNo"\ncustomer_id = "CustomerID"\norder_date = "InvoiceDate"\nproduct_id = "StockCode"\n'
        'product_name = "Description"\nquantity = "Quantity"\nprice = "UnitPrice"'
    )
    found, kinds = real(
        tmp_path, "online_retail.parquet", columns, '[orders.returns]\nby = "prefix"\nvalues = ["C"]'
    )
    assert (kinds["cancelled_at_once"], kinds["trial_line"]) == (6, 3) and 2200 < kinds["fee_line"] < 2500
    assert set(kinds.index) & OF_MEANING == {"cancelled_at_once", "trial_line", "fee_line"}
    pairs = found.findings[found.findings["kind"] == "cancelled_at_once"]
    assert pairs["money"].sum() == pytest.approx(2 * (77_183.6 + 38_970 + 168_469.6))


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real data is not on this machine")
@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("superstore_zh.csv", 'order_id = "订单 Id"\ncustomer_id = "客户名称"\norder_date = "订单日期"\nproduct_name = "产品名称"\nquantity = "数量"\namount = "销售额"'),
    ],
)  # fmt: skip
def test_other_real_files_raise_no_alarm_of_meaning(file, columns, tmp_path):
    _, kinds = real(tmp_path, file, columns)
    assert set(kinds.index) & OF_MEANING == set()


@pytest.mark.parametrize(
    ("name", "fee"),
    [
        ("Freight charges", True), ("express delivery", True), ("CRUK Commission", True), ("邮费", True), ("手续费", True), ("택배비", True),
        ("Delivery Boy figurine", False), ("Postcard", False), ("免邮包装盒", False), ("Discount Books Ltd", False), ("快递柜", False),
        ("Post-it notes", False), ("Tea tips", False),
    ],
)  # fmt: skip
def test_fees_are_told_from_goods_that_sound_like_them(name, fee):
    assert meaning.fees(pd.DataFrame({"product_name": [name]})).tolist() == [fee]
