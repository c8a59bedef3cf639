"""The buttons below a check: they say what hint() and solution() say, and are there only where they help."""

import os

import ipywidgets as W
import pytest

from custseg_helpers import check, hint, progress, solution
from custseg_helpers.learn.feedback import Feedback, lines_html
from custseg_helpers.learn.help import help_below
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.learn.marks import entries
from custseg_helpers.learn.quiz import answer

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def below(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    box = help_below(check("rfm-recency"), exercise("rfm-recency"), check).widget
    _, buttons, helped, answered, *_ = box.children
    return *buttons.children[:2], helped, answered


def test_hints_come_one_after_the_other_and_are_recorded(below, tmp_path):
    more, _, helped, _ = below
    assert more.description == "Hint"
    more.click()
    first, second = (f">{lines_html(text.en)}</p>" for text in exercise("rfm-recency").words.hints)
    assert first in helped.value and second not in helped.value
    assert (more.description, more.disabled) == ("Next hint", False)
    more.click()
    assert first in helped.value and second in helped.value and more.disabled
    marks = entries(tmp_path / "progress.jsonl")[0]
    assert [mark.get("number") for mark in marks if mark["event"] == "hint"] == [1, 2]


def test_the_model_answer_is_the_one_of_solution(below):
    _, model_answer, _, answered = below
    model_answer.click()
    assert solution("rfm-recency").code.splitlines()[0].split("[")[0] in answered.value


def test_nothing_to_press_where_nothing_is_left_to_do():
    assert WIDGET in check("rfm-recency")._repr_mimebundle_()
    assert WIDGET not in Feedback("rfm-recency", "passed", hint("rfm-recency").text)._repr_mimebundle_()
    assert WIDGET not in check("rfm-99")._repr_mimebundle_()
    wrong = next(option for option in range(1, 5) if not answer("04", 1, option))
    assert set(answer("04", 1, wrong)._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_without_a_kernel_the_verdict_stands_alone():
    bundle = check("rfm-recency")._repr_mimebundle_()
    assert (
        bundle["text/plain"] == repr(check("rfm-recency"))
        and bundle["text/html"] == check("rfm-recency")._repr_html_()
    )
    assert isinstance(help_below(check("rfm-recency"), exercise("rfm-recency"), check).widget, W.VBox)


@pytest.mark.parametrize("number", ["x", None, [1], {}, float("nan"), float("inf")])
def test_a_hint_that_is_no_number_gets_a_sentence(number):
    assert "numbered from 1 to" in repr(hint("rfm-recency", number))


def test_a_folder_where_the_progress_file_should_be_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path))
    assert check("rfm-recency").outcome == "todo"
    shown = progress()
    assert "is no file" in repr(shown) and "is no file" in shown._repr_html_()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_or_an_endless_name_for_the_progress_file_stops_nobody(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path / ("x" * 300)):
        monkeypatch.setenv("CUSTSEG_PROGRESS", str(place))
        assert hint("rfm-recency", 1) and check("rfm-recency").outcome == "todo" and progress().lessons
