"""Every explorer on a laptop's screen: it fits, no label is cut, everything has a name, and keys stay in it."""

import pytest

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1366, "height": 768}
HIGHEST = 620
COMPANY = "from custseg_helpers import clv_holdout, explore, load\ncompany = load()\n"
EXPLORERS = {
    name: f"explore.{name}.show(company)"
    for name in [
        "behaviour",
        "capstone",
        "clusters",
        "goals",
        "governance",
        "lifecycle",
        "persona",
        "python",
        "quadrant",
        "rfm",
        "strategy",
        "tags",
        "value",
        "welcome",
    ]
} | {
    "data": "explore.data.show()",
    "clv": "explore.clv.show(clv_holdout.company_with_forecast(company))",
    "evaluation": 'explore.evaluation.show(company.owner("responses"))',
}
CUT = """box => [...box.querySelectorAll('.widget-label, button, option:checked')]
    .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1 && one.tagName !== 'OPTION')
    .map(one => one.textContent)"""


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_explorer_fits_a_laptop_and_can_be_read(open_notebook, serious, lang):
    book = open_notebook(lang, "00_welcome_exercises.ipynb")
    book.page.set_viewport_size(LAPTOP)
    book.page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
    book.run(0 if book.cells()[0]["cell_type"] == "code" else book.find(source="use_language"))
    wrong = {}
    for name, code in EXPLORERS.items():
        task = book.write("welcome-registered", COMPANY + code)
        book.run(task)
        assert book.errors() == []
        explorer = book.show(task).locator(".custseg-explorer")
        explorer.locator("img, canvas").first.wait_for()
        explorer.scroll_into_view_if_needed()
        book.page.wait_for_timeout(300)
        book.screenshot(f"explorer-{name}-{lang}")
        height = explorer.bounding_box()["height"]
        found = [f"{height:.0f} px high"] if height > HIGHEST else []
        found += [f"cut: {text}" for text in explorer.evaluate(CUT)]
        found += serious(book.page, ".custseg-explorer")
        if found:
            wrong[name] = found
    assert wrong == {}


def test_keys_pressed_in_a_control_do_nothing_to_the_notebook(open_notebook):
    book = open_notebook("en", "00_welcome_exercises.ipynb")
    book.run(book.find(source="use_language"))
    task = book.write("welcome-registered", COMPANY + EXPLORERS["welcome"])
    book.run(task)
    cells, active = len(book.cells()), "jupyterapp.shell.currentWidget.content.activeCellIndex"
    explorer = book.show(task).locator(".custseg-explorer")
    explorer.get_by_role("button").first.focus()
    before = book.page.evaluate(active)
    for key in ("d", "d", "ArrowDown", "a", "x"):
        book.page.keyboard.press(key)
    assert len(book.cells()) == cells
    assert book.page.evaluate(active) == before


def test_a_value_with_its_thousands_apart_is_typed_and_left_without_becoming_another(open_notebook):
    book = open_notebook("en", "00_welcome_exercises.ipynb")
    book.run(book.find(source="use_language"))
    task = book.write("welcome-registered", COMPANY + EXPLORERS["rfm"])
    book.run(task)
    slider = book.show(task).locator(".widget-slider").last
    value = slider.locator(".widget-readout")
    assert value.inner_text() == "1,000"
    value.click()
    slider.locator("[role=slider]").focus()
    assert value.inner_text() == "1,000"
    value.fill("1,200")
    value.press("Enter")
    assert value.inner_text() == "1,200"
