"""The capstone's page on paper: one sheet of A4 in either language, for the lesson's company and for another."""

import re

import pytest

from custseg_helpers.company import in_play
from custseg_helpers.files.cells import code_cells, run_cell
from custseg_helpers.learn.capstone import one_page
from custseg_helpers.paths import course_root

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = [
    ("notebooks", "15_capstone.ipynb", "retail"),
    ("solutions", "15_capstone_solutions.ipynb", "finance"),
]


@pytest.fixture
def paper(chromium):
    """A page to print from; nothing may be asked of the network."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def sheets(paper):
    return len(re.findall(rb"/Type\s*/Page\b", paper.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("kind", "name", "company"), PAGES, ids=["lesson", "finance"])
def test_one_sheet_of_a4_and_a_line_to_sign(paper, kind, name, company, lang, tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.setenv("CUSTSEG_COMPANY", company)
    names = {"__name__": "__main__"}
    for code in code_cells(course_root() / kind / lang / name):
        run_cell(code, names, name)
        if "capstone.save_page" in code:
            break
    in_play.forget()
    paper.goto((names["folder"] / "page.html").as_uri())
    assert paper.locator("h2").count() == 8 and paper.locator(".sign span").count() == 3
    assert sheets(paper) == 1
    assert "A4" in paper.content()

    longer = {part: [content] * 3 for part, content in names["parts"].items()}
    (tmp_path / "longer.html").write_text(one_page(longer, title="…", lead="…"), encoding="utf-8")
    paper.goto((tmp_path / "longer.html").as_uri())
    assert sheets(paper) > 1, "three times as much does not fit, so what is counted are the sheets"
