"""Every workbook says on top what its columns are called and how code writes them."""

import ast
import re

import pandas as pd
import pytest

from custseg_helpers import label, load, use_language
from custseg_helpers.course.compose import answered_cells, solution_cells, workbook_cells
from custseg_helpers.course.source import folders, read_lesson
from custseg_helpers.learn.lessons import exercises
from custseg_helpers.learn.names import card
from custseg_helpers.paths import course_root
from custseg_helpers.words.glossary import glossary
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


def texts_in(value):
    """Yield the texts that an answer holds: its values, and the names of its rows where they are groups."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, pd.DataFrame):
        yield from texts_in(value.index)
    elif isinstance(value, pd.Series):
        yield from [*texts_in(value.index), *texts_in(pd.Index(value.dropna().unique()))]
    elif isinstance(value, pd.Index) and len(value) <= 60:
        yield from (text for key in value for text in texts_in(key))
    elif isinstance(value, dict | list | tuple | set):
        yield from (text for one in value for text in texts_in(one))


@pytest.mark.slow
@pytest.mark.parametrize("folder", folders(course_root(), []), ids=lambda folder: folder.name)
def test_every_code_of_an_answer_stands_in_its_workbook_beside_what_it_is_called(folder):
    company, lesson = load("retail"), read_lesson(folder)
    text = "\n".join(cell.text for cell in workbook_cells(lesson, "zh"))
    for identity, exercise in exercises(lesson.number).items():
        answer = exercise.answer(company) if exercise.answer and not exercise.on else None
        missing = {code for code in texts_in(answer) if code in glossary() and f'"{code}"' not in text}
        assert missing == set(), identity


def test_every_name_in_quotes_of_a_model_answer_stands_in_the_workbook():
    for folder in folders(course_root(), []):
        lesson = read_lesson(folder)
        text = "\n".join(cell.text for cell in workbook_cells(lesson, "zh"))
        quoted = {
            node.value
            for cell in answered_cells(lesson, "zh")
            for node in ast.walk(ast.parse(cell.text))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        known = {one for one in quoted if one in glossary()}
        assert {one for one in known if f'"{one}"' not in text and f"`{one}`" not in text} == set(), (
            folder.name
        )


def test_the_groups_of_a_workbook_stand_on_its_card_with_their_codes():
    lesson = read_lesson(course_root() / "lessons" / "04_rfm")
    in_english, in_chinese = (workbook_cells(lesson, lang)[1].text for lang in ("en", "zh"))
    assert 'high value to keep (R↓F↑M↑) `"key_retain"`' in in_english
    assert '重要保持客户 `"key_retain"`' in in_chinese


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", folders(course_root(), []), ids=lambda folder: folder.name)
def test_the_first_step_names_how_the_first_code_cell_begins(folder, lang):
    cells = workbook_cells(read_lesson(folder), lang)
    first = next(cell.text for cell in cells if cell.kind == "code")
    begins = re.search(r"^1\. .*?`(\w+) …`", cells[0].text, re.MULTILINE)
    assert begins and first.startswith(f"{begins[1]} ")


def test_the_card_says_what_the_snapshot_day_is():
    lesson = read_lesson(course_root() / "lessons" / "04_rfm")
    text = workbook_cells(lesson, "zh")[1].text
    assert "**`as_of`** · 快照日" in text and "2026-01-01" in text


def test_label_leads_both_ways():
    for lang in LANGUAGES:
        use_language(lang)
        for code in ("customer_id", "order_date", "dormant", "monetary"):
            assert label(label(code)) == code or label(code) == code
