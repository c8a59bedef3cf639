"""A notebook that is opened the next morning shows what it showed: verdicts, pictures, quiz answers."""

import json
from copy import deepcopy

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager
from nbclient import NotebookClient

from custseg_helpers import check
from custseg_helpers.explore.still import KEPT, WIDGET
from custseg_helpers.learn.saved import as_reopened

CELLS = (
    "from custseg_helpers import check, explore, load, quiz, use_language\nuse_language('en')\ncompany = load()",
    "check('rfm-recency', 3)",
    "asked = quiz('04')\nasked",
    "seen = explore.value.show(company)\nseen",
    "asked.widget.children[1].value = 1\n"
    "from ipywidgets import IntSlider, FloatSlider\n"
    "def inside(box):\n    yield box\n    for one in getattr(box, 'children', ()):\n        yield from inside(one)\n"
    "slider = next(one for one in inside(seen.widget) if hasattr(one, 'min') and hasattr(one, 'step'))\n"
    "slider.value = slider.max",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    client = NotebookClient(book, timeout=200)
    client.widget_registry = {}
    client.execute(cwd=str(tmp_path_factory.mktemp("work")))
    return book


def reopened(book):
    model = {"type": "notebook", "content": json.loads(nbformat.writes(deepcopy(book)))}
    as_reopened(model)
    return [cell["outputs"] for cell in model["content"]["cells"]], model


@pytest.mark.slow
def test_every_verdict_picture_and_answer_is_there_without_a_kernel(ran):
    outputs, _ = reopened(ran)
    shown = ["".join(str(one.get("data", {}).get("text/html", "")) for one in cell) for cell in outputs]
    assert "rfm-recency" in shown[1] and "not yet" in shown[1]
    assert "04·1" in shown[2] and shown[2].count("✔") == 1, "which option was chosen"
    assert "data:image/png;base64," in shown[3]
    first = "".join(ran.cells[3].outputs[0].data["image/png"].split())
    assert first not in shown[3].replace("\n", "")
    assert WIDGET not in json.dumps(outputs)
    assert all("Run All Cells" in text for text in shown[1:4])


@pytest.mark.slow
def test_what_is_kept_is_hidden_while_the_widget_is_there(ran):
    kept = ran.cells[3].outputs[1].data["text/html"]
    assert kept.startswith(f'<div class="{KEPT}" hidden>') and "data:image/png" in kept
    outputs, _ = reopened(ran)
    assert "hidden>" not in json.dumps(outputs)


@pytest.mark.slow
def test_the_server_saves_it_so(ran, tmp_path):
    manager = FileContentsManager(
        root_dir=str(tmp_path), pre_save_hook="custseg_helpers.learn.saved.as_reopened"
    )
    manager.save({"type": "notebook", "format": "json", "content": deepcopy(ran)}, "a.ipynb")
    text = (tmp_path / "a.ipynb").read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert "widget-view" not in text and "not yet" in text


def test_what_is_no_notebook_is_left_alone():
    model = {"type": "file", "content": "x"}
    as_reopened(model)
    assert model == {"type": "file", "content": "x"}


def test_where_no_server_tidies_the_verdict_stands_in_a_plain_output(monkeypatch):
    shown = []

    class Handle:
        def update(self, html):
            shown.append(("update", html.data))

    def display(what, **options):
        shown.append(("html", what.data) if hasattr(what, "data") else ("bundle", what))
        return Handle()

    monkeypatch.setattr("custseg_helpers.learn.help.NO_SERVER", True)
    monkeypatch.setattr("IPython.display.display", display)
    feedback = check("rfm-recency", 3)
    seen = feedback.help(feedback)
    seen._ipython_display_()
    seen.widget.children[1].children[0].click()
    kinds = [kind for kind, _ in shown]
    assert kinds == ["html", "bundle", "update"]
    for _, stored in (shown[0], shown[2]):  # and, hidden until it is opened again, how to wake it
        assert stored.startswith(feedback._repr_html_())
        assert 'class="custseg-kept" hidden' in stored and "run this notebook from the top" in stored
    assert seen.widget.children[0].layout.display == "none"
