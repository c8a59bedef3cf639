"""A table in a zip, a web page named .xls, twelve sheets of one workbook: read as people mean them."""

import zipfile

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

HEAD = ["单号", "会员号", "下单日期", "实付金额"]
LINES = [[f"R{n:02d}", f"H{n % 3}", f"2024-0{n % 6 + 1}-15", f"{40 + n}.50"] for n in range(12)]
CSV = "\n".join(",".join(line) for line in [HEAD, *LINES]) + "\n"


def test_one_table_in_a_zip_is_read_and_several_are_named(tmp_path):
    file = tmp_path / "bill.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("2024/bill.csv", CSV.encode("gb18030"))
        packed.writestr("__MACOSX/._bill.csv", "x")
    assert read_sheet(file).frame.astype(str).to_numpy().tolist() == LINES
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("2024/more.csv", CSV)
    with pytest.raises(UserError, match="a zip with 2 tables in it"):
        read_sheet(file)


def cells(tag, line):
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in line)


def test_a_web_page_named_xls_is_read_and_said(tmp_path):
    rows = "".join(f"<tr>{cells('td', line)}</tr>" for line in LINES)
    file = tmp_path / "report.xls"
    file.write_text(
        f'<html><meta charset="utf-8"><table><tr><td colspan=4>title</td></tr><tr>{cells("th", HEAD)}</tr>{rows}</table></html>',
        encoding="utf-8",
    )
    found = read_sheet(file)
    assert found.frame.astype(str).to_numpy().tolist() == LINES and list(found.frame.columns) == HEAD
    assert "not an Excel file" in found.notes[0].en


def test_a_spreadsheet_in_xml_is_read(tmp_path):
    row = "".join
    data = row(
        f"<Row>{row(f'<Cell><Data ss:Type=String>{cell}</Data></Cell>' for cell in line)}</Row>"
        for line in [HEAD, *LINES]
    )
    file = tmp_path / "old.xls"
    file.write_text(
        f'<?xml version="1.0"?><Workbook><Worksheet><Table>{data}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    assert read_sheet(file).frame.astype(str).to_numpy().tolist() == LINES


def test_sheets_of_one_workbook_with_the_same_columns_are_one_table(tmp_path):
    file = tmp_path / "year.xlsx"
    with pd.ExcelWriter(file) as book:
        for month in range(6):
            pd.DataFrame(LINES[month::6], columns=HEAD).to_excel(book, sheet_name=f"m{month}", index=False)
        pd.DataFrame({"note": ["nothing"]}).to_excel(book, sheet_name="read me", index=False)
    assert main(["init", str(file)]) == 0
    own = read_own(tmp_path / "company.toml")
    assert own.mapping.orders.sheet == "*" and len(own.company.orders) == 12
    assert own.company.orders["amount"].sum() == pytest.approx(sum(float(line[3]) for line in LINES))


def test_exports_that_overlap_count_once_and_the_later_status_wins(tmp_path):
    head = "order no,member,date,line total,status\n"
    first = "Z1,H1,2024-02-03,20,completed\nZ1,H1,2024-02-03,20,completed\nZ2,H2,2024-02-27,35,pending\n"
    later = "Z2,H2,2024-02-27,35,completed\nZ3,H1,2024-03-05,50,completed\n"
    (tmp_path / "feb.csv").write_text(head + first, encoding="utf-8")
    (tmp_path / "mar.csv").write_text(head + later, encoding="utf-8")
    assert main(["init", str(tmp_path / "feb.csv"), str(tmp_path / "mar.csv")]) == 0
    own = read_own(tmp_path / "company.toml")
    assert own.company.orders["amount"].sum() == 125
    assert any("stand in several files" in note.en for note in own.sheet.notes)


def test_a_customer_list_a_pivot_and_a_line_of_text_are_refused_with_a_way_out(tmp_path, capsys):
    (tmp_path / "members.csv").write_text(
        "member no,name,gender,signup date\nH1,Jo,F,2024-01-02\nH2,Al,M,2024-01-05\n"
    )
    (tmp_path / "pivot.csv").write_text("customer,2024-01,2024-02,2024-03\nJo,5,6,7\nAl,1,,3\n")
    (tmp_path / "text.xlsx").write_text("this is only a line of text\n")
    for name, said in (
        ("members.csv", "holds no orders"),
        ("pivot.csv", "is a summary"),
        ("text.xlsx", "is no table"),
    ):
        assert main(["init", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err
        assert not (tmp_path / "company.toml").exists()
