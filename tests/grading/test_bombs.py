"""One bad hand-in never stops a class: it has a row with a reason, and its neighbours have their marks."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from custseg_helpers.grading.aside import MUCH, TIME, Aside, Spoiled
from custseg_helpers.grading.collect import collect
from custseg_helpers.grading.restore import Step, steps
from custseg_helpers.grading.sandbox import Limits, sandbox
from custseg_helpers.grading.workbooks import MOST_FILES

boxed = pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")
pytestmark = pytest.mark.slow

RIGHT = "import numpy as np\nfrom custseg_helpers import load\ncompany = load()\norders = company.orders\nas_of = company.as_of\n"
SOURCES = {
    "minus": "-" * 13_000 + "1", "lambda": "lambda:" * 3_000 + "1", "attributes": "a" + ".a" * 13_000,
    "sums": "1+" * 13_000 + "1", "with": "with (" * 60 + "a" + ")" * 60 + ": pass", "braces": "{" * 4_000,
    "strings": "f'{" * 200, "indent": "".join(" " * n + "if 1:\n" for n in range(150)), "null": "a\0b",
    "half": "\ud800 = 1", "digits": "1" * 20_000, "walrus": "(a:=" * 90 + "1" + ")" * 90,
}  # fmt: skip
FILES = {
    "deep.ipynb": b"[" * 200_000,
    "dicts.ipynb": b'{"cells": [' + b"{}," * 9_000_000 + b"{}]}",
    "digits.ipynb": b'{"cells": ' + b"9" * 10_000 + b"}",
    "latin.ipynb": b'{"cells": "\xe9"}',
    "list.ipynb": b"[1, 2]",
    "cells.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": {"a": 1}}, 7, None]}).encode(),
    "sheets.ipynb": b'{"worksheets": []}',
    "long.ipynb": b" " * 30_000_001,
    "empty.zip": b"",
    "progress.jsonl": b'{"time": 3}\n' + b"{" * 100_000 + b"\n" + b"{},\n" * 1_000_000,
    "\U0001f600" * 60 + ".ipynb": b"{}",
    "bad\udcff.ipynb": b"{}",
}


def book(code):
    cell = {"cell_type": "code", "id": "a", "metadata": {"exercise": "rfm-recency"}, "source": code}
    return json.dumps({"cells": [cell], "metadata": {}})


def zips(folder):
    """Lay down damaged zips of all kinds: cut short, single bytes changed, and one that unpacks to far too much."""
    whole = folder / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", book("a = 1"))
        archive.writestr("b.ipynb", book("b = 1"), zipfile.ZIP_LZMA)
        archive.writestr("c.ipynb", book("c = 1"), zipfile.ZIP_BZIP2)
    content, chance = whole.read_bytes(), random.Random(7)
    for number in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (folder / f"damaged-{number}x.zip").write_bytes(damaged)
        (folder / f"cut-{number}x.zip").write_bytes(content[: number * len(content) // 60])
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(30):
            archive.writestr(f"{number}.ipynb", bytes(29_000_000))
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for number in range(MOST_FILES + 1):
            archive.writestr(f"{number}", b"")


def test_damaged_files_have_rows_with_reasons(tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    zips(folder)
    for name, content in FILES.items():
        Path(folder, name).write_bytes(content)
    (folder / "many").mkdir()
    for number in range(MOST_FILES + 1):
        (folder / "many" / str(number)).touch()
    deep = folder / ("d/" * 60)
    deep.mkdir(parents=True)
    (deep / "a.ipynb").write_text(book("a = 1"), encoding="utf-8")
    if os.name == "posix":
        os.mkfifo(folder / "pipe.ipynb")
        (folder / "link.ipynb").symlink_to("/dev/zero")
        (folder / "shut.ipynb").write_bytes(b"{}")
        (folder / "shut.ipynb").chmod(0)
    tops = len(list(folder.iterdir()))
    for path in (folder / "whole.zip", folder / "d"):
        shutil.move(path, tmp_path / path.name)
    tops -= 2
    for path in folder.glob(
        "damaged-*.zip"
    ):  # what is whole in them is a workbook, for which the sandbox is there
        if not shutil.which("bwrap"):
            path.unlink()
    found = collect(
        folder, tmp_path / "class", limits=Limits(seconds=60), shut_in=bool(shutil.which("bwrap"))
    )
    rows = pd.read_csv(tmp_path / "class" / "files.csv")
    assert rows["file"].is_unique and len(rows) >= len(found)
    seen = {file.split("/")[0] for file in rows["file"]}
    assert len(seen) + 1 >= len([path for path in folder.iterdir() if path.name != "progress.jsonl"])
    assert rows.loc[rows["lesson"].isna(), "remark"].notna().all()
    remark = rows.set_index("file")["remark"]
    assert "too much" in remark["many.zip"] and "too much" in remark["many"]
    assert (
        remark[[file for file in remark.index if file.startswith("bomb.zip")]]
        .str.contains("too much|no notebook")
        .all()
    )


@pytest.mark.parametrize("name", list(SOURCES))
def test_source_that_is_a_bomb_spoils_itself_only(name):
    cells = [{"id": "a", "exercise": "rfm-recency", "source": SOURCES[name]}]
    aside = Aside()
    try:
        try:
            found = aside.ask("steps", 10, cells=cells, lesson="04", lang="en", written={})
        except Spoiled as spoiled:
            assert spoiled.text in (MUCH, TIME)
        else:
            assert any(step["exercise"] == "rfm-recency" for step in found)
        good = [{"id": "a", "exercise": "rfm-recency", "source": "recency = 1"}]
        after = aside.ask("steps", 10, cells=good, lesson="04", lang="en", written={})
        assert [Step(**step) for step in after] == steps(tuple(good), "04", "en")
    finally:
        aside.close()


def test_what_takes_too_long_or_too_much_ends_with_a_reason(tmp_path):
    flood = [[number * (2**61 - 1), 0] for number in range(19_000)]
    answers = {
        "memory": b"[" + b"{}," * 30_000_000 + b"{}]",
        "lines": b"{}\n" * 10_000_000,
        "flood": json.dumps(
            {"exercise": "rfm-recency", "answer": {"kind": "mapping", "items": flood}}
        ).encode(),
        "lies": b'{"exercise": "rfm-recency", "answer": {"kind": "table"}}\n{"failed": 99}\n{"failed": "a"}\n[]\nnull',
    }
    given = {
        "about": ["rfm-recency"],
        "lesson": "04",
        "written": {},
        "setup": {"company": "retail", "seed": 3},
        "ended": "",
    }
    aside = Aside()
    try:
        for name, content in answers.items():
            (tmp_path / name).write_bytes(content)
            try:
                found = aside.ask("judge", 60, answers=str(tmp_path / name), **given)
            except Spoiled as spoiled:
                assert name == "memory" and spoiled.text == MUCH
            else:
                assert name != "memory" and found["exercises"]["rfm-recency"]["outcome"] != "passed"
    finally:
        aside.close()


INSIDE = {
    "Bomb": "import os\nfor fd in range(3, 40):\n    try:\n        os.write(fd, b'[' + b'{},' * 30_000_000 + b'{}]\\n')\n    except OSError:\n        pass\nrecency = 1",
    "Flood": "recency = {n * (2**61 - 1): n for n in range(150_000)}",
    "Lines": "import os\nfor fd in range(3, 40):\n    for _ in range(30):\n        try:\n            os.write(fd, b'{}\\n' * 1_000_000)\n        except OSError:\n            break\nrecency = 1",
}  # fmt: skip


@boxed
def test_a_class_with_bombs_in_it(tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    right = RIGHT + 'bought = orders[orders["quantity"] > 0]\n'
    right += 'recency = (as_of - bought.groupby("customer_id")["order_date"].max()).dt.days'
    for name, code in {**INSIDE, "Zoe": right}.items():
        (folder / f"{name}.ipynb").write_text(book(code), encoding="utf-8")
    collect(folder, tmp_path / "class", limits=Limits(seconds=120))
    answers = pd.read_csv(tmp_path / "class" / "answers.csv").set_index(["learner", "exercise"])
    assert answers.loc[("Zoe", "rfm-recency"), "outcome"] == "passed"
    for name in INSIDE:
        assert answers.loc[(name, "rfm-recency"), "outcome"] != "passed"
        assert answers.loc[(name, "rfm-recency"), "feedback"]


@boxed
def test_ctrl_c_is_answered_at_once(tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "hang.ipynb").write_text(book("while True:\n    pass"), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "custseg_helpers",
        "collect",
        str(folder),
        "--out",
        str(tmp_path / "class"),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    try:
        while running.poll() is None and not _workbook_runs(running.pid):
            time.sleep(0.05)
        begin = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130 and time.monotonic() - begin < 2, said.decode()
    assert not (tmp_path / "class").exists()


@boxed
def test_a_killed_grading_is_cleared_away_by_the_next(tmp_path, monkeypatch):
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left, other = (
        tmp_path / f"custseg-collect-{int(gone.stdout)}-a",
        tmp_path / f"custseg-collect-{os.getppid()}-a",
    )
    for folder in (left, other):
        (folder / "home").mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with sandbox():
        assert not left.exists() and other.exists()
    assert [path.name for path in tmp_path.iterdir()] == [other.name]


def _workbook_runs(pid):
    """Tell whether a process runs a workbook: it is in the sandbox, and what judges it waits aside."""
    waiting, said = [pid], b""
    while waiting:
        process = Path(f"/proc/{waiting.pop()}")
        try:
            said += (process / "cmdline").read_bytes()
            waiting += [
                int(child)
                for task in (process / "task").iterdir()
                for child in (task / "children").read_text().split()
            ]
        except OSError:
            continue
    return b"grading.aside" in said and b"grading.run_cells" in said
