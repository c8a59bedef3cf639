"""A learner's JupyterLab in a real Chromium: `open_notebook("zh", "04_rfm.ipynb")` gives a `Notebook` to work in.

Without Chromium these tests are skipped, but never on CI. Screenshots are kept in `test-output/`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from custseg_helpers.paths import course_root

SCREENSHOTS = course_root() / "test-output"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-component-update"]
FLAGS += ["--disable-background-networking", "--force-color-profile=srgb"]
MINUTE = 60_000  # Playwright counts milliseconds; a first import on a busy machine takes most of one


class Notebook:
    """One notebook open in JupyterLab, worked by mouse and keyboard; its model is read, its page is looked at."""

    def __init__(self, page, name):
        self.page, self.name = page, name

    def run_all(self):
        """Run every cell, as the menu does, and wait for the last."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.idle()

    def idle(self):
        """Wait until the kernel has nothing more to do and no cell waits for it."""
        self.page.wait_for_function(
            """() => {
                const book = jupyterapp.shell.currentWidget;
                const cells = book.content.widgets.filter(cell => cell.model.type === 'code');
                return book.sessionContext.session?.kernel?.status === 'idle'
                    && !cells.some(cell => cell.promptNode?.textContent.includes('*'));
            }""",
            timeout=4 * MINUTE,
        )

    def cells(self):
        """Return the cells as nbformat dictionaries, outputs included, whether they are in view or not."""
        return self.page.evaluate("jupyterapp.shell.currentWidget.content.model.toJSON().cells")

    def find(self, *, source="", tag=""):
        """Return the number of the first code cell whose source contains `source` and that carries `tag`."""
        for number, cell in enumerate(self.cells()):
            tags = cell["metadata"].get("tags", [])
            if cell["cell_type"] == "code" and source in cell["source"] and (not tag or tag in tags):
                return number
        raise LookupError(f"{self.name}: no cell with {source or tag}")

    def show(self, number):
        """Bring a cell into view and return it as it stands on the page."""
        self.page.evaluate(
            """async number => {
                const content = jupyterapp.shell.currentWidget.content;
                content.activeCellIndex = number;
                await content.scrollToItem(number, 'start');
            }""",
            number,
        )
        cell = self.page.locator(f".jp-Notebook-cell[data-windowed-list-index='{number}']")
        cell.wait_for(timeout=MINUTE)
        return cell

    def run(self, number):
        """Run one cell with Shift+Enter."""
        self.show(number).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.idle()

    def answer(self, exercise, code):
        """Type `code` into an exercise's cell, run it and its check; return what the check says."""
        task = next(
            n
            for n, cell in enumerate(self.cells())
            if cell["metadata"].get("exercise") == exercise and cell["cell_type"] == "code"
        )
        self.show(task).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)
        self.run(task)
        check = self.find(source=f'check("{exercise}"')
        self.run(check)
        return self.show(check).locator(".jp-OutputArea-output").inner_text(timeout=MINUTE).replace("`", "")

    def errors(self):
        """Return what went wrong in the cells: tracebacks, and anything printed to stderr (missing glyphs, warnings)."""
        outputs = [output for cell in self.cells() for output in cell.get("outputs", ())]
        return [
            output.get("traceback") or output["text"]
            for output in outputs
            if output["output_type"] == "error" or output.get("name") == "stderr"
        ]

    def screenshot(self, name):
        """Keep a picture of the page for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, headless."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: see .ci/run")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """`lab("zh")`: the course as `custseg lab` opens it, in an empty home folder; returns its address, token and `my/` folder."""
    servers = {}

    def start(lang):
        if lang not in servers:
            home = tmp_path_factory.mktemp(f"home-{lang}")
            config = home / "my" / ".jupyter" / "jupyter_lab_config.json"
            config.parent.mkdir(parents=True)
            config.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
            process = subprocess.Popen(
                [sys.executable, "-m", "custseg_helpers", "lab", "--lang", lang, "--no-browser"],
                env=os.environ | {"HOME": str(home), "CUSTSEG_HOME": str(home / "my")},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
            said = ""
            while "token=" not in said and process.poll() is None:
                said += process.stdout.readline()
            address = re.search(r"(http://\S+)/lab/\S+\?token=(\w+)", said)
            assert address, said
            servers[lang] = process, (address[1], address[2], home / "my")
        return servers[lang][1]

    yield start
    for process, _ in servers.values():
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def open_notebook(chromium, lab, request):
    """`open_notebook("zh", "04_rfm.ipynb")`: the notebook with its kernel ready; fails on an error of the page."""
    contexts, faults = [], []

    def open(lang, name):
        base, token, _ = lab(lang)
        context = chromium.new_context(
            viewport={"width": 1360, "height": 1000}, locale={"zh": "zh-CN", "en": "en-GB"}[lang]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(MINUTE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith((base, "data:", "blob:", base.replace("http", "ws")))
                or faults.append(asked.url)
            ),
        )
        page.goto(f"{base}/lab/tree/{lang}/{name}?token={token}&reset")
        page.wait_for_function(
            """name => {
                const book = window.jupyterapp?.shell.currentWidget;
                return book?.context?.path.endsWith(name) && book.context.isReady
                    && book.sessionContext?.session?.kernel?.status === 'idle';
            }""",
            arg=name,
            timeout=2 * MINUTE,
        )
        return Notebook(page, name)

    yield open
    for context in contexts:
        for page in context.pages:
            page.screenshot(
                path=Path(SCREENSHOTS, re.sub(r"\W+", "-", request.node.name).strip("-") + ".png")
            )
        context.close()
    assert faults == []
