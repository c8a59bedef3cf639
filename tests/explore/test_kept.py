"""What a widget showed stays in the notebook, also where no server tidies it when it is saved."""

import IPython
import pytest

from custseg_helpers import quiz, use_language
from custseg_helpers.explore import still
from custseg_helpers.learn import quiz as quizzes


@pytest.fixture
def shown(monkeypatch):
    """The browser edition; the HTML of each output in the order in which it was put out or changed."""
    seen = []

    class Handle:
        def update(self, html):
            seen.append(html.data)

    class Display:
        @staticmethod
        def HTML(data):
            return type("HTML", (), {"data": data})

        @staticmethod
        def display(value, display_id=False, raw=False):
            if display_id:
                seen.append(value.data)
            return Handle()

    monkeypatch.setattr(still, "NO_SERVER", True)
    monkeypatch.setattr(quizzes, "record", lambda *_, **__: None)
    monkeypatch.setattr(IPython, "display", Display)
    use_language("en")
    return seen


def test_a_quiz_s_questions_and_answers_are_kept_in_the_browser(shown):
    asked = quiz("04")
    asked._ipython_display_()
    assert "1. " in shown[0] and "✓" not in shown[0] and "✗" not in shown[0]
    choice = asked.widget.children[1]
    choice.value = choice.options[0][1]
    assert ("✓" in shown[-1] or "✗" in shown[-1]) and str(still.WAKE) in shown[-1]


def test_a_picture_is_kept_in_the_browser_before_anything_was_moved(shown):
    still.Shown(quiz("04").widget, "an explorer", png=b"png", kept=still.Kept())._ipython_display_()
    assert shown[0].count("<img") == 1
