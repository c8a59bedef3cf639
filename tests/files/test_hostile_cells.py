"""What customers' texts hold never breaks an Excel file, nor runs in one as a formula."""

import csv
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.files.folder import write_csv, write_excel

EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\x00=1",
    "\ud800=cmd()",
    "＝1",
    "x\x0b\x1f\ufffe",
    "=" * 40_000,
]


def written(table, folder):
    write_excel({"customers": table}, folder / "a.xlsx")
    write_csv(table, folder / "a.csv")
    sheet = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0]
    return [[cell for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", ["object", "category"])
def test_no_text_of_a_customer_is_a_formula_or_breaks_the_file(tmp_path, kind):
    texts = [text for text in EVIL if kind == "object" or "\ud800" not in text]
    cells = written(pd.DataFrame({"=name()\x07": pd.Series(texts, dtype=kind)}), tmp_path)
    assert [cell.data_type for row in cells for cell in row] == ["s"] * (len(texts) + 1)
    content = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert len(rows) == len(texts) + 1 and "\r" not in content  # a bare one would begin a row in Excel
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for row in rows for cell in row)


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(codec=None), max_size=8), min_size=1, max_size=5))
def test_whatever_a_text_holds_the_file_opens(tmp_path_factory, texts):
    cells = written(pd.DataFrame({"text": pd.Series(texts, dtype=object)}), tmp_path_factory.mktemp("any"))
    assert len(cells) == len(texts) + 1 and all(cell.data_type != "f" for row in cells for cell in row)


def test_times_with_zones_endless_numbers_and_other_objects_are_written_as_they_can_be(tmp_path):
    values = [pd.Timestamp("2026-01-02", tz="UTC"), float("inf"), ("=a", 1), None, pd.NaT, 2**70]
    cells = written(pd.DataFrame({"x": pd.Series(values, dtype=object)}), tmp_path)
    assert [row[0].value for row in cells[1:4]] == [pd.Timestamp("2026-01-02"), "inf", "('=a', 1)"]
