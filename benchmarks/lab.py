"""What a learner waits for in JupyterLab, in a real Chromium: start, lesson, first cell, check, explorer. Medians in s.

Run from the project's folder, with Chromium: `python -m benchmarks.lab [--lang zh] [--rounds 5]`.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, READY
from tests.browser.notebook import MINUTE, Notebook, start_lab

ANSWER = "f = order_facts(company.orders, company.as_of)\nanswer = f['recency_days']"

ANSWERED = """([number, before]) => {
    const count = jupyterapp.shell.currentWidget.content.widgets[number].model.executionCount;
    return count && count !== before;
}"""


def seconds(run: Callable[[], Any]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def waited(browser: Browser, lang: str, home: Path) -> dict[str, float]:
    """Go one learner's way; return what each step of it took."""
    took = {}
    begun = time.perf_counter()
    process, base, token = start_lab(lang, home)
    took["custseg lab: address printed"] = time.perf_counter() - begun
    page = browser.new_context(viewport={"width": 1360, "height": 1000}).new_page()
    page.set_default_timeout(2 * MINUTE)

    def opened(name: str) -> Notebook:
        page.goto(f"{base}/lab/tree/{lang}/{name}?token={token}&reset")
        page.wait_for_function(READY, arg=name)
        return Notebook(page, name)

    try:
        begun = time.perf_counter()
        lesson = opened("04_rfm.ipynb")
        took["lesson opened, kernel ready"] = time.perf_counter() - begun
        first = lesson.find(source="load")
        took["first cell (imports, data)"] = seconds(lambda: lesson.run(first))
        took["whole lesson run"] = seconds(lesson.run_all)
        explorer = lesson.show(lesson.find(tag="explorer"))
        picture, slider = explorer.locator("img").first, explorer.locator(".noUi-handle").first
        picture.wait_for()
        before = [picture.element_handle(), picture.get_attribute("src")]
        slider.focus()

        def moved() -> None:
            slider.press("Home")
            page.wait_for_function("([image, old]) => image.src !== old && image.complete", arg=before)

        took["explorer: key to new picture"] = seconds(moved)
        book = opened("04_rfm_exercises.ipynb")
        book.run_all()
        book.run(book.write("rfm-recency", ANSWER))
        check = book.find(source='check("rfm-recency"')
        book.show(check).locator(".cm-content").click()
        before = [check, book.cells()[check]["execution_count"]]

        def checked() -> None:
            page.keyboard.press("Shift+Enter")
            page.wait_for_function(ANSWERED, arg=before)

        took["check: key to answer"] = seconds(checked)
        page.evaluate("jupyterapp.shell.currentWidget.context.save()")
    finally:
        page.context.close()
        process.terminate()
        process.communicate(timeout=30)
    return took


def main() -> None:
    """Print medians and extremes of all rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS)
        rounds = [waited(browser, options.lang, Path(home)) for _ in range(options.rounds)]
        browser.close()
    print(pd.DataFrame(rounds).agg(["median", "min", "max"]).T.round(2).to_string())


if __name__ == "__main__":
    main()
