"""Files as people send them: encodings, separators, title rows, numbers and dates, and bad ones with a clear answer."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custseg_helpers.paths import course_root
from custseg_helpers.reading.dates import dates, day, half_swapped
from custseg_helpers.reading.encodings import encoding_of
from custseg_helpers.reading.numbers import currencies, number, numbers
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.words.text import UserError

SHARED = course_root().parent / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of real data is not on this machine"
)

SIMPLIFIED = "单号,客户名称,下单日期,实付金额\nA1,杭州万客隆商贸,2024-03-05,120.5\nA2,许安,2024-03-06,88\n"
TRADITIONAL = "單號,客戶名稱,下單日期,實付金額\nA1,臺北萬客隆商貿,2024-03-05,120.5\nA2,許安,2024-03-06,88\n"


def saved(tmp_path, content, name="orders.csv"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    ("text", "encoding", "certain"),
    [
        (SIMPLIFIED, "utf-8", True),
        (SIMPLIFIED, "utf-8-sig", True),
        (SIMPLIFIED, "gbk", False),
        (SIMPLIFIED, "gb18030", False),
        (SIMPLIFIED, "utf-16", True),
        (SIMPLIFIED, "utf-16-le", False),
        (SIMPLIFIED, "utf-16-be", False),
        (TRADITIONAL, "big5", False),
        ("name;city\nMüller;Köln\nZoë;Nîmes\n", "cp1252", False),
    ],
)
def test_every_usual_encoding_reads_the_same(tmp_path, text, encoding, certain):
    sheet = read_sheet(saved(tmp_path, text.encode(encoding)))
    rows = [line.split("," if "," in text else ";") for line in text.splitlines()]
    assert [list(sheet.frame.columns), *sheet.frame.values.tolist()] == rows
    assert (not sheet.notes) == certain


def test_text_that_is_chinese_only_far_down_is_still_found():
    assert encoding_of(b"a,b\n" * 100_000 + "客户,金额\n".encode("gbk")).codec == "gb18030"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(tmp_path, separator):
    text = SIMPLIFIED.replace(",", separator).replace("许安", '"许,安;|"')
    sheet = read_sheet(saved(tmp_path, text))
    assert sheet.about["separator"] == separator
    assert sheet.frame["客户名称"].tolist() == ["杭州万客隆商贸", "许,安;|"]


def test_title_rows_are_skipped_and_rows_keep_their_spreadsheet_number(tmp_path):
    sheet = read_sheet(
        saved(tmp_path, "2024 年三月订单,,,\n制表：市场部,,,\n" + SIMPLIFIED.replace("A2", "\n\nA2"))
    )
    assert sheet.about["header_row"] == 3
    assert sheet.frame["单号"].dropna().to_dict() == {4: "A1", 7: "A2"}


def workbook(sheets):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_excel_with_title_rows_and_several_sheets(tmp_path):
    rows = [
        ["会员登记表"],
        ["制表：市场部"],
        ["会员号", "注册日期", "金额"],
        [1001, datetime(2024, 3, 5), 12.5],
        ["C2", 45356, "1.2万"],
    ]
    file = saved(tmp_path, workbook({"说明": [["请勿修改"]], "登记": rows}), "会员.xlsx")
    sheet = read_sheet(file)
    assert (sheet.about["sheet"], sheet.about["header_row"], list(sheet.frame.index)) == ("登记", 3, [4, 5])
    assert "说明" in str(sheet.notes[0])
    assert dates(sheet.frame["注册日期"])[0].dt.strftime("%Y-%m-%d").tolist() == ["2024-03-05", "2024-03-05"]
    assert numbers(sheet.frame["金额"])[0].tolist() == [12.5, 12000]
    with pytest.raises(UserError, match=r"no sheet “订单”.*说明, 登记"):
        read_sheet(file, sheet="订单")


@needs_shared
def test_the_legacy_excel_holds_what_the_csv_holds():
    old, new = read_sheet(SHARED / "superstore_zh.xls").frame, read_sheet(SHARED / "superstore_zh.csv").frame
    assert len(old) == len(new) == 9935
    for column, read in (("销售额", numbers), ("订单日期", dates)):
        (one, unread, *_), (other, unread2, *_) = read(old[column]), read(new[column])
        assert not unread.any() and not unread2.any()
        assert (
            sorted(one) == pytest.approx(sorted(other), abs=0.51)
            if column == "销售额"
            else sorted(one) == sorted(other)
        )


@needs_shared
def test_the_gbk_supermarket_file_has_266_empty_rows():
    frame = read_sheet(SHARED / "zh_orders_gbk.csv").frame
    assert (len(frame), int(frame.isna().all(axis=1).sum())) == (3744, 266)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("¥1,234.50", 1234.5), ("￥ 1,234.50", 1234.5), ("1.2万", 12000), ("３，４５６．７", 3456.7), ("(120)", -120),
        ("（120）", -120), ("-5", -5), ("−5", -5), ("¥-5", -5), ("15%", 0.15), ("1.5亿元", 1.5e8), ("1e3", 1000),
        ("1,2345", None), ("1,5", None), ("12-3", None), ("--5", None), ("(-5)", None), ("5 6", None), ("inf", None),
        ("nan", None), ("约100", None), ("0x10", None),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(written, value):
    assert number(written) == value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024/3/5", "2024-03-05"), ("2024-3-5", "2024-03-05"), ("2024.03.05", "2024-03-05"), ("2024年3月5日", "2024-03-05"),
        ("２０２４年３月５日", "2024-03-05"), ("20240305", "2024-03-05"), ("20240305093000", "2024-03-05"), ("45356", "2024-03-05"),
        ("45356.75", "2024-03-05"), ("1709600400", "2024-03-05"), ("1709600400000", "2024-03-05"),
        ("2024-03-04T20:00:00Z", "2024-03-05"), ("2024-03-05 00:30 +0900", "2024-03-04"), ("2024/3/5 下午3:20", "2024-03-05"),
        ("2024-03-05 星期二", "2024-03-05"), ("5 Mar 2024", "2024-03-05"), ("March 5, 2024", "2024-03-05"), ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"), ("05/05/2024", "2024-05-05"),
    ],
)  # fmt: skip
def test_dates_as_people_type_them(written, read):
    assert str(day(written)) == read


@pytest.mark.parametrize(
    "written", ["2024-13-05", "2025-02-29", "2024-03", "3/5", "99", "31/31/2024", "5 Foo 2024", "nan", "abc"]
)
def test_what_is_no_date_is_not_made_one(written):
    assert dates(pd.Series([written]))[1].tolist() == [written != "nan"]
    assert dates(pd.Series([written]))[0].isna().all()


def test_day_and_month_are_asked_for_and_not_guessed():
    column = pd.Series(["03/04/2024", "25/03/2024", "3/4/24", None, "04/04/2024"])
    assert dates(column)[2].tolist() == [True, False, True, False, False]
    assert dates(column, "dmy")[0].dt.strftime("%m-%d").tolist()[:3] == ["04-03", "03-25", "04-03"]
    read, unread, ambiguous = dates(column, "mdy")
    assert (read.dt.strftime("%m-%d").tolist()[0], unread.tolist(), ambiguous.any()) == (
        "03-04",
        [False, True, False, False, False],
        False,
    )


def test_never_in_a_date_column_is_unread_and_does_not_wrap_round():
    assert dates(pd.Series(["9999-12-31", "0001-01-01", date(9999, 12, 31)]))[1].all()


def test_days_with_a_zone_are_read_in_the_mapping_s_zone():
    column = pd.Series([pd.Timestamp("2024-03-04 20:00", tz="UTC")])
    assert dates(column, None, "Asia/Shanghai")[0].dt.day.tolist() == [5]
    assert (
        dates(pd.Series([datetime(2024, 3, 4, 20, tzinfo=UTC), "x"]), None, "Asia/Shanghai")[
            0
        ].dt.day.tolist()[0]
        == 5
    )


def test_several_currencies_are_seen():
    assert currencies(pd.Series(["¥5", "5元", "USD 3", None, "7"])) == {"CNY": 0, "USD": 2}


@given(st.integers(-(10**9), 10**9), st.sampled_from(["{:,}", "{}", "¥{:,}", "{}元"]))
def test_every_whole_number_is_read_back(value, how):
    assert number(how.format(value)) == value


@given(st.dates(date(1700, 1, 1), date(2260, 12, 31)))
def test_every_day_is_read_back_in_every_form_that_holds_it(value):
    for how in (
        "{0:%Y}-{0.month}-{0.day}",
        "{0:%Y}/{0:%m}/{0:%d}",
        "{0:%Y}年{0.month}月{0.day}日",
        "{0.day} {0:%b} {0:%Y}",
    ):
        assert day(how.format(value)) == value
    assert day(f"{value:%d/%m/%Y}", "dmy") == day(f"{value:%m/%d/%Y}", "mdy") == value


@given(
    st.lists(st.one_of(st.text(max_size=20), st.none(), st.floats(), st.dates(), st.booleans()), max_size=8)
)
@example(["١٢٣", "²", "1" * 400, "1e99", "1970-01-01T99:99"])
def test_readers_never_fail_and_never_mistake_unread_for_empty(values):
    column = pd.Series(values, dtype=object)
    for read in (numbers, dates):
        found, unread, *_ = read(column)
        assert len(found) == len(values)
        assert not (found.notna().to_numpy() & unread).any()
        given_text = np.array(
            [isinstance(v, str) and v.strip() not in ("", "-", "/", "—") for v in values], dtype=bool
        )
        lost = given_text & found.isna().to_numpy() & ~unread
        assert not [
            v for v, gone in zip(values, lost, strict=True) if gone and v.strip().lower() not in _nothing()
        ]


def _nothing():
    from custseg_helpers.reading.numbers import EMPTY

    return EMPTY


def locked():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def zipped():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("photo.jpg", "x")
    return content.getvalue()


def workbook_without_sheets():
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"a": [["x", "y"], [1, 2]]}))) as book,
        zipfile.ZipFile(held, "w") as damaged,
    ):
        for name in book.namelist():
            damaged.writestr(name, book.read(name).replace(b"<sheet ", b"<shoot "))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no table"),
        (b"SQLite format 3\0" + b"\x01\x02\0\0" * 500, "no table"),
        (b"PAR1 this was cut off", "damaged"),
        (workbook({"a": [["x", "y"], [1, 2]]})[:2000], "damaged"),
        (zipped(), "is a zip with 0 tables"),
        (locked(), "password"),
        (workbook_without_sheets(), "damaged"),
        (workbook({"a": []}), "is empty"),
        (b"1,x\ny,2\n", "No row of column names"),
        ("单号,金额\nA1,1,200\n".encode(), "Row 2 .* has 3 cells, the header only 2"),
        ("单号,金额\nA1,1,200,9\nA1,2\nA1,2\n".encode(), "Row 2 .* has 4 cells"),
        ("单号,金额\nA1,12\nA1,1,200\n".encode(), "Row 3 .* has 3 cells"),
        ('单号,金额\nA1,"12\n'.encode(), "never closed"),
        (b"a," * 300_000, "too long"),
        (b"x" * 500_000, "too long"),
        (b"x," * 1_000_000, "too long"),
    ],
)  # fmt: skip
def test_bad_files_get_a_clear_answer(tmp_path, content, says):
    with pytest.raises(UserError, match=says) as raised:
        read_sheet(saved(tmp_path, content))
    assert raised.value.text.zh != raised.value.text.en


@pytest.mark.parametrize("rows", ["A1,5,\nA2,6,,\n", "A1,5,,,\nA2,6\n", "A1,5\nA2,6,,,\n"])
def test_separators_at_the_end_of_a_row_do_no_harm(tmp_path, rows):
    assert read_sheet(saved(tmp_path, "id,n\n" + rows)).frame.values.tolist() == [["A1", "5"], ["A2", "6"]]


def test_a_missing_file_and_a_folder_get_a_clear_answer(tmp_path):
    with pytest.raises(UserError, match="no file"):
        read_sheet(tmp_path / "orders.csv")
    with pytest.raises(UserError, match="cannot be opened"):
        read_sheet(tmp_path)


def test_an_id_that_is_the_index_of_a_parquet_file_is_a_column(tmp_path):
    pd.DataFrame({"paid": [1.5]}, index=pd.Index(["C1"], name="customer")).to_parquet(tmp_path / "o.parquet")
    assert read_sheet(tmp_path / "o.parquet").frame.to_dict("list") == {"paid": [1.5], "customer": ["C1"]}


@pytest.mark.parametrize("notes", [b"{", b"\xfe", b'{"index_columns": [{"kind": "p!nge"}], "columns": []}'])
def test_damaged_notes_of_pandas_in_a_parquet_file_do_no_harm(tmp_path, notes):
    table = pa.table({"no": ["A1"]}).replace_schema_metadata({b"pandas": notes})
    pq.write_table(table, tmp_path / "o.parquet")
    assert read_sheet(tmp_path / "o.parquet").frame["no"].tolist() == ["A1"]


def test_a_wrong_encoding_names_the_line(tmp_path):
    file = saved(tmp_path, SIMPLIFIED.encode("gbk"))
    with pytest.raises(UserError, match=r"Line 1 .* is not utf-8"):
        read_sheet(file, encoding="utf-8")
    with pytest.raises(UserError, match="Unknown encoding “klingon”"):
        read_sheet(file, encoding="klingon")


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b'a,b\n"')
@example(b"\x80\r\n,")
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "fuzz.csv"
    file.write_bytes(content)
    try:
        sheet = read_sheet(file)
    except UserError:
        return
    assert len(sheet.frame.columns) >= 1


@pytest.mark.parametrize(
    ("header", "name", "encoding"),
    [
        ("注文番号,会員番号,注文日,合計金額", "山田 太郎", "shift_jis"),
        ("注文番号,お客様番号,注文日,金額", "さとう", "euc_jp"),
        ("주문번호,회원번호,주문일,결제금액", "김철수", "euc-kr"),
        ("číslo objednávky,zákazník,datum,částka", "Řehoř Žák", "cp1250"),
        ("nr zamówienia,klient,data,kwota", "Łukasz Wójcik", "cp1250"),
        ("Номер заказа,Клиент,Дата,Сумма", "Иванов", "cp1251"),
        ("Παραγγελία,Πελάτης,Ημερομηνία,Ποσό", "Γιώργος", "cp1253"),
        ("N° commande,Client,Date,Montant payé", "Hélène Lefèvre", "cp1252"),
    ],
)
def test_the_encodings_of_east_asia_and_europe_are_told_by_what_they_say(tmp_path, header, name, encoding):
    lines = [header, *(f"Q{n},{name} {n},2024-01-{n + 1:02d},3.5" for n in range(20))]
    sheet = read_sheet(saved(tmp_path, "\n".join(lines).encode(encoding)))
    assert list(sheet.frame.columns) == header.split(",")
    assert sheet.frame.iloc[3, 1] == f"{name} 3"
    again = read_sheet(sheet.file, encoding=sheet.about["encoding"])
    assert again.frame.equals(sheet.frame)


@pytest.mark.parametrize("first", ["utf-8", "gbk"])
def test_a_file_that_is_half_gbk_and_half_utf8_is_refused_with_both_places(tmp_path, first):
    other = {"utf-8": "gbk", "gbk": "utf-8"}[first]
    content = SIMPLIFIED.encode(first) + SIMPLIFIED.encode(other)
    with pytest.raises(UserError, match=r"line (1 is UTF-8 and line 4|4 is UTF-8 and line 1) is not"):
        read_sheet(saved(tmp_path, content))


@pytest.mark.parametrize(
    "text",
    [
        "17 avril 2024", "17. April 2024", "17 de abril de 2024", "17 aprile 2024", "17 april 2024", "Apr 17, 2024 6:54:21 AM PDT",
        "17-Apr-24", "17-APR-24 03.05.22.000000 PM", "mercredi 17 avril 2024", "Wednesday, April 17, 2024", "Wed, 17 Apr 2024 13:05:22 +0000",
        "Wed Apr 17 10:05:22 2024", "Wed Apr 17 10:05:22 CST 2024", "Wed Apr 17 2024 10:05:22 GMT+0800 (China Standard Time)",
        "2024-04-17 (Wed)", "2024/04/17(水)", "2024年4月17日(水曜日) 13時05分", "2024년 4월 17일", "2024. 4. 17. 오후 3:12", "2024-04-17 晚上 8:05",
        "民國113年4月17日", "113/04/17", "113/04/17 下午 03:12", "1130417", "令和6年4月17日", "R6.4.17", "平成36年4月17日",
        "2024-04-17 13:05:22 Europe/Berlin", "2024-04-17T13:05:22+01", "2024-04-17T05:00Z[UTC]", "17.04.2024 15:05 Uhr", "17/04/2024, 15:05",
        "1713330000", "1713330000000", "1713330000000000", "202404171305", "20240417130522", "45399", "45399.75", "2024-W16-3",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_and_programs_write_it(text):
    assert day(text) == date(2024, 4, 17)


@pytest.mark.parametrize(
    "text", ["4月17日", "2024-04", "99/04/17", "17 smarch 2024", "2024-04-31", "1139917"]
)
def test_what_is_no_whole_date_is_never_read_as_one(text):
    with pytest.raises(ValueError):
        day(text)


def test_dates_that_a_spreadsheet_turned_round_are_noticed_and_turned_back():
    written = [date(2024, 5, 1) + timedelta(days=3 * n) for n in range(20)]
    cells = [
        datetime(one.year, one.day, one.month)
        if one.day <= 12
        else f"{one.day:02d}/{one.month:02d}/{one.year}"
        for one in written
    ]
    column = pd.Series(cells, dtype=object)
    assert half_swapped(column)
    assert dates(column, "swapped")[0].dt.date.tolist() == written
    assert not half_swapped(pd.Series([datetime(2024, 5, one) for one in range(1, 13)], dtype=object))
    typed = pd.Series([datetime(one.year, one.month, one.day) for one in written], dtype=object)
    assert not half_swapped(pd.concat([typed, column]))


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        (f"{sign} 1,234.50", code)
        for sign, code in {
            "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "RMB": "CNY", "HK$": "HKD", "NT$": "TWD", "JP¥": "JPY", "₩": "KRW",
            "₹": "INR", "Rs.": "INR", "R$": "BRL", "Rp": "IDR", "฿": "THB", "₫": "VND", "RM": "MYR", "₱": "PHP", "S$": "SGD", "A$": "AUD",
            "C$": "CAD", "NZ$": "NZD", "CHF": "CHF", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₽": "RUB", "₺": "TRY", "MX$": "MXN", "₪": "ILS",
            "₴": "UAH", "S/": "PEN", "₦": "NGN", "₸": "KZT", "lei": "RON", "лв": "BGN", "৳": "BDT", "KSh": "KES", "E£": "EGP", "SEK": "SEK",
            "AED": "AED", "ZAR": "ZAR", "PKR": "PKR", "港币": "HKD", "美元": "USD", "欧元": "EUR", "日元": "JPY", "新台幣": "TWD", "人民币": "CNY",
        }.items()
    ],
)  # fmt: skip
def test_signs_words_and_codes_of_currencies_stand_before_or_after_an_amount(text, currency):
    sign, digits = text.split(" ")
    for written in (text, f"{digits} {sign}", f"{sign}{digits}"):
        assert (number(written), currencies(pd.Series([written]))) == (1234.5, {currency: 0})


@pytest.mark.parametrize("text", ["kr 12.50", "12.50 kr.", "R 12.50", "Q12.50"])
def test_a_sign_of_several_currencies_is_read_and_names_none(text):
    assert (number(text), currencies(pd.Series([text]))) == (12.5, {})
    assert number("R1001") is None and number("Q7") is None


DATA = [f"Q{n:03d},K-{n % 4},2024-05-{n + 1:02d},{n + 10}.5" for n in range(20)]


@pytest.mark.parametrize("title", ["", "Sales of May,,,\n"])
def test_a_table_without_names_loses_no_row_and_calls_columns_by_their_place(tmp_path, title):
    sheet = read_sheet(saved(tmp_path, title + "\n".join(DATA)))
    assert (list(sheet.frame.columns), len(sheet.frame)) == (["#1", "#2", "#3", "#4"], 20)
    assert (sheet.about["header_row"], sheet.frame.index[0]) == (0, 1 + bool(title))
    assert "The first row: #1 = Q000, #2 = K-0" in str(sheet.notes[-1])
    assert read_sheet(sheet.file, header_row=0).frame.equals(sheet.frame)


def test_a_row_whose_amount_is_missing_is_not_taken_for_the_names(tmp_path):
    rows = [*DATA[:6], "Q006,K-2,2024-05-07,", *DATA[7:]]
    assert len(read_sheet(saved(tmp_path, "\n".join(rows))).frame) == 20


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["单号", "客户", "日期", "金额", ""], ["", "", "", "应付", "实付"]], ["单号", "客户", "日期", "应付", "实付"]),
        ([["单号", "日期", "本月", "", "上月", ""], ["", "", "金额", "数量", "金额", "数量"]], ["单号", "日期", "本月 金额", "本月 数量", "上月 金额", "上月 数量"]),
        ([["订单编号", "下单日期", "实付金额"], ["order no", "order date", "paid"]], ["订单编号", "下单日期", "实付金额"]),
        ([["单号", "日期", "金额"], ["", "yyyy-mm-dd", "元"]], ["单号", "日期", "金额"]),
    ],
)  # fmt: skip
def test_names_in_two_rows_are_one_heading(tmp_path, rows, names):
    of = {"单号": "A1", "订单编号": "A1", "客户": "C1", "日期": "2024-05-02", "下单日期": "2024-05-02"}
    data = [[of.get(name, 12.5) for name in names] for _ in range(5)]
    sheet = read_sheet(saved(tmp_path, workbook({"S": [*rows, *data]}), "o.xlsx"))
    assert (list(sheet.frame.columns), sheet.frame.values.tolist()) == (names, data)
    assert sheet.frame.index[0] == 3


def test_hidden_sheets_are_not_read_and_named(tmp_path):
    from openpyxl import load_workbook

    file = saved(
        tmp_path,
        workbook({"now": [["no", "paid"], ["A1", 5]], "old": [["no", "paid"]] + [["A0", 9]] * 9}),
        "o.xlsx",
    )
    book = load_workbook(file)
    book["old"].sheet_state = "hidden"
    book.save(file)
    sheet = read_sheet(file)
    assert (sheet.about["sheet"], sheet.about["other_sheets"]) == ("now", [])
    assert "hidden sheets, which were not read: old" in str(sheet.notes)
    assert len(read_sheet(file, sheet="old").frame) == 9


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4\n", "is a PDF, no table"),
        (b'[{"order": 1}]', "is JSON, no table"),
        (b'{"order": 1}\n{"order": 2}', "is JSON, no table"),
        (b"\x1f\x8b\x08", "is a compressed file"),
        (b"<!doctype html>\n<html><h1>Session expired</h1></html>", "a web page without a table"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path, content, says):
    with pytest.raises(UserError, match=says):
        read_sheet(saved(tmp_path, content))


def test_stray_control_characters_do_not_make_a_table_binary(tmp_path):
    sheet = read_sheet(
        saved(
            tmp_path,
            "\n".join(["no,note", *["A1,please ring \x0bthe bell twice and then wait"] * 50, "A2,n\0o"]),
        )
    )
    assert sheet.frame["note"].iloc[-1] == "no"


def test_cells_of_a_web_page_that_reach_down_and_rows_without_end_tags_keep_their_columns(tmp_path):
    page = (
        "<!-- report --><style>td{color:red}</style><table><tr><td>no<td>product<td>paid"
        "<tr><td rowspan=2>A1<td>tea<td>5<tr><td>pot<td>7<tr><td>A2<td>cup<td>9</table>"
    )
    sheet = read_sheet(saved(tmp_path, page, "o.xls"))
    assert sheet.frame.values.tolist() == [["A1", "tea", "5"], [None, "pot", "7"], ["A2", "cup", "9"]]
