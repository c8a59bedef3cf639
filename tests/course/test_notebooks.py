from pathlib import Path

import nbformat
import pytest

from custseg_helpers.course.notebooks import as_text, notebook, settle
from custseg_helpers.course.source import Cell, Place

pytestmark = pytest.mark.slow


def cell(text, made="markdown", **attributes):
    return Cell(made, text, Place(Path("lesson.py"), 1), attributes)


def test_the_same_cells_give_the_same_bytes_and_every_cell_its_own_id():
    cells = [
        cell("same"),
        cell("same"),
        cell("1", "code", exercise="tiny-buyers", kind="compute", tags=["explorer"]),
    ]
    book = notebook(cells, "zh")
    assert as_text(book) == as_text(notebook(cells, "zh"))
    assert len({made.id for made in book.cells}) == 3
    assert [dict(made.metadata) for made in book.cells] == [
        {},
        {},
        {"exercise": "tiny-buyers", "tags": ["explorer"]},
    ]
    assert set(book.metadata) == {"kernelspec", "language_info", "custseg"}


def test_an_inserted_cell_leaves_the_other_ids_alone():
    before = [made.id for made in notebook([cell("a"), cell("b")], "zh").cells]
    after = [made.id for made in notebook([cell("a"), cell("new"), cell("b")], "zh").cells]
    assert before == [after[0], after[2]]


def test_settling_takes_out_what_differs_from_run_to_run():
    book = notebook([cell("1", "code"), cell("2", "code", tags=["nbval-ignore-output"])], "en")
    book.metadata.language_info = {"name": "python", "version": "3.11.9"}
    html = '<table id="T_1a2b3"><td id="T_1a2b3_row0"></td></table><table id="T_9f8e7">'
    data = {"text/html": html, "application/vnd.jupyter.widget-view+json": {"model_id": "x"}}
    for made in book.cells:
        made.outputs = [nbformat.v4.new_output("display_data", data=dict(data))]
    settle(book)
    shown = '<table id="T_00000"><td id="T_00000_row0"></td></table><table id="T_00001">'
    assert book.cells[0].outputs[0].data == {"text/html": shown}
    assert book.cells[1].outputs == []
    assert book.metadata.language_info == {"name": "python"}
