"""The mapping file: what it decides, and a clear answer to every slip in it or in the file it maps."""

from pathlib import Path

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.decisions import decisions
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.words.text import UserError

MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = "orders.csv"
[orders.columns]
order_id = "no"
customer_id = "who"
order_date = "day"
amount = "paid"
"""
ORDERS = "no,who,day,paid,state,pieces\nA1,C1,2025-03-01,10,ok,1\nA2,C2,2025-03-02,20,ok,2\nR1,C2,2025-03-03,5,back,1\n"


@pytest.fixture
def own(tmp_path):
    def read(mapping=MAPPING, orders=ORDERS):
        (tmp_path / "company.toml").write_text(mapping, encoding="utf-8")
        (tmp_path / "orders.csv").write_text(orders, encoding="utf-8")
        return read_own(tmp_path / "company.toml")

    return read


def amounts(own):
    return own.company.orders.set_index("order_id")[["amount", "quantity"]].T.to_dict("list")


def test_returns_by_status_and_by_prefix_become_negative(own):
    by_status = (
        MAPPING
        + 'status = "state"\nquantity = "pieces"\n[orders.returns]\nby = "status"\nvalues = ["back"]\n'
    )
    by_prefix = MAPPING + 'quantity = "pieces"\n[orders.returns]\nby = "prefix"\nvalues = ["R"]\n'
    assert (
        amounts(own(by_status)) == amounts(own(by_prefix)) == {"A1": [10, 1], "A2": [20, 2], "R1": [-5, -1]}
    )
    assert amounts(own())["R1"] == [5, 1]


def test_quantity_times_price_is_rounded_to_cents_line_by_line(own):
    mapping = MAPPING.replace('amount = "paid"', 'price = "paid"\nquantity = "pieces"')
    orders = "no,who,day,paid,pieces\nA1,C1,2025-03-01,0.333,3\nA2,C1,2025-03-01,0.335,1\n"
    assert own(mapping, orders).company.orders["amount"].tolist() == [1.0, 0.34]


def test_every_reason_for_leaving_a_line_out_is_counted_once(own):
    orders = (
        "no,who,day,paid,pieces\nA1,C1,2025-03-01,10,1\n,,,,\nA3,,2025-03-01,10,1\n,C1,2025-03-01,10,1\nA5,C1,2025-02-30,10,1\n"
        "A6,C1,2025-03-01,ten,1\nA7,C1,2025-03-01,0,1\nA8,C1,2025-03-01,-10,1\nA9,C1,2025-04-02,10,1\nB1,TEST,2025-03-01,10,1\n"
        "B2,C9,2025-03-01,-10,-1\nA1,C1,2025-03-01,10,1\nB3,C1,2025-03-01,99999999999,1\n"
        "B4,*******528,2025-03-01,10,1\n"
    )
    mapping = MAPPING.replace(
        "[orders.columns]", 'duplicates = "drop"\n[orders.columns]\nquantity = "pieces"'
    )
    made = own(mapping + '[orders.skip]\ncustomer_id = ["TEST"]\n', orders)
    reasons = (
        "blank_row",
        "skipped",
        "duplicate",
        "no_customer",
        "masked",
        "no_order",
        "no_date",
        "no_amount",
        "zero_amount",
    )
    rest = ("impossible", "sign_mismatch", "after_as_of", "no_purchase")
    assert made.cleaned.left_out == dict.fromkeys(reasons + rest, 1)
    assert list(made.cleaned.left_out) == [*reasons, *rest]
    assert len(made.company.orders) == 1
    unread = [("day", 6, "2025-02-30", "date"), ("paid", 7, "ten", "number")]
    assert made.cleaned.unread[["column", "row", "value", "problem"]].apply(tuple, axis=1).tolist() == unread


def test_one_row_an_order_needs_no_order_number(own):
    mapping = MAPPING.replace('order_id = "no"\n', "").replace(
        "[orders.columns]", 'rows = "orders"\n[orders.columns]'
    )
    assert own(mapping).company.orders["order_id"].tolist() == ["2", "3", "4"]


def test_quantities_may_be_weights(own):
    made = own(MAPPING + 'quantity = "pieces"\n', ORDERS.replace("ok,2", "ok,0.328"))
    assert made.company.orders["quantity"].tolist() == [1, 0.328, 1]


def test_customers_and_products_come_from_the_lines(own):
    mapping = (
        MAPPING + 'product_name = "state"\ncustomer_name = "who"\ncategory = "state"\nquantity = "pieces"\n'
    )
    company = own(mapping).company
    assert company.customers[["customer_id", "name_zh"]].values.tolist() == [["C1", "C1"], ["C2", "C2"]]
    assert company.customers["signup_date"].tolist() == [
        pd.Timestamp("2025-03-01"),
        pd.Timestamp("2025-03-02"),
    ]
    assert company.products[["product_id", "category", "price"]].values.tolist() == [
        ["back", "back", 5],
        ["ok", "ok", 10],
    ]


def test_files_of_customers_products_and_interactions_are_read_too():
    own = read_own(Path(__file__).parents[2] / "examples" / "messy_retail")
    company = own.company
    assert not {"orders", "customers", "products", "interactions"} & set(company.borrowed)
    assert set(company.customers["gender"].dropna()) == {"female", "male"}
    assert company.customers["customer_id"].is_unique and company.products["product_id"].is_unique
    assert set(company.interactions["kind"]) == {"service", "survey"}
    assert set(company.orders["customer_id"]) <= set(company.customers["customer_id"])


def test_which_day_it_is_is_asked(own):
    orders = ORDERS.replace("2025-03-02", "02/03/2025")
    with pytest.raises(
        UserError, match=r"Which day is “02/03/2025” \(row 3, column “day”\).*dates = \"dmy\""
    ):
        own(orders=orders)
    made = own(MAPPING.replace("[orders.columns]", 'dates = "mdy"\n[orders.columns]'), orders)
    assert made.company.orders["order_date"].dt.strftime("%m-%d").tolist() == ["03-01", "02-03", "03-03"]


def test_decisions_are_said_in_both_languages(own):
    said = decisions(own(MAPPING + '[orders.skip]\ncustomer_id = ["TEST"]\n').mapping)
    assert all(text.zh and text.en and text.zh != text.en for text in said)


WRONG = {
    'as_of = 2025-04-01': [("", "as_of"), ("as_of = 20250401", "as_of"), ('as_of = "soon"', "as_of")],
    'name = "shop"': [("", "name"), ("name = 5", "must be a text"), ('nmae = "shop"', "unknown key “nmae”.*name")],
    'amount = "paid"': [("", "lacks amount"), ('quantity = "pieces"', "lacks amount"), ('amount = "payed"', "no column “payed”.*paid"), ("amount = 3", "must be a text"), ('amonut = "paid"', "unknown key “orders.columns.amonut”.*amount"), ('amount = "who"', "None of the 3 rows")],
    'order_id = "no"': [("", "lacks order_id"), ('order_id = "no"\norder_id = "no"', "not valid TOML")],
    'customer_id = "who"': [("", "maps no customer_id"), ('customer_id = "nobody"', "all empty")],
    '[orders]': [('[orders]\ndates = "ymdd"', "choose one of"), ('[orders]\nheader_row = "1"', "whole number"), ("[orders]\nheader_row = -1", "count from 1"), ('[orders]\nseparator = "::"', "not supported"), ("title = 5\n[orders]", "needs a text zh"), ('time_zone = "Mars/Olympus"\n[orders]', "write a zone"), ("[orders]\nsheat = 1", "unknown key “orders.sheat”")],
    'file = "orders.csv"': [("", "must be a text"), ('file = "order.csv"', "no file")],
    "[orders.columns]": [('[orders.returns]\nby = "status"\nvalues = ["x"]\n[orders.columns]', "lacks status"), ('[orders.returns]\nby = "prefix"\n[orders.columns]', "list the statuses"), ('[orders.returns]\nvalues = "x"\n[orders.columns]', "list of texts"), ('[orders.skip]\nstate = ["x"]\n[orders.columns]', "unknown key “orders.skip.state”"), ("[orders.cols]", "unknown key “orders.cols”|must be a table")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"), [(old, *case) for old, cases in WRONG.items() for case in cases]
)
def test_every_slip_in_a_mapping_is_named_and_nothing_is_written(tmp_path, capsys, old, new, says):
    (tmp_path / "company.toml").write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "orders.csv").write_text(
        ORDERS.replace("pieces", "nobody").replace(",1\n", ",\n").replace(",2\n", ",\n")
    )
    with pytest.raises(UserError, match=says) as raised:
        read_own(tmp_path / "company.toml")
    assert raised.value.text.zh != raised.value.text.en
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "out")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["company.toml", "orders.csv"]


@pytest.mark.parametrize(
    ("orders", "says"),
    [
        ("no,who,day,paid,who\nA1,C1,2025-03-01,10,C1\n", "2 columns called “who”"),
        ("no,who,day,paid\nA1,,2025-03-01,10\nA2,,2025-03-01,10\n", "all empty"),
        ("no,who,day,paid\n", "a header and no data"),
        (
            "no,who,day,paid\nA1,C1,2025-03-01,¥10\nA2,C1,2025-03-01,$5\n",
            r"mixes currencies: CNY \(row 2\), USD \(row 3\)",
        ),
        ("no,who,day,paid\nA1,C1,2026-03-01,10\n", "None of the 1 rows .*after the snapshot"),
        ("no,who,day,paid\nA1,C1,2025-03-01,-10\n", "None of the 1 rows .*only returns"),
    ],
)
def test_every_file_that_cannot_be_used_says_why(own, orders, says):
    with pytest.raises(UserError, match=says):
        own(orders=orders)


@pytest.mark.parametrize(
    "orders",
    ["no,who,day,paid\nA1,C1,2025-03-01,10\n", "no,who,day,paid\nA1,C1,2025-03-01,10\nA2,C2,2025-03-01,9\n"],
)
def test_one_customer_or_one_day_is_enough_for_a_run(own, tmp_path, orders, capsys):
    own(orders=orders)
    assert main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "out")]) == 0


def test_a_folder_stands_for_its_company_toml(own, tmp_path):
    own()
    assert read_mapping(tmp_path) == read_mapping(tmp_path / "company.toml")
    assert set(read_mapping(tmp_path).orders.columns) <= set(field_kinds("orders"))


SHIPPED = """no,who,day,paid,pieces,price,post,off
A1,C1,2025-03-01,20.00,3,6.67,6.00,1.01
A1,C1,2025-03-01,30.00,1,30.00,6.00,2.00
A2,C2,2025-03-02,10.00,1,10.00,,-0.50
A2,C2,2025-03-09,-10.00,-1,10.00,,0.50
"""
PARTS = '[orders.plus]\npost = "order"\n[orders.minus]\noff = "line"\n'


def test_shipping_is_added_once_an_order_and_discounts_are_taken_off_each_line(own):
    orders = own(MAPPING + PARTS, SHIPPED).company.orders
    assert orders["amount"].tolist() == [24.99, 28.0, 9.5, -9.5]


def test_shipping_and_discounts_change_quantity_times_price_too(own):
    mapping = MAPPING.replace('amount = "paid"', 'price = "price"\nquantity = "pieces"')
    orders = own(mapping + PARTS, SHIPPED).company.orders
    assert orders["amount"].tolist() == [25.0, 28.0, 9.5, -9.5]
    assert orders["quantity"].tolist() == [3, 1, 1, -1]


def test_shipping_of_an_order_stays_with_a_line_that_was_sold(own):
    mapping = MAPPING + PARTS + '[orders.statuses.state]\nnever = ["out of stock"]\nsale = ["sent"]\n'
    orders = own(
        mapping,
        "no,who,day,paid,state,post,off\nA1,C1,2025-03-01,20,out of stock,6,0\nA1,C1,2025-03-01,30,sent,6,0\n",
    ).company.orders
    assert orders["amount"].tolist() == [36.0]


def test_whose_a_part_is_must_be_line_or_order(own):
    with pytest.raises(UserError) as raised:
        own(MAPPING + '[orders.plus]\npost = "row"\n', SHIPPED)
    assert "orders.plus" in raised.value.text.en and '"order"' in raised.value.text.en


def test_the_report_says_what_is_added_and_taken_off(own):
    said = [text.within("en") for text in decisions(own(MAPPING + PARTS, SHIPPED).mapping)]
    assert any("plus “post” less “off”" in text for text in said)


STARS = "no,who,day,paid\nA1,138****1000,2025-03-01,10\nA2,138****1000,2025-03-02,20\nA3,C1,2025-03-03,5\n"


def test_a_masked_id_is_no_customer_unless_the_mapping_keeps_it(own):
    assert own(orders=STARS).company.orders["customer_id"].tolist() == ["C1"]
    kept = own(MAPPING.replace("[orders.columns]", 'masked = "keep"\n[orders.columns]'), STARS)
    assert set(kept.company.orders["customer_id"]) == {"138****1000", "C1"}


def test_where_every_id_is_masked_the_column_of_customers_is_asked(own):
    with pytest.raises(UserError) as raised:
        own(orders=STARS.replace("C1", "139****0002"))
    assert "masked" in raised.value.text.en and "Which column" in raised.value.text.en
    assert "打了码" in raised.value.text.zh
