"""One notebook open in JupyterLab, and what people do there by mouse and keyboard."""

import json
import os
import re
import subprocess
import sys

from custseg_helpers.course.source import FAILS
from custseg_helpers.paths import course_root

SCREENSHOTS = course_root() / "test-output"
MINUTE = 60_000  # Playwright counts milliseconds; a first import on a busy machine takes most of one
IDLE = """() => {
    const book = jupyterapp.shell.currentWidget;
    const cells = book.content.widgets.filter(cell => cell.model.type === 'code');
    return book.sessionContext.session?.kernel?.status === 'idle'
        && !cells.some(cell => cell.promptNode?.textContent.includes('*'));
}"""


def start_lab(lang, home):
    """Start the course as `custseg lab` opens it, in a home folder of its own; return the process, its address and its token."""
    config = home / "my" / ".jupyter" / "jupyter_lab_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
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
    return process, *address.groups()


class Notebook:
    """One notebook open in JupyterLab, worked by mouse and keyboard; its model is read, its page is looked at."""

    def __init__(self, page, name):
        self.page, self.name = page, name

    def run_all(self):
        """Run every cell, as the menu does, and wait for the last."""
        self.page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells') }")
        self.idle()

    def idle(self):
        """Wait until the kernel has nothing more to do and no cell waits for it."""
        self.page.wait_for_function(IDLE, timeout=4 * MINUTE)

    def cells(self):
        """Return the cells as nbformat dictionaries, outputs included, whether they are in view or not."""
        return self.page.evaluate("jupyterapp.shell.currentWidget.content.model.toJSON().cells")

    def find(self, *, source="", tag="", exercise=""):
        """Return the number of the first code cell with `source` in it, with that `tag`, of that `exercise`."""
        for number, cell in enumerate(self.cells()):
            about = cell["metadata"]
            if (
                cell["cell_type"] == "code"
                and source in cell["source"]
                and (not tag or tag in about.get("tags", []))
                and (not exercise or about.get("exercise") == exercise)
            ):
                return number
        raise LookupError(f"{self.name}: no cell with {source or tag or exercise}")

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
        cell = self.panel().locator(f".jp-Notebook-cell[data-windowed-list-index='{number}']")
        cell.wait_for(timeout=MINUTE)
        return cell

    def panel(self):
        """Return the notebook as it stands on the page, toolbar included."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def run(self, number):
        """Run one cell with Shift+Enter."""
        self.show(number).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.idle()

    def run_by_mouse(self, number):
        """Click a cell and then the ▶ button of the toolbar."""
        self.show(number).locator(".cm-content").click()
        self.panel().locator("[data-command='notebook:run-cell-and-select-next']").first.click()
        self.idle()

    def write(self, exercise, code):
        """Type `code` into an exercise's cell, in place of what is there; return the cell's number."""
        task = self.find(exercise=exercise)
        self.show(task).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)
        return task

    def output(self, number):
        """Bring a cell into view and return its output; what is kept for a saved notebook is hidden behind it."""
        return self.show(number).locator(".jp-OutputArea-output").first

    def answer(self, exercise, code):
        """Type `code` into an exercise's cell, run it and its check; return what the check says."""
        self.run(self.write(exercise, code))
        check = self.find(source=f'check("{exercise}"')
        self.run(check)
        return self.output(check).inner_text(timeout=MINUTE).replace("`", "")

    def errors(self):
        """Return what went wrong in the cells: tracebacks, and anything printed to stderr (missing glyphs, warnings)."""
        cells = [cell for cell in self.cells() if FAILS not in cell["metadata"].get("tags", ())]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        return [
            output.get("traceback") or output["text"]
            for output in outputs
            if output["output_type"] == "error" or output.get("name") == "stderr"
        ]

    def screenshot(self, name):
        """Keep a picture of the page for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")
