"""The suite's own order of work: every step runs, and a failure is not lost."""

import os

import pytest

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
        ran.append(" ".join(command[2:]))
        return codes.get(command[2], 0) if len(ran) <= 5 else 0

    monkeypatch.setattr(suite.subprocess, "call", call)
    assert suite.main() == expected
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
