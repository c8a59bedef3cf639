"""Several files that are one table: a folder of parts, files by name; a part that differs is named."""

import pandas as pd
import pytest

from custseg_helpers.audit.audit import audit
from custseg_helpers.commands.main import main
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.words.text import UserError

MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = {file}
[orders.columns]
order_id = "单号"
customer_id = "会员号"
order_date = "日期"
amount = "金额"
"""
JANUARY = "一月销售\n单号,会员号,日期,金额\nA1,C1,2025-01-01,10\nA2,C1,2025-01-20,一百\n"
FEBRUARY = "会员号;金额;日期;单号\nC2;20;2025-02-05;A3\nC2;x;2025-02-05;A4\n"


@pytest.fixture
def shop(tmp_path):
    """Three months as three people hand them in: GBK with a title row, another sequence of columns, Excel."""
    folder = tmp_path / "months"
    (folder / "q1").mkdir(parents=True)
    (folder / "q1" / "01.csv").write_bytes(JANUARY.encode("gbk"))
    (folder / "q1" / "02.csv").write_text(FEBRUARY, encoding="utf-8")
    march = pd.DataFrame(
        {"单号": ["A5"], "会员号": ["C1"], "日期": [pd.Timestamp("2025-03-01")], "金额": [40]}
    )
    march.to_excel(folder / "q1" / "03.xlsx", index=False)
    for name in ("_SUCCESS", ".part.crc", "~$03.xlsx"):
        (folder / name).write_bytes(b"")

    def read(file='"months"'):
        (tmp_path / "company.toml").write_text(MAPPING.format(file=file), encoding="utf-8")
        return read_own(tmp_path)

    return read


def test_a_folder_of_parts_is_one_table_and_unread_values_are_found_in_their_file(shop, tmp_path, capsys):
    own = shop()
    assert own.company.orders[["order_id", "amount"]].values.tolist() == [["A1", 10], ["A3", 20], ["A5", 40]]
    found = own.cleaned.unread[["file", "row", "column", "value"]].values.tolist()
    assert found == [["01.csv", 4, "金额", "一百"], ["02.csv", 3, "金额", "x"]]
    bad = audit(read_mapping(tmp_path)).findings
    unread = bad[bad["kind"] == "not_a_number"] if (bad["kind"] == "not_a_number").any() else bad
    assert {("01.csv", 4), ("02.csv", 3)} <= set(zip(unread["file"], unread["row"], strict=True))


def test_several_files_are_one_table_in_the_sequence_stated(shop):
    own = shop('["months/q1/03.xlsx", "months/q1/01.csv"]')
    assert own.company.orders["order_id"].tolist() == ["A5", "A1"]
    assert shop('["months/q1/01.csv"]').company.orders["order_id"].tolist() == ["A1"]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("单号,会员号,日期\nA9,C1,2025-01-01\n", "“99.csv”, compared with “01.csv”, lacks 金额"),
        ("单号,会员号,日期,實付\nA9,C1,2025-01-01,5\n", "lacks 金额 and has 實付 besides"),
        ("", "file “99.csv” is empty"),
        ("单号,会员号,日期,金额\nA9,C1,03/04/2025,5\n", r"Which day is “03/04/2025” \(row 2 of “99.csv”"),
    ],
)
def test_the_part_that_differs_is_named(shop, tmp_path, part, says, capsys):
    (tmp_path / "months" / "99.csv").write_text(part, encoding="utf-8")
    (tmp_path / "months" / "q1" / "01.csv").rename(tmp_path / "months" / "01.csv")
    with pytest.raises(UserError, match=says):
        shop()
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists() and len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_month_with_one_more_column_is_read_with_the_others_and_told(shop, tmp_path):
    more = "单号,会员号,日期,金额,备注\nA9,C1,2025-01-01,5,x\n"
    (tmp_path / "months" / "99.csv").write_text(more, encoding="utf-8")
    own = shop()
    assert own.company.orders["amount"].sum() == 75
    assert "“备注” stands in 1 of the 4 parts only, in 99.csv for example" in "".join(
        map(str, own.sheet.notes)
    )


YEAR = ["单号,会员号,日期,金额", "单号,会员号,日期,金额,备注", "金额,会员号,单号,日期"]


@pytest.mark.parametrize("kind", ["sheets", "files"])
def test_months_of_unlike_columns_are_proposed_as_one_table(tmp_path, kind):
    months = []
    for month, header in enumerate(YEAR, 1):
        cells = {"金额": 10.5, "备注": "急"}
        rows = [
            cells | {"单号": f"A{month}{n}", "会员号": f"C{n}", "日期": f"2025-0{month}-1{n}"}
            for n in range(month + 2)
        ]
        months.append(pd.DataFrame(rows)[header.split(",")])
    if kind == "sheets":
        files = [tmp_path / "year.xlsx"]
        with pd.ExcelWriter(files[0]) as book:
            for month, frame in enumerate(months, 1):
                frame.to_excel(book, sheet_name=f"{month}月", index=False)
    else:
        files = [tmp_path / f"{month}.csv" for month in (1, 2, 3)]
        for frame, file in zip(months, files, strict=True):
            frame.to_csv(file, index=False)
    assert main(["init", *map(str, files), "--out", str(tmp_path / "company.toml")]) == 0
    orders = read_own(tmp_path / "company.toml").company.orders
    assert (len(orders), orders["amount"].sum()) == (12, 126)


def test_an_empty_folder_and_an_empty_list_are_said(shop, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(UserError, match="no file in the folder"):
        shop('"none"')
    with pytest.raises(UserError, match="names no file"):
        shop("[]")


def test_the_manifest_names_every_part_with_its_hash(shop, tmp_path):
    from custseg_helpers.results.intake import inputs

    shop()
    found = inputs(read_mapping(tmp_path))
    assert list(found) == ["company.toml", "months/q1/01.csv", "months/q1/02.csv", "months/q1/03.xlsx"]
