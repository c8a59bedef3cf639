"""Every lesson in Chinese, as a learner meets it in JupyterLab."""

import pytest

from .lessons import LESSONS, move_explorer, run_lesson

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lesson", LESSONS)
def test_runs_and_its_explorer_follows_the_hand(open_notebook, lesson):
    notebook = open_notebook("zh", f"{lesson}.ipynb")
    run_lesson(notebook)
    move_explorer(notebook)
    notebook.screenshot(f"{lesson}-zh-explorer")
