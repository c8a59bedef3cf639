"""On another company a lesson shows that company's words: its cards, tables and figures speak of no shop and no nappies."""

import json
import re

import pytest
from matplotlib.figure import Figure

from custseg_helpers.company import in_play
from custseg_helpers.files.cells import run_cell
from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

RETAIL = re.compile("母婴|奶粉|会员|门店|直播|天天买菜|囤粮油|召回券|运费|苏晚晴|顾明远")
SHOP = re.compile("print\\(sample|看过 2 次母婴")
"""Cells that speak of the five companies, or of the hundred members that somebody draws on a sheet."""


def seen(shown) -> str:
    if isinstance(shown, Figure):
        return " ".join(
            text.get_text()
            for ax in shown.axes
            for text in (*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.title)
        )
    return (shown._repr_html_() or "") if hasattr(shown, "_repr_html_") else str(shown)


@pytest.mark.parametrize(
    ("lesson", "company"),
    [
        ("10_persona", "b2b"),
        ("10_persona", "pharma"),
        ("11_strategy", "b2b"),
        ("11_strategy", "pharma"),
        ("11_strategy", "finance"),
        ("13_evaluation", "b2b"),
        ("14_governance", "finance"),
        ("15_capstone", "b2b"),
        ("15_capstone", "pharma"),
        ("15_capstone", "finance"),
    ],
)
def test_no_words_of_the_shop(lesson, company, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    monkeypatch.setenv("CUSTSEG_COMPANY", company)
    book = json.loads((course_root() / "notebooks" / "zh" / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    names, cells = {"__name__": "__main__"}, 0
    for cell in book["cells"]:
        code = "".join(cell["source"])
        if cell["cell_type"] != "code" or {"explorer", "skip-execution"} & set(
            cell["metadata"].get("tags", [])
        ):
            continue
        shown = seen(run_cell(code, names, lesson)) + capsys.readouterr().out
        cells += 1
        if not SHOP.search(code):
            assert RETAIL.findall(shown) == [], code
    in_play.forget()
    assert cells > 10
