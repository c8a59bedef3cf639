"""The pointer's road in JupyterLab: an answer built by mouse alone, then by keyboard alone, checked, and in its cell."""

import pytest

pytestmark = pytest.mark.browser
SMALL = {"width": 1366, "height": 768}


def choose(builder, label, value):
    """Choose in a list, or type into a field, by its label."""
    control = builder.get_by_label(label, exact=True)
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(label=value)
    else:
        control.fill(value)
        control.press("Tab")


def test_an_answer_is_built_checked_and_written_into_its_cell(open_notebook, serious):
    book = open_notebook("en", "04_rfm_exercises.ipynb")
    book.page.set_viewport_size(SMALL)
    book.run_all()
    check = book.find(source='check("rfm-frequency"')
    cell = book.show(check)
    cell.get_by_role("button", name="Build by pointing").click()
    builder = cell.locator(".custseg-builder")
    choose(builder, "Column", "quantity")
    choose(builder, "Test", "is more than")
    choose(builder, "Compared with", "0")
    builder.get_by_text('orders[orders["quantity"] > 0]').wait_for()
    builder.get_by_role("button", name="Add a step").click()
    choose(builder, "What this step does", "Group and measure")
    choose(builder, "Group by", "customer id customer_id")
    choose(builder, "Measure column", "order id order_id")
    choose(builder, "How", "how many different")
    line = 'frequency = kept.groupby("customer_id")["order_id"].nunique()'
    builder.get_by_text(line).wait_for()
    builder.scroll_into_view_if_needed()
    book.screenshot("builder-en")
    assert builder.bounding_box()["height"] <= 620
    assert serious(book.page, ".custseg-builder") == []
    builder.get_by_role("button", name="Use this result").click()
    builder.get_by_text("✓ rfm-frequency passed").wait_for()
    task = book.find(exercise="rfm-frequency")
    book.run(task)
    assert book.cells()[task]["source"] == f'kept = orders[orders["quantity"] > 0]\n{line}'
    book.run(check)
    assert "passed" in book.output(check).inner_text()
