"""What custseg init proposes: the right columns with their reasons, and a mapping that runs as it stands."""

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.evidence.days import order_evidence
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.mapping.propose import guesses
from custseg_helpers.mapping.usual_names import name_match
from custseg_helpers.paths import course_root
from custseg_helpers.reading.read import read_sheet

pytestmark = pytest.mark.slow

SHARED = course_root().parent / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of real data is not on this machine"
)

SHOP = """2025 年三月订单,,,,,
订单编号,会员号,下单时间,实付金额,单价,订单状态
A1,C1,25/03/2025,¥10.00,10,已完成
A2,C2,03/04/2025,20,20,已退货
A3,C2,04/04/2025,20,20,已取消
"""


def proposed(tmp_path, file, *more):
    out = tmp_path / "company.toml"
    assert main(["init", str(file), "--out", str(out), *more]) == 0
    return out


def test_a_proposal_says_why_and_runs_as_it_stands(tmp_path, capsys):
    (tmp_path / "orders.csv").write_bytes(SHOP.encode("gb18030"))
    out = proposed(tmp_path, tmp_path / "orders.csv")
    assert (
        "order date (order_date) = 下单时间  98%  the name fits; 100% of the cells read as dates"
        in capsys.readouterr().out
    )
    own = read_mapping(out)
    assert own.orders.columns == {
        "order_id": "订单编号",
        "customer_id": "会员号",
        "order_date": "下单时间",
        "amount": "实付金额",
    }
    assert (own.orders.reading["header_row"], own.orders.dates) == (2, "dmy")
    assert own.orders.statuses["订单状态"].lists() == {
        "sale": ("已完成",),
        "never": ("已取消",),
        "back": ("已退货",),
    }
    assert own.as_of == pd.Timestamp("2025-04-04")
    orders = read_own(out).company.orders
    assert orders[["customer_id", "amount"]].to_numpy().tolist() == [["C1", 10], ["C2", 20], ["C2", -20]]


def test_a_mapping_is_never_overwritten(tmp_path, capsys):
    (tmp_path / "orders.csv").write_text(SHOP, encoding="utf-8")
    (tmp_path / "company.toml").write_text("mine")
    assert main(["init", str(tmp_path / "orders.csv")]) == 2
    assert (tmp_path / "company.toml").read_text() == "mine"


def test_day_and_month_are_left_to_the_user_where_nothing_tells(tmp_path):
    (tmp_path / "orders.csv").write_text(SHOP.replace("25/03/2025", "05/03/2025"), encoding="utf-8")
    out = proposed(tmp_path, tmp_path / "orders.csv")
    assert '# dates = "dmy" # is 03/04 in March or April?' in out.read_text(encoding="utf-8")
    assert main(["run", str(out), "--dry-run"]) == 2
    assert order_evidence(pd.Series(["25/03/2024", "03/25/2024"])) is None


@pytest.mark.parametrize(
    ("name", "field"),
    [("单号", "order_id"), ("Invoice No.", "order_id"), ("会员卡号", "customer_id"), ("Customer_ID", "customer_id"), ("成交时间", "order_date"),
     ("实付金额（元）", "amount"), ("销售额", "amount"), ("Qty", "quantity"), ("Unit Price", "price"), ("SKU", "product_id")],
)  # fmt: skip
def test_names_in_both_languages_are_known(name, field):
    assert name_match(name, field) >= 0.7


def test_a_fitting_name_with_other_contents_is_not_believed(tmp_path):
    (tmp_path / "orders.csv").write_text(
        "order no,customer id,date,amount\nA1,C1,soon,much\nA2,C2,later,more\n"
    )
    assert {guess.field for guess in guesses(read_sheet(tmp_path / "orders.csv"))} == {
        "order_id",
        "customer_id",
    }


@needs_shared
@pytest.mark.parametrize("name", ["superstore_zh.csv", "superstore_zh.xls"])
def test_the_superstore_goes_from_file_to_company_without_a_hand(tmp_path, name, capsys):
    own = read_own(proposed(tmp_path, SHARED / name))
    assert "customer id (customer_id) = 客户名称  70%  a name, not a number" in capsys.readouterr().out
    assert (len(own.company.orders), len(own.company.customers), own.cleaned.left_out) == (9935, 771, {})
    assert own.company.as_of == pd.Timestamp("2016-12-31")


@needs_shared
def test_online_retail_s_cancellations_are_found(tmp_path):
    own = read_mapping(proposed(tmp_path, SHARED / "online_retail.parquet"))
    assert (own.orders.returns.by, own.orders.returns.values, own.as_of) == (
        "sign",
        (),
        pd.Timestamp("2011-12-10"),
    )
    assert own.orders.columns["price"] == "UnitPrice"


@needs_shared
def test_a_file_without_customers_says_what_that_means(tmp_path, capsys):
    out = proposed(tmp_path, SHARED / "zh_orders_gbk.csv")
    assert "No column of customers was found" in capsys.readouterr().out
    assert main(["run", str(out), "--out", str(tmp_path / "out")]) == 2
    assert "What can still be done" in capsys.readouterr().err


def test_sheets_and_files_become_tables_by_what_is_in_them(tmp_path, capsys):
    raw = course_root() / "datasets" / "retail" / "raw"
    files = [raw / name for name in ("service_records.csv", "marketing_members.xlsx", "sales_orders.csv")]
    assert main(["init", *map(str, files), "--out", str(tmp_path / "company.toml")]) == 0
    own = read_mapping(tmp_path / "company.toml")
    assert {table: source.file.name for table, source in own.sources.items()} == {
        "orders": "sales_orders.csv",
        "customers": "marketing_members.xlsx",
        "interactions": "service_records.csv",
    }
    assert own.sources["customers"].reading == {"sheet": "会员登记", "header_row": 3}
    assert own.sources["customers"].columns["birth_year"] == "出生年份"
    assert "Not used: marketing_members.xlsx › 填表说明" in capsys.readouterr().out
    assert main(["run", str(tmp_path / "company.toml"), "--dry-run"]) == 0


def test_files_with_the_same_columns_are_read_together(tmp_path, capsys):
    for month in (1, 2, 3):
        lines = "".join(f"A{month}{n},C{n},2025-0{month}-0{n},10\n" for n in range(1, 4 + month))
        (tmp_path / f"m{month}.csv").write_text(f"order no,customer id,date,amount\n{lines}")
    out = tmp_path / "company.toml"
    assert main(["init", *(str(tmp_path / f"m{month}.csv") for month in (1, 2, 3)), "--out", str(out)]) == 0
    assert 'file = ["m3.csv", "m2.csv", "m1.csv"]' in out.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["run", str(out), "--dry-run"]) == 0
    assert "15 rows read" in capsys.readouterr().out
    assert read_mapping(out).as_of == pd.Timestamp("2025-03-07")


@pytest.mark.parametrize(
    ("header", "cell", "currency", "zone"),
    [
        ("amount", "HK$12.00", "HKD", "Asia/Hong_Kong"),
        ("amount (USD)", "12", "USD", "Asia/Shanghai"),
        ("amount_eur", "12", "EUR", "Europe/Berlin"),
        ("gbp_total", "12", "GBP", "Europe/London"),
        ("TotalPriceJPY", "1200", "JPY", "Asia/Tokyo"),
        ("实付金额元", "12", "CNY", "Asia/Shanghai"),
        ("金额（元）", "12", "CNY", "Asia/Shanghai"),
        ("amount", "12", "CNY", "Asia/Shanghai"),
        ("amount", "£12.00", "GBP", "Europe/London"),
        ("金額", "¥1200", "JPY", "Asia/Tokyo"),
        ("金额", "¥1200", "CNY", "Asia/Shanghai"),
        ("결제금액", "1200", "KRW", "Asia/Seoul"),
    ],
)
def test_the_currency_is_taken_from_the_amounts_or_their_name(tmp_path, header, cell, currency, zone):
    (tmp_path / "o.csv").write_text(
        f"order no,customer id,date,{header}\nA1,C1,2025-03-01,{cell}\n", encoding="utf-8"
    )
    own = read_mapping(proposed(tmp_path, tmp_path / "o.csv"))
    assert (own.currency, own.time_zone) == (currency, zone)
    assert own.orders.columns["amount"] == header


@pytest.mark.parametrize(
    ("header", "worth"),
    [("amount_cents", 0.01), ("amount_minor", 0.01), ("total_usd_cents", 0.01), ("实付金额(分)", 0.01), ("实付金额分", 0.01), ("Total (in cents)", 0.01), ("金额（万元）", 10_000), ("Betrag (TEUR)", 1000)],
)  # fmt: skip
def test_amounts_in_cents_or_in_ten_thousands_come_out_in_whole_money(tmp_path, header, worth):
    (tmp_path / "o.csv").write_text(
        f"order no,customer id,date,{header}\nA1,C1,2025-03-01,1205\nA2,C2,2025-03-02,-33\n", encoding="utf-8"
    )
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert read_mapping(out).orders.worth == {header: worth}
    assert read_own(out).company.orders["amount"].tolist() == [1205 * worth]


def test_ids_with_and_without_zeros_in_front_are_asked_and_the_answer_makes_them_one(tmp_path, capsys):
    rows = (
        "".join(f"A{n},{n % 3 + 1:05d},2025-03-{n + 1:02d},10\n" for n in range(9)) + "A9,2,2025-04-01,10\n"
    )
    (tmp_path / "o.csv").write_text("order no,customer id,date,amount\n" + rows)
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert "has both 00002 and 2 (1 such pairs). Are they one customer?" in capsys.readouterr().out
    assert main(["run", str(out), "--dry-run"]) == 2
    text = out.read_text(encoding="utf-8")
    for answer, customers in ((1, 3), (2, 4)):
        out.write_text(text.replace("answer = 0", f"answer = {answer}"), encoding="utf-8")
        assert read_own(out).company.orders["customer_id"].nunique() == customers


@pytest.mark.parametrize(("orders", "members"), [("{:d}", "{:05d}"), ("{:05d}", "{:d}")])
def test_members_are_found_although_a_spreadsheet_cut_zeros_off_in_one_file(
    tmp_path, capsys, orders, members
):
    lines = "".join(f"A{n},{orders.format(n % 3 + 1)},2025-03-{n + 1:02d},10\n" for n in range(9))
    (tmp_path / "o.csv").write_text("order no,customer id,date,amount\n" + lines)
    lines = "".join(f"{members.format(n)},Name{n},Town{n},2024-01-01\n" for n in range(1, 6))
    (tmp_path / "m.csv").write_text("customer id,customer name,city,signup date\n" + lines)
    out = tmp_path / "company.toml"
    assert main(["init", str(tmp_path / "o.csv"), str(tmp_path / "m.csv"), "--out", str(out)]) == 0
    assert "only zeros in front differ" in capsys.readouterr().out
    customers = read_own(out).company.customers.set_index("customer_id")
    assert customers.loc[orders.format(2), "city"] == "Town2"


def test_the_time_zone_is_the_one_in_which_the_dates_were_written(tmp_path):
    (tmp_path / "o.csv").write_text(
        "order no,customer id,date,amount\nA1,C1,2025-01-31 23:30:00 PST,$5\nA2,C1,2025-07-31 23:30:00 PDT,$5\n"
    )
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert read_mapping(out).time_zone == "America/Los_Angeles"
    assert read_own(out).company.orders["order_date"].dt.day.tolist() == [31, 31]


def test_dates_turned_round_by_a_spreadsheet_are_turned_back_and_told(tmp_path, capsys):
    days = [pd.Timestamp("2024-05-01") + pd.Timedelta(days=3 * n) for n in range(20)]
    cells = [
        pd.Timestamp(f"2024-{one.day}-{one.month}") if one.day <= 12 else f"{one:%d/%m/%Y}" for one in days
    ]
    frame = pd.DataFrame({"order no": [f"A{n}" for n in range(20)], "customer id": ["C1", "C2"] * 10})
    frame.assign(date=pd.Series(cells, dtype=object), amount=10.5).to_excel(tmp_path / "o.xlsx", index=False)
    out = proposed(tmp_path, tmp_path / "o.xlsx")
    assert "swapped day and month" in capsys.readouterr().out
    assert read_own(out).company.orders["order_date"].tolist() == days


def test_two_columns_that_could_both_be_the_amount_are_a_question_and_one_number_answers_it(tmp_path, capsys):
    (tmp_path / "o.csv").write_text(
        "单号,会员号,日期,退货前销售额,到手价\nA1,C1,2025-03-01,99,10\nA2,C2,2025-03-02,99.5,20\n",
        encoding="utf-8",
    )
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert "“到手价” (on each line): 30.00 in all" in capsys.readouterr().out
    assert main(["run", str(out), "--dry-run"]) == 2
    assert "1 open questions, and money depends on the answers" in capsys.readouterr().err
    text = out.read_text(encoding="utf-8")
    place = (
        text[text.index("[[questions]]") :]
        .split("says = ")
        .index(
            next(
                part
                for part in text[text.index("[[questions]]") :].split("says = ")
                if part.startswith('"“到手价”')
            )
        )
    )
    out.write_text(text.replace("answer = 0", f"answer = {place}"), encoding="utf-8")
    assert read_own(out).company.orders["amount"].sum() == 30


def test_what_is_not_asked_because_three_questions_are_enough_is_said_in_the_file_and_on_the_report(
    tmp_path, capsys
):
    people = ["0012", "12", *["77"] * 15, *[f"{n}" for n in range(100, 140)]]
    rows = [
        f"A{n},{who},2025-03-{n % 28 + 1:02d},{99.5 + n},{10.5 + n},{'flurbed' if n % 9 == 0 else '交易成功'}"
        for n, who in enumerate(people)
    ]
    (tmp_path / "o.csv").write_text(
        "\n".join(["单号,会员号,日期,退货前销售额,实付金额,订单状态", *rows]), encoding="utf-8"
    )
    out = proposed(tmp_path, tmp_path / "o.csv")
    said = capsys.readouterr().out
    assert said.count("A question: ") == 3
    own = read_mapping(out)
    assert len(own.assumed) == 1 and f"Not asked but assumed: {own.assumed[0]}" in said
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("answer = 0", "answer = 1"), encoding="utf-8")
    assert main(["run", str(out), "--out", str(tmp_path / "out")]) == 0
    assert "Not asked but assumed" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_an_amount_in_two_rows_of_names_is_the_one_with_tax(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["订单号", "会员号", "下单日期", "金额", None, None])
    book.active.append([None, None, None, "含税", "不含税", "税"])
    for n in range(12):
        book.active.append([f"A{n}", f"C{n % 4}", f"2025-03-{n + 1:02d}", 113.0 + n, 100.0 + n, 13.0])
    book.save(tmp_path / "o.xlsx")
    made = read_own(proposed(tmp_path, tmp_path / "o.xlsx"))
    assert made.company.orders["amount"].sum() == sum(113 + n for n in range(12))


def test_odd_names_of_columns_and_files_leave_a_valid_mapping(tmp_path):
    odd = 'say "hi"\\n#\t'
    frame = pd.DataFrame(
        {
            "order no": ["A1"],
            "customer id": ["C1"],
            "date": ["2025-03-01"],
            "amount": [1],
            "line\nbreak": [1],
            odd: [2],
        }
    )
    frame.to_csv(tmp_path / 'a "b" #1.csv', index=False)
    own = read_own(proposed(tmp_path, tmp_path / 'a "b" #1.csv'))
    assert own.company.name == 'a "b" #1' and len(own.company.orders) == 1


def test_that_no_column_tells_cancelled_orders_is_said_until_a_status_is_mapped(tmp_path, capsys):
    said = "Not asked but assumed: no column says which orders were cancelled"
    rows = "".join(
        f"A{n},C{n % 3},2025-03-{n + 1:02d},{10 + n}.50,{(n % 4 and 'blue') or 'red'}\n" for n in range(9)
    )
    (tmp_path / "o.csv").write_text(f"order no,member no,date,amount,own field\n{rows}", encoding="utf-8")
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert said in capsys.readouterr().out
    result = ["--out", str(tmp_path / "out")]
    assert main(["run", str(out), *result]) == 0
    assert said in capsys.readouterr().out.splitlines()[2]
    assert said in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    text = out.read_text(encoding="utf-8").replace(
        "[orders.columns]", '[orders.columns]\nstatus = "own field"'
    )
    out.write_text(text + '\n[orders.skip]\nstatus = ["red"]\n', encoding="utf-8")
    assert main(["run", str(out), *result]) == 0
    assert said not in capsys.readouterr().out
    assert said not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_whether_deals_are_sales_is_a_question_until_a_stage_is_mapped(tmp_path, capsys):
    rows = "".join(
        f"D{n},C{n % 3},2025-03-{n + 1:02d},{10 + n}.50,{(n % 4 and 'blue') or 'red'}\n" for n in range(9)
    )
    (tmp_path / "o.csv").write_text(f"deal id,client id,date,deal amount,own field\n{rows}", encoding="utf-8")
    out = proposed(tmp_path, tmp_path / "o.csv")
    assert "No column says which orders were never paid" in capsys.readouterr().out
    assert main(["run", str(out), "--dry-run"]) == 2
    text = out.read_text(encoding="utf-8").replace(
        "[orders.columns]", '[orders.columns]\nstatus = "own field"'
    )
    out.write_text(
        text.replace("[orders.returns]", '[orders.skip]\nstatus = ["red"]\n[orders.returns]'),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["run", str(out), "--dry-run"]) == 0
    assert "No column says" not in capsys.readouterr().out


def test_a_run_without_a_column_of_days_says_so_rather_than_ask_for_a_snapshot(tmp_path, capsys):
    file = tmp_path / "list.csv"
    rows = "".join(f"3.{n + 1},K{n % 3},{20 + n}.50\n" for n in range(9))
    file.write_text(f"order date,customer no,amount\n{rows}", encoding="utf-8")
    assert main(["init", str(file)]) == 0 and "no year" in capsys.readouterr().out
    assert main(["run", str(tmp_path / "company.toml")]) == 2
    assert "no column of order dates" in capsys.readouterr().err
