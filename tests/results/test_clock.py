"""A clock that goes back is harmless: files from tomorrow, and marks and campaigns noted later than now."""

import json
import os
import time

import pandas as pd
import pytest

from custseg_helpers.campaigns.ledger import ledger, note
from custseg_helpers.campaigns.plan import home
from custseg_helpers.commands.main import main
from custseg_helpers.grading.attempts import work
from custseg_helpers.grading.handed_in import collect_files, handed_in
from custseg_helpers.learn.lab import prepare
from custseg_helpers.learn.marks import record
from custseg_helpers.learn.progress import progress, reached
from custseg_helpers.paths import course_root

LATER = time.time() + 10 * 365 * 86_400
ROWS = "".join(
    f"A{n},C{n % 97},2025-{1 + n % 6:02}-{1 + n % 27:02},{20 + 5 * (n % 9)}\n" for n in range(1, 1001)
)


def from_tomorrow(folder):
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (LATER, LATER))


@pytest.mark.slow
def test_a_run_over_files_from_tomorrow_gives_the_same(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(f"order no,member no,order date,order total\n{ROWS}", "utf-8")
    assert main(["init", "orders.csv", "--lang", "en"]) == 0
    results = []
    for _ in range(2):
        assert main(["run", "company.toml", "--out", "result", "--lang", "en"]) == 0
        results.append({path.name: path.read_bytes() for path in (tmp_path / "result").glob("*.csv")})
        from_tomorrow(tmp_path)
    assert results[0] and results[0] == results[1]


def test_marks_from_tomorrow_do_not_hide_what_is_done_today(tmp_path, monkeypatch):
    file = tmp_path / "progress.jsonl"
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(file))
    early = {"time": "2036-01-01T00:00:00+00:00", "event": "check", "exercise": "rfm-recency"}
    file.write_text(json.dumps(early | {"outcome": "passed"}) + "\n", "utf-8")
    record("check", exercise="rfm-frequency", outcome="passed")
    assert [row.passed for row in progress().lessons if row.number == "04"] == [2]
    assert reached(file) == ("04", 3)
    assert work([file.read_bytes()]).minutes == 0


def test_the_learners_folder_from_tomorrow_is_left_as_it_is(tmp_path):
    prepare(tmp_path, "en")
    from_tomorrow(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.ipynb")}
    assert prepare(tmp_path, "en") == {}
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.ipynb")} == before


def test_work_handed_in_from_tomorrow_or_before_all_time_is_graded(tmp_path):
    book = (course_root() / "exercises" / "en" / "00_welcome_exercises.ipynb").read_bytes()
    for name, when in (("Ann", LATER), ("Bob", 0)):
        file = tmp_path / f"{name}_00_welcome_exercises.ipynb"
        file.write_bytes(book)
        os.utime(file, (when, when))
    entries, _ = handed_in(collect_files(tmp_path))
    assert [(entry.learner, entry.lesson, entry.problem) for entry in entries] == [
        ("Ann", "00", None),
        ("Bob", "00", None),
    ]


def test_of_a_campaign_the_last_line_counts_whatever_its_date(tmp_path):
    company = tmp_path / "company.toml"
    home(company).mkdir(parents=True)
    note(company, {"campaign": "may", "start": "2036-05-01", "end": "2036-05-31", "read": "2036-06-01"})
    note(company, {"campaign": "may", "verdict": "works", "read": "2025-06-01"})
    assert ledger(company).loc["may", ["verdict", "read"]].tolist() == ["works", "2025-06-01"]
    assert pd.notna(ledger(company).loc["may", "start"])
