"""A learner's work in the browser: out as one zip, and back in on another computer."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from custseg_helpers.lite import work
from custseg_helpers.lite.contents import fingerprint
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow


def book(*sources):
    """A notebook as text."""
    return json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]})


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A file panel with an untouched lesson, a workbook with an answer, own data and progress."""
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "drive"))
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "drive" / "progress.jsonl"))
    drive = tmp_path / "drive"
    (drive / "zh" / "own").mkdir(parents=True)
    (drive / "zh" / "04_rfm.ipynb").write_text(book("a = 1"))
    (drive / "zh" / "04_rfm_exercises.ipynb").write_text(book("answer = 42"))
    (drive / "zh" / "own" / "orders.csv").write_text("客户,金额\nC1,5\n", encoding="utf-8")
    (drive / "zh" / ".hidden").write_text("x")
    (drive / "progress.jsonl").write_text('{"event": "check", "time": "2026-01-02"}\n')
    return drive


DELIVERED = {
    "zh/04_rfm.ipynb": fingerprint(book("a = 1")),
    "zh/04_rfm_exercises.ipynb": fingerprint(book("answer = ...")),
}


def test_only_ones_own_files_are_packed(home):
    with zipfile.ZipFile(io.BytesIO(work.packed(home, DELIVERED))) as packed:
        assert packed.namelist() == ["progress.jsonl", "zh/04_rfm_exercises.ipynb", "zh/own/orders.csv"]
    (home / "zh" / "04_rfm.ipynb").write_text(book("a = 2"))
    assert home / "zh" / "04_rfm.ipynb" in work.changed(home, DELIVERED)


def test_work_goes_on_elsewhere(home, tmp_path, monkeypatch):
    content = work.packed(home, DELIVERED)
    there = tmp_path / "there"
    (there / "zh").mkdir(parents=True)
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(there / "progress.jsonl"))
    (there / "zh" / "04_rfm_exercises.ipynb").write_text(book("answer = ..."))
    (there / "progress.jsonl").write_text('{"event": "quiz", "time": "2026-01-03"}\n')
    assert work.unpacked(content, there, DELIVERED) == [
        "progress.jsonl", "zh/04_rfm_exercises.ipynb", "zh/own/orders.csv"
    ]  # fmt: skip
    assert (there / "zh" / "04_rfm_exercises.ipynb").read_text() == book("answer = 42")
    assert not list(there.rglob("*.old*"))
    times = [json.loads(line)["time"] for line in (there / "progress.jsonl").read_text().splitlines()]
    assert times == ["2026-01-02", "2026-01-03"]
    work.unpacked(content, there, DELIVERED)
    assert len((there / "progress.jsonl").read_text().splitlines()) == 2


def test_what_was_done_here_is_kept_under_another_name(home):
    content = work.packed(home, DELIVERED)
    (home / "zh" / "04_rfm_exercises.ipynb").write_text(book("answer = 43"))
    work.unpacked(content, home, DELIVERED)
    assert (home / "zh" / "04_rfm_exercises.ipynb").read_text() == book("answer = 42")
    assert (home / "zh" / "04_rfm_exercises.old-1.ipynb").read_text() == book("answer = 43")


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "zh\\..\\x"])
def test_no_file_leaves_the_folder(home, name):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("zh/fine.txt", "x")
        packed.writestr(name, "x")
    with pytest.raises(UserError):
        work.unpacked(held.getvalue(), home, {})
    assert not (home / "zh" / "fine.txt").exists()


def test_another_file_is_refused_in_words(home, monkeypatch):
    content = work.packed(home, DELIVERED)
    for wrong in (b"", b"no zip", content[:-30]):
        with pytest.raises(UserError, match="damaged"):
            work.unpacked(wrong, home, {})
    monkeypatch.setattr(work, "LARGEST", 10)
    with pytest.raises(UserError):
        work.unpacked(content, home, {})


def test_the_buttons(home):
    box = work.show().widget
    (save, upload), said = box.children[0].children, box.children[1]
    save.click()
    assert "data:application/zip;base64," in said.value and "download=" in said.value
    upload.value = (
        {"name": "w.zip", "type": "", "size": 2, "content": b"no", "last_modified": datetime.now(UTC)},
    )
    assert "role='alert'" in said.value
