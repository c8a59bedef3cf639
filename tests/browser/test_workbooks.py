"""Workbooks and quizzes as learners use them: by mouse, by keyboard, unsolved and solved."""

import pytest

from custseg_helpers.learn.lessons import exercise
from custseg_helpers.learn.marks import entries
from custseg_helpers.learn.quiz import questions

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "lesson"), [("zh", "00_welcome"), ("en", "04_rfm"), ("en", "10_persona")])
def test_an_unsolved_workbook_runs_to_its_end(open_notebook, lang, lesson):
    workbook = open_notebook(lang, f"{lesson}_exercises.ipynb")
    workbook.run_all()
    assert workbook.errors() == []


def test_a_known_mistake_is_told_from_a_right_answer(open_notebook, lab):
    workbook = open_notebook("zh", "04_rfm_exercises.ipynb")
    workbook.run_all()
    assert workbook.errors() == []
    first_order, right = (
        f'recency = (as_of - orders[orders["quantity"] > 0].groupby("customer_id")["order_date"].{which}()).dt.days'
        for which in ("min", "max")
    )
    said = workbook.answer("rfm-recency", first_order)
    workbook.screenshot("04_rfm-mistake")
    assert "还不对" in said and exercise("rfm-recency").words.advice["day=first"].zh.replace("`", "") in said
    said = workbook.answer("rfm-recency", right)
    workbook.screenshot("04_rfm-passed")
    assert "通过" in said and exercise("rfm-recency").words.praise.zh.replace("`", "") in said
    *_, mistake, passed = entries(lab("zh")[2] / "progress.jsonl")[0]
    assert [mark["outcome"] for mark in (mistake, passed)] == ["wrong", "passed"]


@pytest.mark.parametrize(
    ("lang", "todo", "hint", "more", "solution"),
    [
        ("zh", "待完成", "提示", "下一条提示", "参考答案"),
        ("en", "to do", "Hint", "Next hint", "Model answer"),
    ],
)
def test_check_hints_and_the_model_answer_by_mouse(open_notebook, lang, todo, hint, more, solution):
    workbook = open_notebook(lang, "04_rfm_exercises.ipynb")
    for source in ("use_language", "last_day = ", 'check("rfm-recency"'):
        workbook.run_by_mouse(workbook.find(source=source))
    said = workbook.output(workbook.find(source='check("rfm-recency"'))
    said.get_by_text(todo).wait_for()
    for name in (hint, more):
        said.get_by_role("button", name=name, exact=True).click()
    said.get_by_role("button", name=more, disabled=True).wait_for()
    said.get_by_role("button", name=solution).click()
    said.locator("pre", has_text="recency =").wait_for()
    workbook.screenshot(f"04_rfm-help-{lang}")
    assert workbook.errors() == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_quiz_by_mouse_and_by_keyboard(open_notebook, lang):
    lesson = open_notebook(lang, "04_rfm.ipynb")
    for source in ("use_language", "quiz("):
        lesson.run(lesson.find(source=source))
    quiz = lesson.output(lesson.find(source="quiz("))
    first, second = questions("04")[:2]
    quiz.get_by_label(first.options[0].text.within(lang), exact=True).first.click()
    quiz.locator("code, div", has_text="04·1").first.wait_for()
    quiz.get_by_label(second.options[0].text.within(lang), exact=True).first.focus()
    lesson.page.keyboard.press("Space")
    quiz.locator("code, div", has_text="04·2").first.wait_for()
    lesson.page.keyboard.press("ArrowDown")
    told = quiz.locator("strong", has_text="04·2")
    told.wait_for()
    lesson.screenshot(f"04_rfm-quiz-{lang}")
    assert lesson.errors() == []


def test_names_in_a_table_stay_whole_on_half_a_screen(open_notebook):
    book = open_notebook("zh", "01_tags_exercises.ipynb", fresh=True)
    book.page.set_viewport_size({"width": 680, "height": 768})
    card = book.panel().locator("details", has_text="名称卡")
    card.locator("summary").click()
    lines = card.locator("td:first-child, td code").evaluate_all(
        """cells => cells.map(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            const tops = [...range.getClientRects()].map(line => Math.round(line.top));
            return [cell.innerText, new Set(tops).size];
        })"""
    )
    assert ["客户编号", 1] in lines
    assert [text for text, number in lines if number > 1 and len(text) <= 6] == []
    assert [text for text, number in lines if number > 1 and '["' in text] == []
