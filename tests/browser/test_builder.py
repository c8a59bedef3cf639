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
    assert "○" not in cell.inner_text(), "passed, and the check above still says what is left to do"
    task = book.find(exercise="rfm-frequency")
    book.run(task)
    assert book.cells()[task]["source"] == f'kept = orders[orders["quantity"] > 0]\n{line}'
    book.run(check)
    assert "passed" in book.output(check).inner_text()


def test_after_an_error_the_check_offers_help_and_what_is_built_replaces_the_attempt(open_notebook):
    book = open_notebook("zh", "04_rfm_exercises.ipynb", fresh=True)
    book.page.set_viewport_size(SMALL)
    book.run(book.find(source="import pandas"))
    attempt = "frequency = orders.groupby（“customer_id”"
    task = book.write("rfm-frequency", attempt)
    book.run(task)
    check = book.find(source='check("rfm-frequency"')
    book.run(check)
    assert "还没有可以检查的" in book.output(check).inner_text()
    cell = book.show(check)
    cell.get_by_role("button", name="点选搭建").click()
    builder = cell.locator(".custseg-builder")
    choose(builder, "这一步做什么", "分组汇总")
    choose(builder, "按什么分组", "客户编号 customer_id")
    choose(builder, "量哪一列", "订单编号 order_id")
    choose(builder, "怎样量", "不同的有几个")
    book.screenshot("builder-after-an-error")
    builder.get_by_role("button", name="就用这个结果").click()
    builder.get_by_text("rfm-frequency").first.wait_for()
    book.run(task)
    text = book.cells()[task]["source"]
    assert f"# {attempt}" in text and text.endswith('["order_id"].nunique()')
    book.run(check)
    assert "出错停下" not in book.output(check).inner_text()


def tab_to(page, wanted):
    """Press Tab until a control has the focus, as someone without a mouse does."""
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def type_in(page, builder, label, value):
    """Go to a list or a field by Tab, and type what is to be chosen there."""
    control = builder.get_by_label(label, exact=True)
    tab_to(page, control)
    page.keyboard.type(value)
    if control.evaluate("one => one.tagName") == "INPUT":
        page.keyboard.press("Tab")


def test_an_answer_is_built_by_keyboard_alone(open_notebook):
    book = open_notebook("en", "04_rfm_exercises.ipynb")
    page = book.page
    book.run_all()
    cell = book.show(book.find(source='check("rfm-frequency"'))
    cell.get_by_role("button", name="Hint").focus()
    tab_to(page, cell.get_by_role("button", name="Build by pointing"))
    page.keyboard.press("Enter")
    builder = cell.locator(".custseg-builder")
    builder.wait_for()
    type_in(page, builder, "Column", "quantity")
    type_in(page, builder, "Test", "is more than")
    type_in(page, builder, "Compared with", "0")
    builder.get_by_text('orders[orders["quantity"] > 0]').wait_for()
    tab_to(page, builder.get_by_role("button", name="Add a step"))
    page.keyboard.press("Enter")
    type_in(page, builder, "What this step does", "Group and measure")
    type_in(page, builder, "Group by", "customer id")
    type_in(page, builder, "Measure column", "order id")
    type_in(page, builder, "How", "how many different")
    builder.get_by_text('frequency = kept.groupby("customer_id")["order_id"].nunique()').wait_for()
    tab_to(page, builder.get_by_role("button", name="Use this result"))
    page.keyboard.press("Enter")
    builder.get_by_text("✓ rfm-frequency passed").wait_for()


def test_a_pressed_rung_changes_the_cell_at_its_next_run(open_notebook):
    book = open_notebook("en", "04_rfm_exercises.ipynb")
    book.run_all()
    task, check = book.find(exercise="rfm-recency"), book.find(source='check("rfm-recency"')
    for button, begins in (
        ("Order: sort the steps", "# 1. "),
        ("Look: guess, then run", "# Guess: "),
        ("Write: on your own", "recency = ..."),
        ("Fill: fill the blanks", "# "),
    ):
        cell = book.show(check)
        cell.get_by_role("button", name=button).click()
        cell.get_by_text("Run the cell above with").wait_for()
        book.run(task)
        assert book.cells()[task]["source"].startswith(begins)
        book.run(check)
    assert "____" in book.cells()[task]["source"]
