"""The start page: in the learner's language, and fit for people who do not see it well."""

import pytest

pytestmark = pytest.mark.browser

MENUS = {"zh": ["文件", "编辑", "运行"], "en": ["File", "Edit", "Run"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_opens_in_the_learners_language(open_notebook, serious, lang):
    start = open_notebook(lang, "START.ipynb", fresh=True)
    menu = start.page.locator("#jp-MainMenu").inner_text()
    assert all(word in menu for word in MENUS[lang])
    start.run_all()
    assert start.errors() == []
    assert start.page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    start.screenshot(f"START-{lang}")
    assert "Cell" not in start.page.locator("#jp-main-statusbar").inner_text()
    lines = start.page.locator("td a[href$='#beside']").evaluate_all(
        "links => links.map(link => link.getClientRects().length)"
    )
    assert set(lines) == {1}, "a link is broken over two lines"
    for part in (".jp-RenderedMarkdown", ".jp-OutputArea-output"):
        assert serious(start.page, part) == []
    start.page.locator("a[href*='04_rfm.ipynb']").first.click()
    start.page.wait_for_function("jupyterapp.shell.currentWidget.context.path.endsWith('04_rfm.ipynb')")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_click_opens_a_lesson_with_its_workbook_beside_it(open_notebook, lang):
    start = open_notebook(lang, "START.ipynb", fresh=True)
    page = start.page
    assert page.locator(".jp-mod-dirty").count() == 0
    for name in ("00_welcome", "03_value"):
        page.locator(".lm-TabBar-tab", has_text="START").first.click()
        page.locator(f"a[href*='{name}.ipynb'][href$='#beside']").last.click()
        page.wait_for_function(
            "name => jupyterapp.shell.currentWidget?.context?.path.endsWith(name)",
            arg=f"{name}_exercises.ipynb",
        )
    lefts = page.evaluate(
        "() => [...jupyterapp.shell.widgets('main')].filter(page => page.isVisible).map(page => [page.context.path, page.node.getBoundingClientRect().left])"
    )
    (lesson, left), (workbook, right) = sorted(lefts, key=lambda place: place[1])
    assert (
        lesson.endswith("03_value.ipynb") and workbook.endswith("03_value_exercises.ipynb") and left < right
    )


def test_the_next_lesson_opens_with_its_workbook_beside_it(open_notebook):
    lesson = open_notebook("zh", "03_value.ipynb", fresh=True)
    cell = lesson.show(len(lesson.cells()) - 1)
    cell.locator("a[href*='04_rfm.ipynb']").click()
    lesson.page.wait_for_function(
        "() => jupyterapp.shell.currentWidget?.context?.path.endsWith('04_rfm_exercises.ipynb')"
    )
    seen = lesson.page.evaluate(
        "() => [...jupyterapp.shell.widgets('main')].filter(page => page.isVisible).map(page => page.context.path)"
    )
    assert {path.rpartition("/")[2] for path in seen} == {"04_rfm.ipynb", "04_rfm_exercises.ipynb"}


def test_a_page_ends_with_its_last_cell(open_notebook):
    start = open_notebook("zh", "START.ipynb", fresh=True)
    outer = start.panel().locator(".jp-WindowedPanel-outer")
    outer.evaluate("one => one.scrollTo(0, one.scrollHeight)")
    last = start.show(len(start.cells()) - 1)
    bottom = last.bounding_box()["y"] + last.bounding_box()["height"]
    assert bottom > 0.7 * start.page.viewport_size["height"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lesson_opens_its_workbook_beside_it_even_where_the_workbook_covers_it(open_notebook, lang):
    lesson = open_notebook(lang, "00_welcome.ipynb", fresh=True)

    def opens_beside():
        lesson.show(0).locator("a[href*='00_welcome_exercises.ipynb']").first.click()
        lesson.page.wait_for_function(
            """() => {
                const seen = [...jupyterapp.shell.widgets('main')].filter(page => page.isVisible);
                const at = page => page.node.getBoundingClientRect().left;
                const [left, right] = seen.sort((one, other) => at(one) - at(other));
                return right && at(left) < at(right) && left.context.path.endsWith('00_welcome.ipynb')
                    && right.context.path.endsWith('00_welcome_exercises.ipynb');
            }"""
        )

    opens_beside()
    lesson.page.evaluate(
        """() => {
            const [lesson, book] = ['00_welcome.ipynb', '00_welcome_exercises.ipynb'].map(name =>
                [...jupyterapp.shell.widgets('main')].find(page => page.context.path.endsWith(name)));
            jupyterapp.shell.add(book, 'main', {mode: 'tab-after', ref: lesson.id});
            jupyterapp.shell.activateById(lesson.id);
        }"""
    )
    opens_beside()
