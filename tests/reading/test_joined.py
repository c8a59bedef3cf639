"""Orders and their items in two files or sheets are one table; what fits nowhere is told, and sums must agree."""

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.reading.joined import joined
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.words.text import UserError

ORDERS = [[f"A{n}", f"C{n % 3}", f"2025-03-{n + 1:02d}", 10.5 * (n + 1)] for n in range(12)]
ITEMS = [item for no, _, _, paid in ORDERS for item in ([no, "tea", paid - 2], [no, "cup", 2.0])]
HEADS = "order id,customer id,created at,order total"


@pytest.fixture
def proposed(tmp_path):
    """Write orders and items, propose a mapping, and return its path."""

    def propose(orders=ORDERS, items=ITEMS, heads=HEADS, kind="csv"):
        tables = {
            "orders": pd.DataFrame(orders, columns=heads.split(",")),
            "items": pd.DataFrame(items, columns=["order id", "product", "line total"]),
        }
        if kind == "xlsx":
            files = [tmp_path / "shop.xlsx"]
            with pd.ExcelWriter(files[0]) as book:
                for name, table in tables.items():
                    table.to_excel(book, sheet_name=name, index=False)
        else:
            files = [tmp_path / f"{name}.csv" for name in tables]
            for file, table in zip(files, tables.values(), strict=True):
                table.to_csv(file, index=False)
        assert main(["init", *map(str, files), "--out", str(tmp_path / "company.toml")]) == 0
        return tmp_path / "company.toml"

    return propose


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("total", [True, False])
def test_items_get_customer_and_day_of_their_order(proposed, kind, total, capsys):
    orders = ORDERS if total else [row[:3] for row in ORDERS]
    file = proposed(orders, heads=HEADS if total else HEADS.rsplit(",", 1)[0], kind=kind)
    assert "are joined by order number" in capsys.readouterr().out
    made = read_own(file).company.orders
    assert (made["order_id"].nunique(), made["customer_id"].nunique()) == (12, 3)
    assert made["amount"].sum() == sum(row[3] for row in ORDERS)
    of_product = made.groupby("product_id")["amount"].sum()
    assert of_product.to_dict() == {"tea": sum(row[3] - 2 for row in ORDERS), "cup": 24}
    assert main(["run", str(file), "--out", str(file.parent / "out")]) == 0


def test_items_that_do_not_add_up_to_their_orders_are_a_question(proposed, capsys):
    file = proposed(items=[[no, product, paid + 5] for no, product, paid in ITEMS])
    assert read_mapping(file).questions
    assert main(["run", str(file), "--dry-run"]) == 2


def test_an_order_total_with_postage_and_discount_is_shared_among_its_items(tmp_path, capsys):
    priced = pd.DataFrame(
        [
            [no, what, n, price]
            for no, *_ in ORDERS
            for what, n, price in (("tea", 2, 15.0), ("cup", 1, 10.0))
        ],
        columns=["order id", "product", "quantity", "unit price"],
    )
    orders = pd.DataFrame(
        [[*row[:3], 5, 3 * (place % 2), 45 - 3 * (place % 2)] for place, row in enumerate(ORDERS)],
        columns=["order id", "customer id", "created at", "shipping", "discount", "order total"],
    )
    priced.to_csv(tmp_path / "items.csv", index=False)
    orders.to_csv(tmp_path / "orders.csv", index=False)
    file = tmp_path / "company.toml"
    assert (
        main(["init", *(str(tmp_path / f"{name}.csv") for name in ("orders", "items")), "--out", str(file)])
        == 0
    )
    assert "agrees with “quantity” × “unit price” of its lines" in capsys.readouterr().out
    made = read_own(file).company.orders
    assert made["amount"].sum().round(2) == orders["order total"].sum()
    assert made.groupby("product_id")["amount"].sum().round(2).to_dict() == {"tea": 391.5, "cup": 130.5}
    assert main(["run", str(file), "--dry-run"]) == 0


def test_what_was_paid_follows_the_answer_where_items_do_not_add_up(proposed):
    file = proposed(items=[[no, product, paid + 5] for no, product, paid in ITEMS])
    [question] = read_mapping(file).questions
    text = file.read_text(encoding="utf-8")
    sums = {}
    for place in range(1, len(question.choices) + 1):
        file.write_text(text.replace("answer = 0", f"answer = {place}"), encoding="utf-8")
        sums[place] = round(float(read_own(file).company.orders["amount"].sum()), 2)
        assert f"{sums[place]:,.2f}" in str(question.choices[place - 1])
    assert set(sums.values()) == {sum(row[3] for row in ORDERS), sum(row[3] + 10 for row in ORDERS)}


def test_items_without_an_order_are_counted_out_loud(proposed, capsys):
    file = proposed(orders=[row[:3] for row in ORDERS[:10]], heads=HEADS.rsplit(",", 1)[0])
    assert "4 rows have no order there" in capsys.readouterr().out
    assert main(["run", str(file), "--dry-run"]) == 2


def test_an_order_without_items_is_not_lost_and_the_two_sums_are_asked(proposed, capsys):
    file = proposed(items=ITEMS[:-2])
    assert "1 orders have no items" in capsys.readouterr().out
    said = str(read_mapping(file).questions)
    assert (
        f"{sum(row[3] for row in ORDERS):,.2f}" in said
        and f"{sum(row[3] for row in ORDERS[:-1]):,.2f}" in said
    )


def test_a_file_of_orders_and_one_of_items_a_month_are_stacked_and_then_joined(tmp_path, capsys):
    for month in range(1, 13):
        orders = [
            [f"M{month}-{no}", who, f"2025-{month:02d}{day[7:]}", paid] for no, who, day, paid in ORDERS
        ]
        items = [[f"M{month}-{no}", product, paid] for no, product, paid in ITEMS]
        for name, table, heads in (
            ("orders", orders, HEADS),
            ("items", items, "order id,product,line total"),
        ):
            file = tmp_path / f"{name}_{month:02d}.csv"
            pd.DataFrame(table, columns=heads.split(",")).to_csv(file, index=False)
    file = tmp_path / "company.toml"
    assert main(["init", *map(str, sorted(tmp_path.glob("*.csv"))), "--out", str(file)]) == 0
    assert "Not used" not in capsys.readouterr().out
    made = read_own(file)
    assert (made.company.orders["order_id"].nunique(), made.company.orders["amount"].sum()) == (
        144,
        12 * sum(row[3] for row in ORDERS),
    )
    assert made.sheet.located(pd.Series([1, 25])).values.tolist() == [
        ["items_01.csv", 2],
        ["items_02.csv", 2],
    ]


def test_rows_are_named_by_file_and_row_and_a_doubled_order_is_refused(tmp_path):
    (tmp_path / "o.csv").write_text("no,who,paid\nA1,C1,5\nA2,C2,6\nA3,C1,7\n")
    (tmp_path / "i.csv").write_text("no,what,paid\nA1,tea,5\nA3,cup,7\n")
    heads, items = read_sheet(tmp_path / "o.csv"), read_sheet(tmp_path / "i.csv")
    made = joined(heads, items, "no", "no")
    assert list(made.frame.columns) == ["no", "what", "paid (i)", "who", "paid"]
    assert made.located(pd.Series(made.frame.index)).values.tolist() == [
        ["i.csv", 2],
        ["i.csv", 3],
        ["o.csv", 3],
    ]
    (tmp_path / "o.csv").write_text("no,who,paid\nA1,C1,5\nA1,C2,6\n")
    with pytest.raises(UserError, match=r"Order A1 stands on several rows of “o\.csv”"):
        joined(read_sheet(tmp_path / "o.csv"), items, "no", "no")
