"""The trainer's guide: every note, exercise, mistake and answer of a lesson is in it, nothing in the other language."""

import re
from html import unescape

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.learn.quiz import questions
from custseg_helpers.teach import guide as guides
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.slow


def words(html):
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def plain(markdown):
    return re.sub(r"\s+", "", re.sub(r"[`*]|\]\([^)]*\)|\[", "", markdown))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", numbers())
def test_everything_a_trainer_needs_is_on_the_page(number, lang):
    use_language(lang)
    lesson = lesson_source(number)
    page = guides.guide(lesson)
    shown = words(page)
    for task in tasks(lesson):
        known = exercise(task.id)
        assert f"{task.title(lang)} · {task.id}" in unescape(page)
        for text in (*known.words.advice.values(), *known.words.hints):
            assert plain(str(text)) in re.sub(r"[`*\[]", "", shown), task.id
        for company in guides.coinciding().get(task.id, {}):
            assert f"{company}{'：' if lang == 'zh' else ':'}" in shown, task.id
    for question in questions(number):
        right = next(option for option in question.options if option.right)
        assert re.sub(r"\s+", "", str(right.text)) in shown
    assert guides.notes(lesson)
    for texts in guides.notes(lesson).values():
        for text in texts:
            assert plain(text.within(lang).splitlines()[0]) in re.sub(r"[`*\[]", "", shown)
    assert "://" not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize(("lang", "last"), [("zh", "结果"), ("en", "result")])
def test_before_and_after_the_class(lang, last, tmp_path, capsys):
    use_language(lang)
    assert cli.main(["guide", "--lessons", "00", "--out", str(tmp_path / "讲师")]) == 0
    page = (tmp_path / "讲师" / "course.html").read_text(encoding="utf-8")
    assert page.count("<h2>") == 6 and last in page and "start.py doctor" in page
    assert (tmp_path / "讲师" / "00_welcome.html").is_file()


def test_the_page_as_pdf(tmp_path, capsys):
    use_language("zh")
    assert cli.main(["guide", "--lessons", "00", "--out", str(tmp_path), "--pdf"]) == 0
    assert (tmp_path / "00_welcome.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_browser_there_is_no_pdf_and_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(guides, "find_browser", lambda printing: None)
    use_language("en")
    assert cli.main(["guide", "--lessons", "00", "--out", str(tmp_path / "out"), "--pdf"]) == 2
    assert "print it as PDF" in capsys.readouterr().err and not (tmp_path / "out").exists()
