"""Every figure that a lesson shows can be read by a salesperson.

Numbers stand on heat maps, a sentence beside a log axis, thousands apart.
"""

import json
import re

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.text import Text

from custseg_helpers.company import in_play
from custseg_helpers.files.cells import run_cell
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root
from custseg_helpers.plots.style import new_figure

pytestmark = pytest.mark.slow

SAID = {"zh": re.compile("对数|十倍|10 倍"), "en": re.compile(r"\blog|ten times|10 times|tenfold")}
"""How a text beside a figure says that one step of its axis is ten times the one before."""
TOGETHER = re.compile(r"(?<![\w,.-])(?!(?:19|20)\d\d\b)\d{4,}(?![\w-])")
"""A number of a thousand or more without a comma; years are none, nor are parts of a date or of an id."""


def stored(lang: str, lesson: str) -> list[dict]:
    path = course_root() / "notebooks" / lang / f"{lesson}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def heat_maps(figure: Figure) -> list[bool]:
    """Tell of each heat map of a figure whether numbers stand on it; colour bars are none."""
    bars = {
        image.colorbar.ax for ax in figure.axes for image in (*ax.images, *ax.collections) if image.colorbar
    }
    maps = [
        ax
        for ax in figure.axes
        if ax not in bars and (ax.images or any(isinstance(one, QuadMesh) for one in ax.collections))
    ]
    return [any(re.search(r"\d", text.get_text()) for text in ax.texts) for ax in maps]


def logarithmic(figure: Figure) -> bool:
    return any("log" in scale for ax in figure.axes for scale in (ax.get_xscale(), ax.get_yscale()))


def thousands_together(figure: Figure) -> list[str]:
    """Return the texts of a figure in which a number of a thousand or more is written without a comma."""
    FigureCanvasAgg(figure).draw()
    texts = [text for text in figure.findobj(Text) if text.get_visible()]
    return [text.get_text() for text in texts if TOGETHER.search(text.get_text())]


def beside(cells: list[dict], number: int) -> str:
    """Return the texts right before and after a cell, up to the next code."""
    said = []
    for step in (-1, 1):
        place = number + step
        while 0 <= place < len(cells) and cells[place]["cell_type"] == "markdown":
            said.append("".join(cells[place]["source"]))
            place += step
    return "\n".join(said)


@pytest.fixture
def own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.delenv("CUSTSEG_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    in_play.forget()


@pytest.mark.parametrize("lesson", [folder.name for folder in lesson_folders().values()])
def test_the_figures_of_a_lesson(lesson, own_place):
    cells, names = stored("en", lesson), {"__name__": "__main__"}
    other = stored("zh", lesson)
    unread, unsaid, together = [], [], []
    for number, cell in enumerate(cells):
        code = "".join(cell["source"])
        tags = cell["metadata"].get("tags", [])
        if cell["cell_type"] != "code" or {"skip-execution", "raises-exception", "explorer"} & set(tags):
            continue
        shown = run_cell(code, names, lesson)
        if not isinstance(shown, Figure):
            continue
        together += thousands_together(shown)
        if not all(heat_maps(shown)):
            unread.append(code)
        if logarithmic(shown):
            unsaid += [
                (lang, code)
                for lang, book in (("en", cells), ("zh", other))
                if not SAID[lang].search(beside(book, number))
            ]
    assert unread == [], "heat maps without a number"
    assert unsaid == [], "log axes without a sentence beside them"
    assert together == [], "thousands not apart"


def test_a_bare_heat_map_and_a_log_axis_are_seen():
    bare, ax = new_figure()
    bare.colorbar(ax.imshow([[1, 2], [3, 4]]))
    assert heat_maps(bare) == [False] and not logarithmic(bare)
    ax.text(0, 0, "1")
    ax.set_xscale("symlog")
    assert heat_maps(bare) == [True] and logarithmic(bare)
    assert thousands_together(bare) == []
    ax.text(0, 0, "2025-12: 1234 of C0438")
    assert thousands_together(bare) == ["2025-12: 1234 of C0438"]


@pytest.mark.parametrize(
    ("values", "seen"), [([0, 3000], "1,500"), ([0, 2.5e7], "5,000,000"), ([2019, 2029], "2020")]
)
def test_numbers_along_an_axis_have_their_thousands_apart_and_years_are_years(values, seen):
    figure, ax = new_figure()
    ax.plot(values, values)
    assert thousands_together(figure) == []
    assert seen in [tick.get_text() for tick in ax.get_xticklabels()]
