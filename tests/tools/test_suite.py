"""The suite's own order of work: every step runs, and a failure is not lost."""

import os
import shlex

import pytest

from custseg_helpers.paths import course_root
from tools import suite


@pytest.mark.parametrize(
    ("codes", "expected", "words"),
    [
        ({}, 0, "All passed."),
        ({"mypy": 2}, 2, "Failed: types"),
        ({"mypy": 2, "pytest": 1}, 2, "Failed: types; tests"),
    ],
)
def test_every_step_runs_and_the_first_failing_code_comes_back(monkeypatch, capfd, codes, expected, words):
    ran = []

    def call(command, cwd, env):
        assert env["CUSTSEG_PROGRESS"] == os.devnull, "the suite must not leave a progress file behind"
        ran.append(shlex.join(command[2:]))
        return codes.get(command[2], 0) if len(ran) <= 5 else 0

    monkeypatch.setattr(suite.subprocess, "call", call)
    assert suite.main([]) == expected
    assert ran == list(suite.STEPS)
    assert words in capfd.readouterr().out


def test_what_the_suite_holds():
    commands = " ".join(suite.STEPS)
    for needed in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "build --check",
        "--nbval solutions",
        "--nbval-lax notebooks",
    ):
        assert needed in commands


def test_fast_leaves_out_what_needs_patience_and_nothing_else(monkeypatch):
    ran = []
    monkeypatch.setattr(suite.subprocess, "call", lambda command, cwd, env: ran.append(command[2:]) or 0)
    assert suite.main(["--fast"]) == 0
    assert [command[0] for command in ran] == ["ruff", "ruff", "mypy", "pytest"]
    assert ran[-1][-2:] == ["-m", "not (slow or browser or engines)"]


def test_a_marker_that_nobody_declared_is_refused(pytestconfig):
    declared = {line.split(":")[0] for line in pytestconfig.getini("markers")}
    assert {"slow", "browser", "engines"} <= declared
    assert "--strict-markers" in pytestconfig.getini("addopts")


def test_every_test_in_a_browser_is_marked():
    """Whatever opens a page must not run in the quick suite."""
    for file in (course_root() / "tests" / "browser").glob("test_*.py"):
        assert "pytest.mark.browser" in file.read_text(encoding="utf-8"), file.name
