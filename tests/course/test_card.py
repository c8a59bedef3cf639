"""Every workbook says on top what its columns are called and how code writes them."""

import ast
import re

import pytest

from custseg_helpers import label, load, use_language
from custseg_helpers.course.compose import solution_cells, workbook_cells
from custseg_helpers.course.source import folders, read_lesson
from custseg_helpers.learn.names import card
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", folders(course_root(), []), ids=lambda folder: folder.name)
def test_every_workbook_has_a_card_whose_names_are_code(folder, lang):
    lesson = read_lesson(folder)
    text = workbook_cells(lesson, lang)[1].text
    assert text.startswith("<details>") and text.endswith("</details>")
    written = re.findall(r"\| `([^`]+)` \|", text)
    assert len(written) > 5
    for piece in written:
        ast.parse(piece)
    assert not any(cell.text.startswith("<details>") for cell in solution_cells(lesson, lang)[:2])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_holds_heading_column_and_example(lang):
    lesson = read_lesson(course_root() / "lessons" / "04_rfm")
    text = workbook_cells(lesson, lang)[1].text
    heading = {"zh": "客户编号", "en": "customer id"}[lang]
    assert re.search(rf'\| {heading} \| `orders\["customer_id"\]` \| C\d+ \| C\d+ \| C\d+ \|', text)
    assert "store（门店）" in text or lang == "en"


def test_the_card_is_of_the_table_it_is_given():
    customers = load("retail").customers
    assert card(customers, "customers", "en").count("\n") == len(customers.columns) + 1


def test_label_leads_both_ways():
    for lang in LANGUAGES:
        use_language(lang)
        for code in ("customer_id", "order_date", "dormant", "monetary"):
            assert label(label(code)) == code or label(code) == code
