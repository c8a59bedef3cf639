"""Files that would fill the memory, never end, or bring down what reads them: each ends with a sentence, in seconds.

The figures of the whole-sized attacks: two cells, A1 and XFD1048576, ended the interpreter (17 billion cells asked for
at once); the same sheet is refused by its extent in under a tenth of a second.
"""

import io
import os
import sqlite3
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from custseg_helpers.action.playbook import load_playbook
from custseg_helpers.files.whole import read_text
from custseg_helpers.governance.overrides import read_overrides
from custseg_helpers.reading import database, extent, fetch, workbook_aside
from custseg_helpers.reading.database import Database
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.words.text import UserError

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")


def packed(rows, head="", name="xl/worksheets/sheet1.xml"):
    """A workbook whose sheet is written by hand."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/{name}" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="{name.removeprefix("xl/")}"/></Relationships>',
        name: f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{head}<sheetData>{rows}</sheetData></worksheet>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in parts.items():
            book.writestr(part, text)
    return content.getvalue()


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FAR.replace('"', "'"),
        FAR.replace("<row", "<x:row").replace("<c", "<x:c"),
        FAR.replace('r="XFD', 't="n"\n r = "xfd'),
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row><row r="9999999"><c r="A9999999"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_are_refused_by_their_extent(tmp_path, rows):
    file = tmp_path / "far.xlsx"
    file.write_bytes(packed(rows, '<dimension ref="A1:B2"/>'))
    with pytest.raises(UserError, match="reach to row"):
        read_sheet(file)


def test_a_sheet_under_another_name_is_measured_too(tmp_path):
    file = tmp_path / "far.xlsx"
    file.write_bytes(packed(FAR, name="xl/hidden/part"))
    with pytest.raises(UserError, match="reach to row"):
        read_sheet(file)


def test_the_extent_is_seen_where_a_piece_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(extent, "PIECE", 37)
    file = tmp_path / "far.xlsx"
    file.write_bytes(packed(FAR))
    with pytest.raises(UserError, match="reach to row 1,048,576 and column 16,384"):
        read_sheet(file)


def test_the_widest_and_the_longest_sheet_that_people_have_are_read(tmp_path):
    file = tmp_path / "wide.xlsx"
    pd.DataFrame([range(300)] * 30, columns=[f"c{n}" for n in range(300)]).to_excel(file, index=False)
    assert read_sheet(file).frame.shape == (30, 300)
    with zipfile.ZipFile(file) as book:
        sheet = next(part for part in book.infolist() if part.filename.startswith("xl/worksheets/"))
        assert extent.extent(book, sheet) == (31, 300)


def test_a_browser_refuses_by_the_extent_too(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    file = tmp_path / "far.xlsx"
    file.write_bytes(packed(FAR))
    with pytest.raises(UserError, match="reach to row"):
        read_sheet(file)


def test_what_unpacks_to_gigabytes_is_refused_unopened(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(110):
            part.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 300_000
    with pytest.raises(UserError, match="too much"):
        read_sheet(bomb)
    table = tmp_path / "table.zip"
    with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED) as book, book.open("orders.csv", "w") as part:
        for _ in range(110):
            part.write(b"0" * 1_000_000)
    with pytest.raises(UserError, match="too much"):
        read_sheet(table)
    many = tmp_path / "many.xlsx"
    with zipfile.ZipFile(many, "w") as book:
        book.writestr("[Content_Types].xml", "")
        for number in range(10_001):
            book.writestr(f"xl/{number}", "")
    with pytest.raises(UserError, match="parts and is no table"):
        read_sheet(many)


@LINUX
def test_too_much_memory_and_too_much_time_end_with_a_sentence_and_the_next_file_is_read(
    tmp_path, monkeypatch
):
    good = tmp_path / "good.xlsx"
    pd.DataFrame({"no": ["A1", "A2"], "paid": [1.5, 2.5]}).to_excel(good, index=False)
    workbook_aside._reader.close()
    monkeypatch.setattr(workbook_aside, "MEMORY", 300 * 2**20)
    wide = tmp_path / "wide.xlsx"
    wide.write_bytes(
        packed('<row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="AMJ20000"><v>2</v></c></row>')
    )
    with pytest.raises(UserError, match="too much memory"):
        read_sheet(wide)
    assert len(read_sheet(good).frame) == 2
    monkeypatch.setattr(workbook_aside, "SECONDS", 0)
    monkeypatch.setattr(workbook_aside, "SECONDS_A_MEGABYTE", 0)
    workbook_aside._reader.close()
    with pytest.raises(UserError, match="took too long"):
        read_sheet(good)
    monkeypatch.undo()
    workbook_aside._reader.close()
    assert len(read_sheet(good).frame) == 2


def test_one_process_reads_all_files_of_a_run_and_comes_again_when_it_was_killed(tmp_path):
    good = tmp_path / "good.xlsx"
    pd.DataFrame({"no": ["A1", "A2"], "paid": [1.5, 2.5]}).to_excel(good, index=False)
    read_sheet(good)
    first = workbook_aside._reader.process
    read_sheet(good)
    assert workbook_aside._reader.process is first
    first.kill()
    first.wait()
    with pytest.raises(UserError, match="brought down"):
        read_sheet(good)
    assert len(read_sheet(good).frame) == 2


def test_the_process_ends_with_the_one_that_asks(tmp_path):
    good = tmp_path / "good.xlsx"
    pd.DataFrame({"no": ["A1", "A2"], "paid": [1.5, 2.5]}).to_excel(good, index=False)
    code = f"""
import os
from custseg_helpers.reading import workbook_aside
from custseg_helpers.reading.read import read_sheet
read_sheet({str(good)!r})
print(workbook_aside._reader.process.pid, flush=True)
os._exit(0)
"""
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert said.stdout.strip().isdigit()  # returned: nobody holds its output any more


def test_a_giant_cell_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_aside, "LONGEST_CELL", 40_000)
    file = tmp_path / "giant.xlsx"
    text = "x" * 50_000
    file.write_bytes(packed(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'))
    with pytest.raises(UserError, match="has more than 40,000 characters"):
        read_sheet(file)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
def test_pipes_and_devices_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "orders.csv")
    for file in (tmp_path / "orders.csv", "/dev/zero"):
        for read in (read_sheet, read_text, read_overrides, load_playbook):
            with pytest.raises(UserError, match="a pipe or a device"):
                read(file)


def test_damaged_workbooks_of_all_kinds_are_sentences(tmp_path):
    whole = packed('<row r="1"><c r="A1"><v>1</v></c></row>')
    for number, content in enumerate(
        [whole[:400], whole[:-30], whole.replace(b"PK\x01\x02", b"PK\x01\x03"), b"PK\x03\x04" + bytes(500)]
    ):
        file = tmp_path / f"{number}.xlsx"
        file.write_bytes(content)
        with pytest.raises(UserError, match="damaged"):
            read_sheet(file)


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "


@pytest.mark.parametrize("view", [f"{ENDLESS} x FROM n", f"{ENDLESS} count(*) AS x FROM n"])
def test_a_view_without_an_end_is_stopped(tmp_path, monkeypatch, view):
    with sqlite3.connect(tmp_path / "shop.db") as made:
        made.execute(f"CREATE VIEW orders AS {view}")
    made.close()
    monkeypatch.setattr(database, "LONGEST_WORK", 1)
    monkeypatch.setattr(fetch, "MOST", 200_000)
    with pytest.raises(UserError, match="did not end within"):
        fetch.read_database(Database("sqlite:///shop.db", table="orders", home=tmp_path), ["x"])


def test_a_giant_value_of_a_database_is_a_sentence(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as made:
        made.execute("CREATE VIEW orders AS SELECT zeroblob(500000000) AS x")
    made.close()
    with pytest.raises(UserError, match="too big"):
        fetch.read_database(Database("sqlite:///shop.db", table="orders", home=tmp_path), ["x"])


def test_a_giant_cell_of_a_text_file_is_a_sentence_or_read(tmp_path):
    file = tmp_path / "giant.csv"
    file.write_text("no,paid\nA1,5\nA2," + "x" * 9_000_000 + "\n", encoding="utf-8")
    with pytest.raises(UserError):
        read_sheet(file)
