"""A grading that is killed, at whatever moment, is gone on with by the next, which clears away what it left."""

import os
import shutil
import subprocess
import sys

import pytest

from custseg_helpers.grading.sandbox import bubblewrap
from custseg_helpers.paths import course_root

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only there it is known which processes are no more"),
]
TIMED = {"files.csv", "learners.csv", "graded.jsonl", "class.xlsx", "class.html"}
"""Files that say how long a workbook ran, or when they were made."""


def begin(home, out, *words):
    places = {"TMPDIR": str(home / "tmp"), "HOME": str(home / "tmp"), "CUSTSEG_LANG": "en"}
    command = [sys.executable, "-m", "custseg_helpers", "collect", str(home / "in"), "--out", str(home / out)]
    return subprocess.Popen(
        [*command, "--seed", "7", *words],
        cwd=home,
        env=os.environ | places,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def started(home, out):
    return any((home / "tmp").glob("custseg-collect-*/tmp*"))


def one_graded(home, out):
    return (home / f".{out}.graded.jsonl").exists()


def being_written(home, out):
    return any((home / f".{out}-part").glob("*"))


@pytest.mark.parametrize(
    "words",
    [
        ("--without-sandbox",),
        pytest.param((), marks=pytest.mark.skipif(not bubblewrap(), reason="needs bubblewrap")),
    ],
    ids=["limited", "shut in"],
)
def test_a_grading_killed_at_any_step_is_cleared_away_and_done_by_the_next(tmp_path, words):
    for name in ("in", "tmp"):
        (tmp_path / name).mkdir()
    for learner in ("Ann", "李雷"):
        done = course_root() / "solutions" / "en" / "00_welcome_solutions.ipynb"
        shutil.copy(done, tmp_path / "in" / f"{learner}_00_welcome_exercises.ipynb")
    assert begin(tmp_path, "right", *words).wait(200) == 0
    right = {path.name: path.read_bytes() for path in (tmp_path / "right").iterdir()}
    before = names(tmp_path)
    killed = 0
    for number, reached in enumerate((started, one_graded, being_written)):
        out = f"class{number}"
        running = begin(tmp_path, out, *words)
        while running.poll() is None and not reached(tmp_path, out):
            pass
        running.kill()
        killed += running.wait(60) == -9
        assert begin(tmp_path, out, *words).wait(200) == 0
        there = {path.name: path.read_bytes() for path in (tmp_path / out).iterdir()}
        assert there.keys() == right.keys()
        assert {name: there[name] for name in there.keys() - TIMED} == {
            name: right[name] for name in right.keys() - TIMED
        }
        shutil.rmtree(tmp_path / out)
        assert names(tmp_path) == before
    assert killed >= 2
