"""The few tests that start kernels."""

import json
from pathlib import Path

import pytest
from nbclient import NotebookClient

from custseg_helpers.course.execute import execute
from custseg_helpers.course.notebooks import as_text, notebook
from custseg_helpers.course.source import Cell, Place
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

GLYPH = """
from custseg_helpers.plots.style import new_figure

figure, ax = new_figure()
ax.set_title("\\U00012000")
figure
"""
FIGURE = """
from custseg_helpers.plots.style import new_figure

figure, ax = new_figure()
ax.set_title("客户（位）−1")
figure
"""


def book(*codes, lang="zh"):
    return notebook([Cell("code", code.strip(), Place(Path("lesson.py"), 1)) for code in codes], lang)


def test_faults_that_learners_would_see_fail_the_build_all_at_once():
    books = {
        "glyph": book(GLYPH),
        "crash": book("1 / 0"),
        "warning": book("import warnings\nwarnings.warn('old')"),
        "address": book("object()"),
        "words": book("from matplotlib.figure import Figure\nFigure()"),
    }
    done = []
    with pytest.raises(UserError) as caught:
        execute(books, done.append)
    said = str(caught.value)
    assert sorted(done) == sorted(books)
    assert "missing from font" in said.partition("crash: ")[0]
    assert "ZeroDivisionError" in said
    assert "warning: learners would see a warning" in said and "old" in said
    assert "address: the output shows a memory address" in said
    assert "words: a figure shows as the words" in said


def test_a_cell_marked_to_fail_keeps_the_explained_error_and_one_that_does_not_fail_is_told():
    marked = {"tags": ["raises-exception"]}
    cells = [
        Cell("code", code, Place(Path("lesson.py"), 1), attributes)
        for code, attributes in (("import custseg_helpers", {}), ("x = (1", marked), ("y = 2", {}))
    ]
    failing = notebook(cells, "zh")
    execute({"a": failing})
    (error,) = failing.cells[1].outputs
    assert error.ename == "SyntaxError" and "第 1 行" in error.traceback[0]
    assert as_text(failing).count("site-packages") == 0
    with pytest.raises(UserError, match="raises-exception"):
        execute({"b": notebook([Cell("code", "1 + 1", Place(Path("lesson.py"), 1), marked)], "zh")})


def test_a_notebook_runs_in_this_python_and_keeps_only_what_repeats():
    code = (
        "import os, sys\nprint(sys.executable, os.environ['CUSTSEG_LANG'], os.environ['OMP_NUM_THREADS'], hash('a'), os.listdir())",
        "import ipywidgets\nipywidgets.IntSlider()",
        FIGURE,
    )
    first, second = book(*code, lang="en"), book(*code, lang="en")
    execute({"first": first, "second": second})
    assert as_text(first) == as_text(second)
    printed, slider, figure = (made.outputs[0] for made in first.cells)
    import sys

    assert printed.text.startswith(f"{sys.executable} en 1 ") and printed.text.endswith(" []\n")
    assert dict(slider.data) == {"text/plain": "IntSlider(value=0)"}
    assert "image/png" in figure.data
    assert "widgets" not in first.metadata and set(first.cells[0].metadata) == set()


def test_a_kernel_that_dies_before_its_first_word_is_started_again(monkeypatch):
    starts = []
    start = NotebookClient.execute

    def sometimes(client, **how):
        starts.append(client)
        if len(starts) == 1:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return start(client, **how)

    monkeypatch.setattr(NotebookClient, "execute", sometimes)
    books = {"once": book("1 + 1")}
    execute(books)
    assert len(starts) == 2
    assert books["once"].cells[0].outputs[0].data["text/plain"] == "2"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lesson_shows_an_error_in_words(lang):
    """Lesson 00b has a cell that is meant to fail; what is stored of it is our explanation."""
    stored = json.loads((course_root() / f"notebooks/{lang}/00b_python.ipynb").read_text(encoding="utf-8"))
    outputs = [
        output
        for cell in stored["cells"]
        if "raises-exception" in cell["metadata"].get("tags", ())
        for output in cell["outputs"]
    ]
    assert [output["output_type"] for output in outputs] == ["error"]
    first, why, mend = outputs[0]["traceback"]
    assert first.startswith("✗") and "amout" in why and '`"amount"`' in mend
