"""Lessons as Excel workbooks: another spreadsheet program works their formulas out, and `check()` judges the numbers."""

import datetime
import shutil
import subprocess

import pandas as pd
import pytest
from openpyxl import load_workbook

from custseg_helpers import check
from custseg_helpers.commands.main import main
from custseg_helpers.company.company import load_sample
from custseg_helpers.learn.elsewhere import elsewhere
from custseg_helpers.learn.lessons import lesson_folder, old_ids
from custseg_helpers.learn.take_home import excel, workbook
from custseg_helpers.mapping.load import load
from custseg_helpers.spreadsheets.lessons import WORKBOOKS
from custseg_helpers.tiers.rfm_segments import SEGMENTS_8
from custseg_helpers.words.glossary import label
from custseg_helpers.words.text import UserError, speaking, use_language

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    not OFFICE, reason="LibreOffice is not installed: it works the formulas out"
)
MINE = "My twenty customers"


def worked_out(folder, number, book, **typed):
    """Save a workbook with cells filled in, have LibreOffice compute it, and return its tables by sheet."""
    for cell, value in typed.items():
        book.book[MINE][cell] = value
    book.save(folder / f"{number}.xlsx")
    filter_name = "xlsx:Calc MS Excel 2007 XML"
    subprocess.run(
        [
            *(OFFICE, f"-env:UserInstallation=file://{folder}/office", "--headless"),
            *("--convert-to", filter_name, "--outdir", folder / "done", folder / f"{number}.xlsx"),
        ],
        check=True,
        capture_output=True,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    sheets = load_workbook(folder / "done" / f"{number}.xlsx", data_only=True)
    found = {}
    for sheet in sheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        width = sum(head is not None for head in rows[0])
        found[sheet.title] = pd.DataFrame([row[:width] for row in rows[1:]], columns=rows[0][:width])
    errors = {
        (name, column): value
        for name, table in found.items()
        for column in table
        for value in table[column]
        if isinstance(value, str) and value.startswith("#")
    }
    assert not errors
    return found


def column(tables, head, sheet="Customers"):
    return tables[sheet].set_index(label("customer_id")).rename_axis("customer_id")[head]


def answer(tables, exercise):
    found = tables["Answers"].set_index("exercise")["number"][exercise]
    return found


def codes(values, of):
    """Turn the words of a column back into codes."""
    return values.map({label(code): code for code in of})


def of_the_lesson(exercise):
    """Return the older id of an exercise that is asked of another company today: there it is asked of the lesson's."""
    return next(
        old for old, new in old_ids(lesson_folder(exercise.partition("-")[0])).items() if new == exercise
    )


@pytest.fixture
def retail():
    return load("retail")


@needs_office
@pytest.mark.slow
def test_value(tmp_path, retail):
    spent = {"Ann": 800, "Bo": 150, "Cy": 50, "Di": 0}
    typed = {f"A{row}": who for row, who in enumerate(spent, 2)}
    typed |= {f"B{row}": money for row, money in enumerate(spent.values(), 2)}
    tables = worked_out(tmp_path, "03", workbook("03", retail), **typed)
    assert check("value-top-share", answer(tables, "value-top-share"))
    assert check(of_the_lesson("value-grade"), column(tables, label("grade")))
    assert check("value-lost-customers", int(answer(tables, "value-lost-customers")))
    assert check("value-margin", column(tables, label("margin")).astype(float))
    assert check(
        of_the_lesson("value-fixed-lines"), codes(column(tables, label("level")), ("high", "medium", "low"))
    )
    assert check("value-margin-grade", int(answer(tables, "value-margin-grade")))
    shares = tables["Answers"].query("exercise == 'value-region-share'")
    regions = {str(code): code for code in retail.customers["region"].dropna().unique()}
    named = [next(code for code in regions if label(code) in text) for text in shares["question"]]
    assert check(
        "value-region-share", pd.Series(shares["number"].tolist(), index=pd.Index(named, name="region"))
    )
    assert tables[MINE][label("grade")].tolist()[:4] == ["A", "B", "C", "D"]


@needs_office
@pytest.mark.slow
def test_rfm(tmp_path, retail):
    day = retail.as_of - pd.Timedelta(days=10)
    typed = {"A2": "Ann", "B2": day.to_pydatetime(), "C2": 12, "D2": 6000}
    tables = worked_out(tmp_path, "04", workbook("04", retail), **typed)
    assert check("rfm-recency", column(tables, label("recency_days")))
    assert check("rfm-frequency", column(tables, label("frequency")))
    assert check("rfm-monetary", column(tables, label("monetary")))
    assert check("rfm-fixed-score", column(tables, "R score, fixed thresholds"))
    assert check("rfm-one-time-share", answer(tables, "rfm-one-time-share"))
    mine = tables[MINE]
    assert mine.loc[0, label("segment")] == label(SEGMENTS_8[True, True, True])
    assert mine.loc[1:, label("segment")].fillna("").eq("").all() and len(mine) == 20


@needs_office
@pytest.mark.slow
def test_lifecycle(tmp_path, retail):
    days = [(retail.as_of - pd.Timedelta(days=n)).to_pydatetime() for n in (100, 10)]
    typed = {"A2": "Ann", "B2": days[0], "C2": days[1], "D2": 10}
    tables = worked_out(tmp_path, "05", workbook("05", retail), **typed)
    assert check("lifecycle-rhythm", answer(tables, "lifecycle-rhythm"))
    gaps = column(tables, label("gaps_since"))
    assert check(of_the_lesson("lifecycle-gaps-passed"), pd.to_numeric(gaps, errors="coerce").dropna())
    stages = ("potential", "new", "active", "loyal", "won_back", "dormant", "churned")
    assert check("lifecycle-stage-sizes", codes(column(tables, label("stage")), stages).value_counts())
    assert check("lifecycle-one-rule", int(answer(tables, "lifecycle-one-rule")))
    assert tables[MINE].loc[0, label("stage")] == label("loyal")


@needs_office
@pytest.mark.slow
def test_quadrants(tmp_path, retail):
    tables = worked_out(tmp_path, "07", workbook("07", retail), A2="Ann", B2=2, C2=300)
    corners = ("high_high", "high_low", "low_high", "low_low")
    assert check("quadrant-corner", codes(column(tables, "quadrant, by medians"), corners))
    fixed = codes(column(tables, "quadrant, by fixed lines"), corners).value_counts()
    assert check("quadrant-fixed-lines", fixed)
    counted = tables["Answers"].query("exercise == 'quadrant-fixed-lines'")["number"].tolist()
    assert counted == fixed.reindex(list(corners)).tolist()
    assert tables[MINE].loc[0, label("average_order_value")] == 150
    there = elsewhere("quadrant-region-cross")
    regions = there.customers["region"].dropna().unique()
    cells = pd.MultiIndex.from_product(
        [("high", "low", "medium", "unknown"), sorted(regions)], names=["price_sensitivity", "region"]
    )
    crossed = tables["Answers"].query("exercise == 'quadrant-region-cross'")
    named = [f"{there.title}: {label(price)} × {label(region)}" for price, region in cells]
    counts = crossed.set_index("question")["number"].reindex(named)
    assert len(crossed) == len(cells) and there.name != retail.name
    assert check("quadrant-region-cross", pd.Series(counts.to_numpy(), index=cells))


@needs_office
@pytest.mark.slow
def test_three_years_by_hand(tmp_path, retail):
    typed = {"A2": "Ann", "B2": 5, "C2": 200, "D2": 0.3, "E2": 3}
    tables = worked_out(tmp_path, "09", workbook("09", retail), **typed)
    assert check("clv-three-years", answer(tables, "clv-three-years"))
    assert tables[MINE].loc[0, "worth today"] == pytest.approx(answer(tables, "clv-three-years"))


@needs_office
@pytest.mark.slow
def test_goals(tmp_path, retail):
    typed = {"A2": "Ann", "B2": 1, "A3": "Bo", "B3": 1, "A4": "Cy", "B4": 1}
    tables = worked_out(tmp_path, "12", workbook("12", retail), **typed)
    there = elsewhere("goals-by-channel")
    asked = [
        ("Channels", retail, of_the_lesson("goals-by-channel")),
        ("Channels there", there, "goals-by-channel"),
    ]
    for sheet, company, exercise in asked:
        channels = tables[sheet].set_index(label("channel"))[label("target")]
        of = {label(code): code for code in company.orders["channel"].dropna().unique()}
        channels.index = pd.Index([of[name] for name in channels.index], name="channel")
        assert check(exercise, channels)
    assert answer(tables, "goals-by-channel") == pytest.approx(channels.sum(), abs=0.005)
    assert check("goals-by-month", tables["Months"].set_index(label("month"))[label("target")])
    levers = tables["Answers"].query("exercise == 'goals-four-levers'")["number"]
    names = pd.Index(["customers", "conversion", "frequency", "basket"], name="lever")
    assert check("goals-four-levers", pd.Series(levers.tolist(), index=names))


@pytest.mark.parametrize("number", WORKBOOKS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_opens_with_what_to_do_and_ends_with_twenty_empty_rows(number, lang):
    use_language(lang)
    book = workbook(number, load_sample("education" if number != "03" else "retail")).book
    first, last = book.worksheets[0], book.worksheets[-1]
    assert first["A1"].value.startswith(number) and first["A3"].value
    yellow = [cell for cell in last[2] if cell.fill.fgColor.rgb.endswith("FFF6CC")]
    assert last.max_row == 21 and yellow and all(cell.value is None for cell in yellow)
    assert all(
        isinstance(cell.value, str) and cell.value.startswith("=IF(OR(")
        for cell in last[2]
        if cell not in yellow
    )
    exercises = {row[2].value for row in book.worksheets[-2].iter_rows(min_row=2)}
    from custseg_helpers.learn.lessons import exercises as asked

    assert exercises and exercises <= set(asked(number))


def test_a_learner_takes_a_workbook_home(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    load("retail")
    taken = excel("09")
    assert taken.file == tmp_path / "en" / "excel" / "09_clv.xlsx"
    assert 'href="excel/09_clv.xlsx"' in taken._repr_html_()
    assert load_workbook(taken.file).sheetnames[0] == "Start here"
    with pytest.raises(UserError, match=r"Lesson 08 has no Excel workbook\. These have: 03, 04"):
        excel("08")
    assert main(["excel", "09", "--lang", "zh"]) == 0
    assert "09_clv.xlsx" in capsys.readouterr().out and (tmp_path / "zh" / "excel" / "09_clv.xlsx").is_file()


def test_dates_are_dates():
    sheet = workbook("04", load_sample("education")).book["Orders"]
    assert isinstance(sheet["C2"].value, datetime.datetime) and sheet["C2"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", ["04", "09"])
def test_every_head_is_whole_and_stands_above_its_column(number, lang):
    with speaking(lang):
        book = workbook(number, load_sample("retail")).book
    for text in book.worksheets[0]["A"][2:]:
        lines = sum(2 if letter > "\u2e80" else 1 for letter in text.value) / 110
        assert book.worksheets[0].row_dimensions[text.row].height >= 14 * lines, text.value
    for text in book.worksheets[1]["A"]:
        assert sum(2 if letter > "\u2e80" else 1 for letter in text.value) < (
            book.worksheets[1].column_dimensions["A"].width
        )
    for sheet in book.worksheets[1:]:
        for head, first in zip(sheet[1], sheet[2], strict=True):
            needed = sum(2 if letter > "\u2e80" else 1 for letter in head.value)
            assert sheet.column_dimensions[head.column_letter].width > needed, head.value
            in_words = isinstance(first.value, str) and not first.value.startswith("=")
            if first.value is not None and not str(first.value).startswith("="):
                assert (head.alignment.horizontal == "left") == in_words, (sheet.title, head.value)
