"""What a browser lacks (calamine, pandera) is done by plain means there, with the same answers."""

import sys

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.audit.schema_check import broken, without_pandera
from custseg_helpers.paths import course_root
from custseg_helpers.reading.read import read_sheet
from custseg_helpers.reading.workbook import sheets, sheets_without_calamine
from custseg_helpers.words.text import UserError

MEMBERS = course_root() / "datasets" / "retail" / "raw" / "marketing_members.xlsx"


def test_excel_reads_the_same_without_calamine():
    content = MEMBERS.read_bytes()
    assert sheets_without_calamine(content, None, MEMBERS) == sheets(content, None, MEMBERS)


def test_the_old_excel_format_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UserError, match="xlsx"):
        read_sheet(old)


def test_the_schema_finds_the_same_without_pandera():
    rng = np.random.default_rng(7)
    customers = pd.DataFrame(
        {
            "customer_id": np.where(rng.random(200) < 0.1, None, "C1"),
            "birth_year": rng.choice([1850, 1990, 2024, 2050, np.nan], 200),
            "revenue": rng.choice([-1.0, 0.0, 5.0, np.nan], 200),
            "city": None,
        }
    )
    orders = pd.DataFrame(
        {
            "customer_id": ["C1"] * 200,
            "order_id": "A1",
            "order_date": pd.Timestamp("2025-01-01"),
            "discount": rng.choice([-0.1, 0.0, 0.5, 1.0, 1.2, np.nan], 200),
            "quantity": rng.choice([1.0, -2.0, np.nan], 200),
            "price": rng.choice([-1.0, 5.0, np.nan], 200),
        }
    )
    for table, values in (("customers", customers), ("orders", orders)):
        expected = broken(table, values, 2025)
        assert len(expected) > 50
        pd.testing.assert_frame_equal(without_pandera(table, values, 2025), expected, check_dtype=False)
