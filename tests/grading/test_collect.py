"""A class hands in: honest work is marked right, known mistakes are named, and nobody harms the others or the host."""

import json
import os
import re
import shutil
import socket
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.company.company import load_sample
from custseg_helpers.grading import collect as command
from custseg_helpers.grading import sandbox as boxes
from custseg_helpers.grading.restore import Step
from custseg_helpers.grading.sandbox import Limits, sandbox
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise, exercises
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")]

LIMITS = Limits(seconds=150, cell=4, memory=1_000_000_000)
SEED = 2027
SETUP = {"company": "retail", "seed": SEED}
PORT_INSIDE = 24_651
SLEEP = f"{900_000 + os.getpid()}"
"""What the leaver leaves behind, unlike that of any other run of these tests."""

RIGHT_1 = 'bought = orders[orders["quantity"] > 0]\nrecency = (as_of - bought.groupby("customer_id")["order_date"].max()).dt.days'
EVIL = {
    "hang": "while True:\n    pass",
    "exit": "import os\nos._exit(0)",
    "polite-exit": "exit()",
    "memory": "hoard = []\nwhile True:\n    hoard.append(b'x' * 50_000_000)",
    "deleter": "import custseg_helpers, os, shutil\nshutil.rmtree(os.path.expanduser('~'), ignore_errors=True)\n"
    "shutil.rmtree(os.path.dirname(custseg_helpers.__file__), ignore_errors=True)\nos.remove({canary!r})",
    "printer": "for _ in range(1000):\n    print('x' * 1_000_000)",
    "socket": f"import socket\nserver = socket.create_server(('127.0.0.1', {PORT_INSIDE}))\n"
    "socket.create_connection(('127.0.0.1', {port}), timeout=2)",
    "forker": "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
    "syntax": "frequency = = 3",
    "late-hang": "frequency = bought.groupby('customer_id')['order_id'].nunique()\nwhile True:\n    pass",
    "leaver": "import subprocess\nsubprocess.Popen(['sleep', '" + SLEEP + "'], start_new_session=True)",
}


class GbkName(zipfile.ZipInfo):
    """A member whose name is written as Windows in China writes it."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gb18030"), 0


def cells(kind, lang):
    name = {"exercises": "04_rfm_exercises", "solutions": "04_rfm_solutions"}[kind]
    return json.loads((course_root() / kind / lang / f"{name}.ipynb").read_text(encoding="utf-8"))


def workbook(lang, answers):
    """Return a workbook with code in place of some exercises' `name = ...`."""
    book = cells("exercises", lang)
    for cell in book["cells"]:
        identity = cell["metadata"].get("exercise")
        if cell["cell_type"] == "code" and identity in answers:
            cell["source"] = answers[identity]
    return book


def mistaken(name, identity, number):
    """Return code that makes a known mistake: the checks themselves are not to be seen in there."""
    source = (course_root() / "lessons" / "04_rfm" / "answers.py").read_text(encoding="utf-8")
    return (
        "from custseg_helpers.diagnosis.knobs import single_turns, turned\n"
        f"known = {{}}\nexec({source!r}, known)\n"
        f"task = next(e for e in known['EXERCISES'] if e.id == {identity!r})\n"
        "wrong = [mistake.answer for mistake in task.mistakes]\n"
        "wrong += [turned(task.answer, [turn]) for turn in single_turns(task.answer)]\n"
        f"{name} = wrong[{number - 1}](company)"
    )


def hand_in(folder, port, canary):
    """Fill a folder as a class does."""
    (folder / "王芳").mkdir(parents=True)
    (folder / "王芳" / "作业.ipynb").write_text(json.dumps(cells("solutions", "zh")), encoding="utf-8")
    marks = [
        ("00", "rfm-recency", "wrong"),
        ("06", "rfm-recency", "passed"),
        ("50", "rfm-frequency", "passed"),
    ]
    lines = [
        {"time": f"2026-11-02T09:{minute}:00+00:00", "event": "check", "exercise": e, "outcome": outcome}
        for minute, e, outcome in marks
    ]
    (folder / "王芳" / "progress.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    wrong = workbook(
        "zh",
        {"rfm-recency": mistaken("recency", "rfm-recency", 1), "rfm-one-time-share": mistaken("one_time_share", "rfm-one-time-share", 2), "rfm-to-manager": 'to_manager = "不知道"'},
    )  # fmt: skip
    with zipfile.ZipFile(folder / "李明.zip", "w") as archive:
        archive.writestr(GbkName("练习/第4课.ipynb"), json.dumps(wrong))

    cheat = workbook(
        "en", {"rfm-recency": "check = lambda *_: 'passed'\nrecency = 3", "rfm-frequency": "frequency = 0.3"}
    )
    for cell in cheat["cells"]:
        cell.pop("id")
        if "".join(cell["source"]).startswith('check("rfm-recency"'):
            cell["source"] = (
                'check("rfm-recency", (as_of - orders.groupby("customer_id")["order_date"].max()).dt.days)'
            )
    cheat["cells"] = [
        c for c in cheat["cells"] if not "".join(c["source"]).startswith('check("rfm-frequency"')
    ]
    (folder / "04_rfm_exercises Ann (1).ipynb").write_text(json.dumps(cheat), encoding="utf-8")

    for name, code in EVIL.items():
        code = code.format(port=port, canary=canary) if "{" in code else code
        book = workbook(
            "en", {"rfm-recency": RIGHT_1, "rfm-frequency": code, "rfm-first-calls": 'first_calls = "b"'}
        )
        (folder / f"{name}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (folder / "blank.ipynb").write_bytes(b"")
    (folder / "photo.ipynb").write_bytes(b"\xff\xd8\xff\xe0" + bytes(900))
    (folder / "essay.ipynb").write_text("Dear teacher, my dog ate it.", encoding="utf-8")
    (folder / "torn.zip").write_bytes(b"PK\x03\x04 torn")
    (folder / "lesson.ipynb").write_text('{"cells": [], "metadata": {}}', encoding="utf-8")


def state(folder):
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def command_lines():
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """A class, graded in two goes: the first is stopped after two workbooks."""
    home = tmp_path_factory.mktemp("class")
    canary = home / "canary"
    canary.write_text("alive", encoding="utf-8")
    server = socket.create_server(("127.0.0.1", 0))
    hand_in(home / "handed in", server.getsockname()[1], str(canary))
    before = state(home / "handed in") | state(course_root() / "datasets")
    out, counts = home / "class", []

    def stop(count, total, _):
        counts.append((count, total))
        if len(counts) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        command.collect(home / "handed in", out, seed=SEED, limits=LIMITS, done=stop)
    assert not out.exists()
    command.collect(home / "handed in", out, seed=SEED, limits=LIMITS, done=stop)
    server.settimeout(0)
    with server, pytest.raises(BlockingIOError):
        server.accept()
    assert state(home / "handed in") | state(course_root() / "datasets") == before
    assert canary.read_text(encoding="utf-8") == "alive"
    return home, counts


def read(class_, name):
    table = pd.read_csv(class_[0] / "class" / f"{name}.csv", dtype={"lesson": str})
    return table


def marks(class_, learner):
    answers = read(class_, "answers")
    return answers[answers["learner"] == learner].set_index("exercise")


def test_honest_work_is_right_on_another_seed(class_):
    own = marks(class_, "王芳")
    assert set(own["outcome"].drop("rfm-to-manager")) == {"passed"} and len(own) == len(exercises("04"))
    assert own.loc["rfm-to-manager", "outcome"] == "written" and pd.isna(own.loc["rfm-to-manager", "points"])
    assert own.loc["rfm-recency", "attempts"] == 2
    row = read(class_, "learners").set_index("learner").loc["王芳"]
    judged = own[own["points"].notna()]
    core = (judged["level"] == "core").sum()
    assert (row["points"], row["of"], row["stretch points"]) == (core, core, len(judged) - core)
    assert (row["texts written"], row["texts asked"]) == (1, 1) and pd.isna(row["points for texts"])
    (text,) = read(class_, "texts").to_dict("records")
    assert (text["learner"], text["exercise"]) == ("王芳", "rfm-to-manager")
    assert text["points and the trainer's marks"].count("not marked yet") == 3
    assert (row["attempts"], row["minutes of work"]) == (3, 6)


def test_known_mistakes_are_named(class_):
    own = marks(class_, "李明")
    company = load_sample("retail", SEED)
    for identity, number in [("rfm-recency", 1), ("rfm-one-time-share", 2)]:
        task = exercise(identity)
        expected = judge(task, task.mistakes[number - 1].answer(company), company)
        assert own.loc[identity, "outcome"] == "not yet"
        assert (own.loc[identity, "known mistake"], own.loc[identity, "cause"]) == (number, expected.cause)
        assert own.loc[identity, "feedback"] == expected.message.en
    assert own.loc["rfm-to-manager", "outcome"] == "to do" and own.loc["rfm-frequency", "outcome"] == "to do"
    assert "李明.zip/练习/第4课.ipynb" in set(read(class_, "files")["file"])
    wrong = read(class_, "wrong").set_index("exercise")
    assert wrong.loc["rfm-recency", "advice"] and wrong["share passed"].is_monotonic_increasing


def test_edited_checks_do_not_count(class_):
    own = marks(class_, "Ann")
    assert list(own.loc[["rfm-recency", "rfm-frequency"], "outcome"]) == ["not yet", "not yet"]


@pytest.mark.parametrize(
    ("name", "outcome", "later", "words"),
    [
        ("hang", "error", "passed", "ran too long"),
        ("exit", "not reached", "not reached", "ended its own process"),
        ("polite-exit", "error", "passed", "exit"),
        ("memory", "error", "passed", "more memory"),
        ("deleter", "error", "passed", "canary"),
        ("printer", "not reached", "not reached", "printed too much"),
        ("socket", "error", "passed", "refused"),
        ("forker", "not reached", "not reached", "too many processes"),
        ("syntax", "error", "passed", "not valid Python"),
        ("late-hang", "passed", "passed", "ran too long"),
        ("leaver", "to do", "passed", ""),
    ],
)
def test_each_adversary_has_a_row_with_a_reason(class_, name, outcome, later, words):
    own = marks(class_, name)
    assert own.loc["rfm-recency", "outcome"] == "passed"
    if name == "leaver":
        assert own.loc["rfm-first-calls", "outcome"] == later
        return
    assert own.loc["rfm-frequency", "outcome"] == outcome
    assert own.loc["rfm-first-calls", "outcome"] == later
    assert words in read(class_, "learners").set_index("learner").loc[name, "remark"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("blank", "empty"),
        ("photo", "picture"),
        ("essay", "no notebook"),
        ("torn", "cannot be opened"),
        ("lesson.ipynb", "none of the course's exercises"),
    ],
)
def test_what_is_no_workbook_has_a_row_with_a_reason(class_, name, words):
    row = read(class_, "learners").set_index("learner").loc[name]
    assert row["points"] == 0 and words in row["remark"]


def test_nothing_is_left_on_the_host(class_):
    assert not any(SLEEP.encode() in line for line in command_lines())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", PORT_INSIDE), timeout=2)
    assert {path.name for path in class_[0].iterdir()} == {"handed in", "class", "canary"}


def test_a_stopped_run_goes_on_where_it_was(class_):
    _, counts = class_
    first = max(total for _, total in counts)
    again = [total for _, total in counts if total < first]
    assert first == len(EVIL) + 3 and again and set(again) <= {first - 2, first - 3, first - 4}


def test_a_second_run_grades_nothing_anew(class_, tmp_path, monkeypatch):
    home, _ = class_
    out = tmp_path / "class"
    shutil.copytree(home / "class", out)
    monkeypatch.setattr(command, "sandbox", None)
    command.collect(home / "handed in", out, limits=LIMITS)  # on the seed that is noted there
    for name in (
        "class.html",
        "learners.csv",
        "answers.csv",
        "wrong.csv",
        "graded.jsonl",
        "feedback-王芳.html",
    ):
        assert (out / name).read_bytes() == (home / "class" / name).read_bytes()


def test_the_class_as_page_and_excel(class_):
    folder = class_[0] / "class"
    page = (folder / "class.html").read_text(encoding="utf-8")
    assert (
        "王芳" in page and ">blank</td>" in page and re.search(r"(\d+)/\1 \+\d", page) and "://" not in page
    )
    book = openpyxl.load_workbook(folder / "class.xlsx")
    assert book.sheetnames == ["learners", "answers", "texts", "what went wrong", "files"]
    learners = read(class_, "learners")
    assert book["learners"].max_row == len(learners) + 1 == len(EVIL) + 9
    own = (folder / "feedback-李明.html").read_text(encoding="utf-8")
    task = exercise("rfm-recency")
    assert '<html lang="zh-CN">' in own and task.words.advice[task.mistakes[0].name].zh[:8] in own
    assert len(list(folder.glob("feedback-*.html"))) == len(learners)
    late = (folder / "feedback-late-hang.html").read_text(encoding="utf-8")
    assert "✓ 2 · " in late and "ran too long" in late


def test_a_loop_that_catches_everything_is_stopped():
    code = (
        "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass"
    )
    with sandbox() as box:
        assert box.run([Step(code, "rfm-recency")], SETUP, Limits(seconds=7), "en").ended == "time"


def test_without_bubblewrap_it_must_be_confirmed(class_, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(boxes, "bubblewrap", lambda: None)
    folder = tmp_path / "handed in"
    folder.mkdir()
    book = workbook("en", {"rfm-recency": RIGHT_1, "rfm-frequency": "import os\nos._exit(1)"})
    (folder / "Bo.ipynb").write_text(json.dumps(book), encoding="utf-8")
    arguments = ["collect", str(folder), "--out", str(tmp_path / "class")]
    assert cli.main(arguments) == 2
    assert "--without-sandbox" in capsys.readouterr().err and not (tmp_path / "class").exists()
    assert cli.main([*arguments, "--without-sandbox"]) == 0
    assert "No sandbox" in capsys.readouterr().err
    answers = pd.read_csv(tmp_path / "class" / "answers.csv").set_index("exercise")
    assert list(answers.loc[["rfm-recency", "rfm-frequency"], "outcome"]) == ["passed", "not reached"]
    assert "No sandbox" in (tmp_path / "class" / "class.html").read_text(encoding="utf-8")


def test_folders_that_are_none(tmp_path):
    with pytest.raises(UserError, match="no folder"):
        command.collect(tmp_path / "nowhere", tmp_path / "class")
    with pytest.raises(UserError, match="no work"):
        (tmp_path / "empty").mkdir()
        command.collect(tmp_path / "empty", tmp_path / "class")
    with pytest.raises(UserError, match="another --out"):
        command.collect(tmp_path / "empty", tmp_path / "empty" / "class")
    assert os.listdir(tmp_path) == ["empty"]
