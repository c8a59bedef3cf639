"""How tables and numbers look: in the course's own outputs, and in those that a learner makes."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers import labelled, use_language
from custseg_helpers.looks import notebook
from custseg_helpers.looks.tables import table_html
from custseg_helpers.paths import course_root

NOTEBOOKS = [
    path
    for room in ("notebooks", "exercises", "solutions")
    for path in sorted((course_root() / room).glob("*/*.ipynb"))
]
MACHINE = re.compile(
    r"dtype:|\d[eE]\+0\d|np\.(?:float|int|bool)|^Name: |^Length: \d|\b[A-Z]\w+\(\w+=", re.MULTILINE
)
"""What a person who sells should never read."""
TOGETHER = re.compile(r"(?<![\w,.:-])(?!(?:19|20)\d\d\b)\d{4,}(?![\w-])")
"""A number of a thousand or more without a comma; years are none, nor are parts of a date or of an id."""


def seen(output):
    """Return what an output shows in a notebook, as text."""
    data = output.get("data", {})
    if "image/png" in data:
        return ""
    html = "".join(data.get("text/html", ""))
    return re.sub("<[^>]+>", " ", html) or "".join(output.get("text", data.get("text/plain", "")))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_stored_output_speaks_like_a_machine(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [
        (number, MACHINE.search(seen(output))[0])
        for number, cell in enumerate(cells)
        for output in cell.get("outputs", ())
        if MACHINE.search(seen(output))
    ]
    assert found == []


@pytest.mark.parametrize(
    "path",
    [path for path in NOTEBOOKS if "00b_python" not in path.stem],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_what_a_cell_prints_has_its_thousands_apart(path):
    """In all but the lesson in which Python's own numbers are met."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    printed = "".join(seen(output) for output in outputs if output["output_type"] == "stream")
    assert TOGETHER.findall(printed) == []


def test_thousands_that_stand_together_are_found():
    assert TOGETHER.findall("customers: 2623, 3,000; 2026-01-01; sha256:1717470f; O12202") == ["2623"]


@pytest.fixture
def shell(monkeypatch):
    """What a notebook that has imported the course shows of a value, by kind."""
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    notebook.start_here()
    return lambda value: shell.display_formatter.format(value)[0]


def test_a_learner_s_column_is_a_table_without_a_dtype(shell):
    said = shell(pd.Series([1200.5, 3], index=pd.Index(["C1", "C2"], name="customer_id"), name="amount"))
    assert "1,200.5" in said["text/html"] and "amount" in said["text/html"]
    assert "dtype" not in said["text/plain"]


def test_a_number_of_numpy_is_a_number(shell):
    assert shell(np.float64(0.9965))["text/plain"] == "0.9965"
    assert shell(np.int64(3))["text/plain"] == "3"
    assert shell(np.float64(1315645.1800000002))["text/plain"] == "1315645.18"


def test_money_keeps_its_digits_and_its_thousands_apart():
    html = table_html(pd.DataFrame({"a": [1312704.72, 3.5], "b": [2623, 7]}))
    assert all(f"<td>{text}</td>" in html for text in ("1,312,704.72", "3.50", "2,623", "7"))


def test_a_share_below_a_head_in_words_is_in_per_cent():
    use_language("zh")
    table = pd.DataFrame({"value_share": [0.502, 0.25]})
    assert "50.2%" in table_html(labelled(table))
    assert "0.502" in table_html(table)


def test_years_days_and_missing_values():
    days = pd.to_datetime(["2025-01-31", None])
    html = table_html(pd.DataFrame({"y": [2024, 2025], "d": days, "m": [1.0, None]}))
    assert all(f"<td>{text}</td>" in html for text in ("2024", "2025-01-31", "NaT", "NaN", "1"))


def test_a_long_table_shows_its_ends():
    html = table_html(pd.Series(range(1000), name="n"))
    assert html.count("<tr") < 20 and "1000 rows" in html
