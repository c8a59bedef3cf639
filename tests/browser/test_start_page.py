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
    for part in (".jp-RenderedMarkdown", ".jp-OutputArea-output"):
        assert serious(start.page, part) == []
    start.page.locator("a[href*='04_rfm.ipynb']").first.click()
    start.page.wait_for_function("jupyterapp.shell.currentWidget.context.path.endsWith('04_rfm.ipynb')")
