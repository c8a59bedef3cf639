"""A folder that lets nobody write gets a sentence, and costs no answer."""

import errno
import os

import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.learn import marks
from custseg_helpers.learn.check import check
from custseg_helpers.learn.lab import prepare
from custseg_helpers.learn.progress import progress
from custseg_helpers.words.text import use_language


@pytest.fixture(autouse=True)
def shut(tmp_path, monkeypatch):
    """A folder below which nothing can be made, for any user; the tests may run as one whom no right stops."""
    place = tmp_path / "shut"
    usual = os.open

    def refused(path, flags, *more, **options):
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(place)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return usual(path, flags, *more, **options)

    place.mkdir()
    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).startswith(str(place)))
    monkeypatch.setattr(marks, "_told", set())
    monkeypatch.setenv("CUSTSEG_HOME", str(place))
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(place / "progress.jsonl"))
    use_language("en")
    return place


def test_a_learner_is_told_once_that_progress_is_not_kept(shut, capsys):
    assert check("rfm-recency").outcome == check("rfm-recency").outcome == "todo"
    assert capsys.readouterr().out.count("Your progress is not kept") == 1
    assert "cannot be written" in repr(progress()) and "cannot be written" in progress()._repr_html_()
    assert list(shut.iterdir()) == []


def test_the_course_does_not_open_in_a_folder_that_cannot_be_written(shut, capsys):
    assert main(["lab", "--no-browser", "--lang", "en"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_file_that_nobody_may_read_is_named(shut, tmp_path, monkeypatch, capsys):
    def unreadable(*_):
        raise PermissionError(errno.EACCES, "Permission denied", str(shut / "04_rfm.ipynb"))

    monkeypatch.setattr("custseg_helpers.commands.learn.lab.prepare", unreadable)
    assert main(["lab", "--no-browser", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "04_rfm.ipynb” cannot be used: Permission denied" in said and len(said.splitlines()) <= 2


def test_elsewhere_nothing_is_shut(tmp_path):
    assert prepare(tmp_path / "open", "en") == {}


def test_progress_that_is_kept_nowhere_on_purpose_says_nothing(monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_PROGRESS", os.devnull)
    check("rfm-recency")
    assert capsys.readouterr().out == ""
    assert "cannot be written" not in repr(progress())
