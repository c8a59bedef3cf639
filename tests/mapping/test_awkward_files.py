"""Files as people hand them over, each awkward in one way: `custseg init` and the reading of its mapping end right, or ask."""

import shutil

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

NAMES = "order_no,member_no,order_date,amount"
ROWS = [[f"N{n:03d}", f"M{n % 5}", f"2024-{n % 9 + 1:02d}-{n + 2:02d}", f"{20 + n}.40"] for n in range(15)]
NET = 405 + 6
"""15 orders of 20.40 to 34.40"""


def text(rows=ROWS, names=NAMES, separator=","):
    return "\n".join([names.replace(",", separator), *(separator.join(row) for row in rows)]) + "\n"


def with_column(name, values, rows=ROWS, names=NAMES):
    return text([[*row, value] for row, value in zip(rows, values, strict=True)], f"{names},{name}")


def customers(of):
    return [[row[0], who, *row[2:]] for row, who in zip(ROWS, of, strict=True)]


def right(customers=5, orders=15, net=NET):
    return {"customers": customers, "orders": orders, "net": net}


ASKS = "asks"
WON = ["Closed Won" if n % 3 else "Closed Lost" for n in range(15)]
LOST = sum(float(row[3]) for row, word in zip(ROWS, WON, strict=True) if word == "Closed Lost")

KINDS = {
    "as it should be": (text(), right()),
    "back-ticks": (text([[f"`{cell}" for cell in row] for row in ROWS]), right()),
    "a byte order mark, twice": ("\ufeff\ufeff" + text(), right()),
    "line ends of old Macs": (text().replace("\n", "\r"), right()),
    "sep= in the first line": ("sep=;\n" + text(separator=";"), right()),
    "UTF-16 with tabs": (text(separator="\t").encode("utf-16"), right()),
    "a line break in a remark": (with_column("note", ['"two\nlines"', *["x"] * 14]), right()),
    "a header in the middle": (text([*ROWS[:7], NAMES.split(","), *ROWS[7:]]), right()),
    "a total below": (text([*ROWS, ["合计", "", "", f"{NET:.2f}"]]), right()),
    "several currencies": (with_column("currency", ["USD", "EUR", "JPY"] * 5), ASKS),
    "a group of customers beside e-mails": (
        text(
            [
                [row[0], ("gold", "plain")[n % 2], f"p{n % 5}@example.org", *row[2:]]
                for n, row in enumerate(ROWS)
            ],
            "order_no,customer group,email,order_date,amount",
        ),
        right(),
    ),
    "a decimal comma": (
        text([[*row[:3], row[3].replace(".", ",")] for row in ROWS], separator=";"),
        right(),
    ),
    "a point before three digits": (text([[*row[:3], f"{n + 1}.500"] for n, row in enumerate(ROWS)]), ASKS),
    "money in and money out": (
        with_column("收/支", ["收入"] * 14 + ["支出"], names="订单编号,会员号,交易时间,金额"),
        right(orders=14, net=NET - 2 * 34.4),
    ),
    "a discount in money": (with_column("discount amount", ["1.50"] * 15), right()),
    "day or month": (
        text([[row[0], row[1], f"0{n % 9 + 1}/04/2024", row[3]] for n, row in enumerate(ROWS)]),
        ASKS,
    ),
    "two columns of one name": (text([[*row, "5"] for row in ROWS], NAMES + ",amount"), ASKS),
    "days as a spreadsheet counts them": (
        text([[row[0], row[1], str(45356 + n), row[3]] for n, row in enumerate(ROWS)]),
        right(),
    ),
    "an exchange inside one order": (
        text([*ROWS, ["E1", "M1", "2024-05-05", "70.00"], ["E1", "M1", "2024-05-05", "-70.00"]]),
        right(orders=16),
    ),
    "fields on the first row only": (
        "order_no,member_no,order_date,product,line_total\n"
        "1,A,2024-03-05,tea,10.00\n,,,pot,20.00\n2,B,2024-03-06,tea,10.00\n,,,mug,5.00\n",
        right(2, 2, 45),
    ),
    "a discount before the total": (
        text(
            [[*row[:3], "0.00", row[3]] for row in ROWS],
            "order_no,member_no,order_date,Discount Amount,Order Total",
        ),
        right(),
    ),
    "guests called 0": (text(customers(["0" if n % 3 else f"M{n}" for n in range(15)])), {"customers": 5}),
    "a name with invisible signs": (
        text(customers(["M7", "M7\u200b", "Ｍ7", "m7", " M7"] * 3)),
        right(customers=1),
    ),
    "masked names": (text(customers(["李**", "王**", "张**"] * 5)), ASKS),
    "masked phones": (text(customers([f"138****100{n % 3}" for n in range(15)])), ASKS),
    "ids that a spreadsheet damaged": (text(customers(["1.38E+10", "1.39E+10", "1.37E+10"] * 5)), ASKS),
    "one phone in four spellings": (
        text(customers((["13800000007", "138-0000-0007", "+86 138 0000 0007", "8613800000007"] * 4)[:15])),
        right(customers=1),
    ),
    "an order total on each of its items": (
        "order_no,member_no,order_date,product,line_total,order_total\n"
        "1,A,2024-03-05,tea,10.00,30.00\n1,A,2024-03-05,pot,20.00,30.00\n"
        "2,B,2024-03-06,tea,10.00,15.00\n2,B,2024-03-06,mug,5.00,15.00\n",
        right(2, 2, 45),
    ),
    "a column of refunds": (with_column("Refunded Amount", ["2.00"] * 15), right(net=NET - 30)),
    "an order refunded in full": (
        with_column("订单状态", ["已完成"] * 14 + ["已退款"], names="订单编号,会员号,下单时间,实付金额"),
        right(net=NET - 34.4),
    ),
    "only what was won": (
        with_column("Deal Stage", WON, names="Deal Id,Account Id,Close Date,Amount"),
        right(5, 10, NET - LOST),
    ),
    "returns above purchases": (
        text([*ROWS, ["R1", "M1", "2024-06-05", "-3000.00"]]),
        right(net=NET - 3000),
    ),
    "numbers of sub-orders before those of orders": (
        text(
            [
                [f"S{n}", f"N{n // 2:03d}", f"M{n // 2 % 3}", "2024-03-05", row[3]]
                for n, row in enumerate(ROWS)
            ],
            "子订单编号,主订单编号,会员号,下单时间,实付金额",
        ),
        right(3, 8, NET),
    ),
    "till slips without a number": (
        "card,day,paid\n" + "C1,2024-01-05,10\n" * 5 + "C2,2024-01-07,15\nC2,2024-02-07,15\n",
        right(2, 3, 80),
    ),
    "months as columns": ("customer,2024-01,2024-02,2024-03\nA,10,20,30\nB,5,0,7\n", ASKS),
    "a campaign": ("customer_id,group,conversion,spend\n1,test,0,0\n2,control,1,9.5\n3,test,1,8\n", ASKS),
    "a list of customers": (
        "customer_id,customer_name,gender,registration_date\nA,x,f,2020-01-01\nB,y,m,2020-02-02\n",
        ASKS,
    ),
    "one line of text": ("these are not the orders you look for\n", ASKS),
    "dates in a column called customer": (
        "ID,Dt_Customer,Z_Revenue\n5524,2012-09-04,11\n2174,2014-03-08,11\n4141,2013-08-21,11\n",
        ASKS,
    ),
}


def ends(path):
    """Return what a mapping comes to, or `ASKS` where a person has to say something first."""
    try:
        own = read_own(path)
    except UserError:
        return ASKS
    orders = own.company.orders
    bought = orders[orders["amount"] > 0]
    return {
        "customers": int(bought["customer_id"].nunique()),
        "orders": len(bought[["order_id", "customer_id"]].drop_duplicates()),
        "net": round(float(orders["amount"].sum()), 2),
    }


def proposed(folder, *files):
    out = folder / "company.toml"
    return ends(out) if main(["init", *map(str, files), "--out", str(out)]) == 0 else ASKS


@pytest.mark.parametrize("kind", KINDS)
def test_an_awkward_file_ends_right_or_is_asked_about(kind, tmp_path, capsys):
    content, expected = KINDS[kind]
    file = tmp_path / "orders.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = proposed(tmp_path, file)
    if expected == ASKS:
        assert found == ASKS
    else:
        assert found != ASKS, capsys.readouterr()
        assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.005)


def mapping(folder, content, columns, more=""):
    (folder / "orders.csv").write_text(content, encoding="utf-8")
    lines = "".join(f'{name} = "{column}"\n' for name, column in columns.items())
    (folder / "company.toml").write_text(
        f'name = "x"\nas_of = 2025-01-01\n[orders]\nfile = "orders.csv"\n{more}[orders.columns]\n{lines}',
        encoding="utf-8",
    )
    return folder / "company.toml"


PLAIN = {"order_id": "order_no", "customer_id": "member_no", "order_date": "order_date", "amount": "amount"}


def notes(path):
    return " ".join(note.within("en") for note in read_own(path).sheet.notes)


def test_a_mapping_that_passes_over_refunds_is_told_how_much_they_are(tmp_path):
    content = with_column("refund", ["2.00"] * 15)
    assert "refunds of 30.00 (15 rows)" in notes(mapping(tmp_path, content, PLAIN))
    assert "refunds" not in notes(mapping(tmp_path, content, PLAIN | {"refund": "refund"}))
    assert ends(tmp_path / "company.toml") == right(net=NET - 30)


def test_a_mapping_that_takes_each_row_of_a_visit_for_an_order_is_told(tmp_path):
    content = "card,day,paid\n" + "C1,2024-01-05,10\n" * 5 + "C2,2024-01-07,15\n"
    columns = {"customer_id": "card", "order_date": "day", "amount": "paid"}
    assert "4 rows stand beside" in notes(mapping(tmp_path, content, columns, 'rows = "orders"\n'))
    assert ends(mapping(tmp_path, content, columns, 'rows = "days"\n')) == right(2, 2, 65)


def test_only_keeps_the_rows_that_are_named_and_values_found_nowhere_are_said(tmp_path):
    content = with_column("stage", WON)
    columns = PLAIN | {"status": "stage"}
    path = mapping(tmp_path, content, columns, 'only = {status = ["Closed Won", "Gewonnen"]}\n')
    assert ends(path) == right(5, 10, NET - LOST)
    assert "only in the mapping names Gewonnen; no row has it" in notes(path)
    skip = mapping(tmp_path, content, columns, 'skip = {status = ["Closed Lost", "Verloren"]}\n')
    assert ends(skip) == right(5, 10, NET - LOST)
    assert "skip in the mapping names Verloren; no row has it" in notes(skip)


def test_rows_without_a_day_of_payment_never_came_about_where_the_mapping_says_so(tmp_path):
    content = with_column("paid at", ["2024-11-01"] * 13 + ["", ""])
    path = mapping(tmp_path, content, PLAIN, 'paid_when = ["paid at"]\n')
    assert ends(path) == right(orders=13, net=round(NET - 33.4 - 34.4, 2))


CASES = course_root().parent / "shared" / "cases"
SHARED = {
    "bug_backticks": right(3, 6, 300),
    "bug_bom_twice": right(6, 20, 2200),
    "bug_closed_lost": right(2, 7, 766.5),
    "bug_cr_only": right(6, 20, 2200),
    "bug_currency_column": ASKS,
    "bug_customer_words": right(6, 20, 2200),
    "bug_decimal_comma": right(2, 3, 1626.17),
    "bug_direction_column": {"net": 100},
    "bug_discount_money": right(6, 20, 2200),
    "bug_dmy_all_small": ASKS,
    "bug_dup_header": ASKS,
    "bug_event_tickets": right(300, 300, 51_900),
    "bug_excel_serial": right(3, 5, 250),
    "bug_exchange": right(6, 21, 2200),
    "bug_first_row_only": right(2, 2, 400),
    "bug_first_wins_amount": right(6, 20, 2200),
    "bug_gbk_broken_byte": ASKS,
    "bug_guest_zero": right(2, 12, 600),
    "bug_header_in_middle": right(6, 20, 2200),
    "bug_html_xls": right(6, 20, 2200),
    "bug_invisible_ids": right(1, 12, 600),
    "bug_line_total_times_qty": ASKS,
    "bug_masked_ids": ASKS,
    "bug_masked_phone": ASKS,
    "bug_merged_cells": right(2, 2, 400),
    "bug_monthly_sheets": right(6, 20, 2200),
    "bug_negative_net": {"orders": 40},
    "bug_newline_in_notes": right(6, 20, 2200),
    "bug_one_order_each": right(60, 60, 3000),
    "bug_order_total_repeated": right(2, 3, 600),
    "bug_pdd_masked": ASKS,
    "bug_phone_formats": right(1, 8, 400),
    "bug_pivot": ASKS,
    "bug_pst_dates": right(3, 5, 250),
    "bug_refund_column": right(6, 20, 2010),
    "bug_refund_status_double": {"net": 350},
    "bug_sci_customer_ids": ASKS,
    "bug_sep_line": right(6, 20, 2200),
    "bug_sub_order_id": right(4, 10, 1000),
    "bug_thousand_point": ASKS,
    "bug_total_customer": right(6, 20, 2200),
    "bug_tsv_xls": right(6, 20, 2200),
    "bug_unpaid_words": right(1, 1, 100),
    "bug_utf16_tsv": right(6, 20, 2200),
    "bug_zip": right(6, 20, 2200),
    "data_decimal_comma": right(2, 2, 1334.4),
    "data_refund_column": right(2, 2, 60),
    "data_thousands_dots": ASKS,
}
"""What stands in the cases' own texts; 2,010.00 is 2,200.00 less twenty refunds of 9.50."""


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases stand beside the project only where it is made")
@pytest.mark.parametrize("name", SHARED)
def test_a_case_from_outside_ends_as_its_text_says(name, tmp_path, capsys):
    files = [path for path in sorted((CASES / name).iterdir()) if path.suffix not in (".toml", ".py")]
    for path in files:
        shutil.copy(path, tmp_path)
    found = proposed(tmp_path, *(tmp_path / path.name for path in files if path.name != "expected.txt"))
    expected = SHARED[name]
    if expected == ASKS:
        assert found == ASKS
    else:
        assert found != ASKS, capsys.readouterr()
        assert {key: found[key] for key in expected} == pytest.approx(expected, abs=0.005)
