"""The next morning: a workbook that was saved and opened again shows what it showed, and one button wakes the rest."""

import json

import pytest

from custseg_helpers.explore.still import kept_html
from custseg_helpers.files.cells import PYTHON

from .notebook import MINUTE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOOK = "04_rfm_exercises.ipynb"


def test_errors_verdicts_and_hints_are_there_the_next_morning(open_notebook, lab):
    book = open_notebook("en", BOOK, fresh=True)
    book.run(book.find(source="import pandas"))
    task = book.write("rfm-recency", 'recency = orders["客户编号"]')
    book.run(task)
    assert '"customer_id"' in book.output(task).inner_text()
    check = task + 1
    said = book.answer("rfm-recency", "recency = 3")
    assert "not yet" in said
    book.show(check).get_by_role("button", name="Hint").first.click()
    book.output(check).get_by_text("latest date").wait_for(timeout=MINUTE)
    book.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")
    book.screenshot("before-the-night")

    morning = open_notebook("en", BOOK, fresh=True)
    seen = morning.output(check).inner_text()
    assert "not yet" in seen and "latest date" in seen and "model not found" not in seen.lower()
    assert "widget-view" not in (lab("en")[2] / "en" / BOOK).read_text(encoding="utf-8")
    morning.screenshot("the-next-morning")
    morning.output(check).locator("button", has_text="run this notebook from the top").click()
    morning.show(check).get_by_role("button", name="Hint").first.wait_for(timeout=4 * MINUTE)


def test_a_text_and_its_marks_are_there_the_next_morning(open_notebook):
    text = "She came often and spent much, but has been away for long; the manager should call her this week."
    book = open_notebook("en", BOOK, fresh=True)
    book.run(book.find(source="import pandas"))
    said = book.answer("rfm-to-manager", f'to_manager = "{text}"')
    assert "✎" in said and "✗" not in said and "A full answer" not in said
    check = book.find(source='check("rfm-to-manager"')
    book.show(check)
    shown = book.output(check)
    for point, mark in enumerate(("said", "said", "not said")):
        shown.locator(".widget-toggle-buttons").nth(point).get_by_role(
            "button", name=mark, exact=True
        ).click()
    shown.get_by_text("1 to go").wait_for(timeout=MINUTE)
    shown.get_by_role("button", name="Show a full answer").click()
    shown.get_by_text("A thin answer").wait_for(timeout=MINUTE)
    book.screenshot("a-text-and-its-points")
    book.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")

    morning = open_notebook("en", BOOK, fresh=True)
    seen = morning.output(check).inner_text()
    for words in (text, "— said", "— not said", "1 to go", "A full answer", "A thin answer"):
        assert words in seen
    assert "model not found" not in seen.lower()
    morning.screenshot("a-text-the-next-morning")


def test_where_a_widget_is_dead_the_page_shows_what_it_showed_last(open_notebook, lab):
    """As in the browser edition, where nobody tidies a notebook that is saved."""
    dead = {
        "application/vnd.jupyter.widget-view+json": {
            "model_id": "gone",
            "version_major": 2,
            "version_minor": 0,
        }
    }
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": data}
        for data in (dead | {"text/plain": "quiz"}, {"text/html": kept_html("<p>what was answered</p>")})
    ]
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "quiz",
        "metadata": {},
        "outputs": outputs,
        "source": "",
    }
    text = json.dumps({"cells": [cell], "metadata": PYTHON, "nbformat": 4, "nbformat_minor": 5})
    (lab("en")[2] / "en" / "dead.ipynb").write_text(text, encoding="utf-8")
    book = open_notebook("en", "dead.ipynb")
    shown = book.show(0)
    shown.get_by_text("what was answered").wait_for(timeout=MINUTE)
    assert "model not found" not in shown.inner_text().lower()
    book.screenshot("a-dead-widget")
