"""The course as a learner meets it: start page, lesson, explorer, workbook, in a real browser."""

import pytest

from custseg_helpers.learn.lessons import exercise, lesson_folders
from custseg_helpers.learn.progress import entries

LESSONS = [folder.name for folder in lesson_folders().values()]

MENUS = {"zh": ["文件", "编辑", "运行"], "en": ["File", "Edit", "Run"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_opens_at_the_start_page_in_the_learners_language(open_notebook, lang):
    start = open_notebook(lang, "START.ipynb")
    menu = start.page.locator("#jp-MainMenu").inner_text()
    assert all(word in menu for word in MENUS[lang])
    start.run_all()
    assert start.errors() == []
    assert start.page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    start.screenshot(f"START-{lang}")
    start.page.locator("a[href*='04_rfm.ipynb']").first.click()
    start.page.wait_for_function("jupyterapp.shell.currentWidget.context.path.endsWith('04_rfm.ipynb')")


@pytest.mark.parametrize(("lang", "lesson"), [*(("zh", lesson) for lesson in LESSONS), ("en", "04_rfm")])
def test_lesson_runs_and_its_explorer_follows_the_hand(open_notebook, lang, lesson):
    notebook = open_notebook(lang, f"{lesson}.ipynb")
    notebook.run_all()
    assert notebook.errors() == []
    explorer = notebook.show(notebook.find(tag="explorer"))
    picture = explorer.locator("img").first
    before = picture.get_attribute("src")
    slider = explorer.locator(".noUi-handle").first
    if slider.count():
        slider.focus()
        slider.press("Home")
    else:
        explorer.locator("select").first.select_option(index=2)
    notebook.page.wait_for_function(
        "([image, old]) => image.src !== old", arg=[picture.element_handle(), before]
    )
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 300
    notebook.screenshot(f"{lesson}-{lang}-explorer")
    assert notebook.errors() == []


def test_workbook_tells_a_known_mistake_from_a_right_answer(open_notebook, lab):
    workbook = open_notebook("zh", "04_rfm_exercises.ipynb")
    workbook.run_all()
    assert workbook.errors() == []
    first_order, right = (
        f'recency = (as_of - orders[orders["quantity"] > 0].groupby("customer_id")["order_date"].{which}()).dt.days'
        for which in ("min", "max")
    )
    said = workbook.answer("rfm-1", first_order)
    workbook.screenshot("04_rfm-mistake")
    assert "还不对" in said and exercise("rfm-1").mistakes[0].advice.zh.replace("`", "") in said
    said = workbook.answer("rfm-1", right)
    workbook.screenshot("04_rfm-passed")
    assert "通过" in said and exercise("rfm-1").praise.zh.replace("`", "") in said
    *_, mistake, passed = entries(lab("zh")[2] / "progress.jsonl")[0]
    assert [mark["outcome"] for mark in (mistake, passed)] == ["wrong", "passed"]
