"""The quadrant's lines under the hand: mouse, finger and keys on 50,000 customers, and one drag in a real lesson."""

from base64 import b64encode
from statistics import median

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.explore.scatter import HERE, ORDER, scatter
from custseg_helpers.tiers.quadrant import quadrants
from custseg_helpers.words.text import T

pytestmark = pytest.mark.browser

CUSTOMERS = 50_000
PAGE = """async ({source, style, state}) => {
    const {default: widget} = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
    const told = window.told = [];
    for (const name of ['x', 'y', 'cents'])
        state[name] = new DataView(Uint8Array.from(atob(state[name]), letter => letter.charCodeAt(0)).buffer);
    const model = {get: name => state[name], set: (name, value) => state[name] = value,
                   save_changes: () => told.push(state.cuts), on: () => {}, off: () => {}};
    document.head.append(Object.assign(document.createElement('style'), {textContent: style}));
    widget.render({model, el: document.body});
}"""
REACTION = """async key => {
    const line = document.querySelector('[role=slider]'), times = [];
    for (let n = 0; n < 21; n++) {
        const start = performance.now();
        line.dispatchEvent(new KeyboardEvent('keydown', {key: n % 2 ? 'ArrowLeft' : 'ArrowRight'}));
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
    }
    return times;
}"""


@pytest.fixture(scope="module")
def customers():
    """Made-up customers as a shop has them; the index of a row is its customer."""
    rng = np.random.default_rng(7)
    orders = 1 + rng.poisson(rng.gamma(0.7, 6, CUSTOMERS))
    average = np.round(rng.lognormal(5, 0.7, CUSTOMERS), 2)
    return pd.DataFrame({"frequency": orders, "average_order_value": average})


@pytest.fixture
def picture(chromium, customers):
    """The widget alone on a page: `picture(...)` takes what Playwright's `new_context` takes."""
    contexts = []

    def open(**context):
        widget = scatter(
            customers,
            customers.prod(axis=1).round(2),
            (3, 150),
            (T(zh="订单数的线", en="Line of orders"), T(zh="客单价的线", en="Line of order value")),
        )
        state = {
            name: b64encode(value).decode() if isinstance(value, bytes) else value
            for name, value in widget.get_state().items()
            if not name.startswith("_")
        }
        contexts.append(chromium.new_context(**context))
        page = contexts[-1].new_page()
        source, style = ((HERE / f"scatter.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
        page.evaluate(PAGE, {"source": source, "style": style, "state": state})
        return page

    yield open
    for context in contexts:
        context.close()


def read(page):
    """Return where both lines are, and the count and share of money written in each corner."""
    lines = page.locator("[role=slider]").evaluate_all("all => all.map(one => +one.ariaValueNow)")
    corners = [text.split("\n") for text in page.locator(".corner").all_text_contents()]
    return lines, {
        code: (int(told.split(" ")[0].replace(",", "")), int(told.split(" ")[-1].rstrip("%")))
        for code, (_, told) in zip(ORDER, [*corners[2:], *corners[:2]], strict=True)
    }


def expected(customers, lines):
    money = customers.prod(axis=1).round(2)
    groups = quadrants(customers["frequency"], customers["average_order_value"], *lines)["quadrant"]
    counts = groups.value_counts().reindex(ORDER, fill_value=0)
    shares = (money.groupby(groups).sum() / money.sum() * 100).reindex(ORDER, fill_value=0).round()
    return {code: (counts[code], shares[code]) for code in ORDER}


def middle(page, line):
    box = page.locator("[role=slider]").nth(line).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 3


@pytest.mark.parametrize(("line", "by"), [(0, (170, 3)), (1, (5, -90))])
def test_the_mouse_drags_a_line_and_the_counts_follow_before_it_is_let_go(picture, customers, line, by):
    page = picture()
    before = read(page)
    assert before == ([3, 150], expected(customers, (3, 150)))
    x, y = middle(page, line) if line == 0 else (middle(page, line)[0] - 120, middle(page, line)[1])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=5)
    lines, corners = read(page)
    assert lines[line] > before[0][line] and lines[1 - line] == before[0][1 - line]
    assert corners == expected(customers, lines) and page.evaluate("told") == []
    page.mouse.up()
    assert page.evaluate("told") == [lines]
    page.mouse.move(x, y)
    assert read(page) == (lines, corners)


def test_a_finger_drags_a_line_on_a_small_sharp_screen(picture, customers):
    page = picture(viewport={"width": 390, "height": 700}, device_scale_factor=3, has_touch=True)
    x, y = middle(page, 0)
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("Start", [(x, y)]),
        ("Move", [(x + 40, y + 2)]),
        ("Move", [(x + 80, y)]),
        ("End", []),
    ):
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": f"touch{kind}", "touchPoints": [{"x": across, "y": down} for across, down in points]},
        )
    page.wait_for_function("told.length")
    lines, corners = read(page)
    assert lines[0] > 3 and corners == expected(customers, lines)
    size = page.locator("canvas").evaluate("canvas => [canvas.width, canvas.clientWidth]")
    assert size[0] == 3 * size[1] <= 3 * 390


def test_keys_move_the_lines_from_end_to_end(picture, customers):
    page = picture()
    page.keyboard.press("Tab")
    for key, line in {"ArrowRight": 4, "PageUp": 14, "ArrowLeft": 13, "Home": 0}.items():
        page.keyboard.press(key)
        assert read(page) == ([line, 150], expected(customers, (line, 150)))
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    lines, corners = read(page)
    assert lines[0] == 0 and corners["high_low"] == (CUSTOMERS, 100) == expected(customers, lines)["high_low"]
    slider = page.locator("[role=slider]").nth(1)
    assert slider.get_attribute("aria-valuetext").startswith(f"{lines[1]:,}; ")
    assert (slider.get_attribute("aria-valuemin"), slider.get_attribute("aria-orientation")) == (
        "0",
        "vertical",
    )


def test_reaction_is_told(picture, capsys):
    times = picture().evaluate(REACTION)
    with capsys.disabled():
        print(f"\nquadrant, {CUSTOMERS:,} customers, from key to counts and picture: {median(times):.0f} ms")
    assert len(times) == 21


def test_in_a_lesson_the_table_follows_when_the_line_is_let_go(open_notebook):
    lesson = open_notebook("zh", "07_quadrant.ipynb")
    lesson.run_all()
    cell = lesson.show(lesson.find(tag="explorer"))
    line = cell.locator("[role=slider]").first
    line.wait_for()
    line.scroll_into_view_if_needed()
    before = cell.locator(".corner").all_text_contents()
    told = cell.locator("p", has_text="常来又花得多的有")
    box = line.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    lesson.page.mouse.move(x, y)
    lesson.page.mouse.down()
    lesson.page.mouse.move(x + 60, y, steps=4)
    lesson.page.mouse.up()
    corners = cell.locator(".corner").all_text_contents()
    assert corners != before
    best = corners[1].split("\n")[1].split(" ")[0].replace(",", "")
    # the output that is kept for a saved notebook holds the sentence, too, hidden
    told.get_by_text(f"常来又花得多的有 {best} 位").filter(visible=True).first.wait_for()
    across = float(line.get_attribute("aria-valuenow"))
    line.press("ArrowRight")
    assert float(line.get_attribute("aria-valuenow")) == across + 1
    number = cell.locator("input[type=number]").first
    lesson.page.wait_for_function(
        "([box, value]) => +box.value === value", arg=[number.element_handle(), across + 1]
    )
    number.fill("3")
    number.press("Tab")
    lesson.page.wait_for_function("line => line.ariaValueNow === '3'", arg=line.element_handle())
    lesson.screenshot("07_quadrant-zh-dragged")
    assert lesson.errors() == []
