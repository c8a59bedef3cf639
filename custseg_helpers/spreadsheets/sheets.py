"""The parts of a workbook: a page to read first, tables with formulas, settings to change, answers.

Formulas are written as a person reads them. `[code]` is the cell of that column in the same row, `[code-1]` the one above it; a column or a
setting with a `name` is also a name of the whole workbook, as in `=MAXIFS(order_date, order_customer, [customer_id])`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill, Side
from openpyxl.styles.borders import Border
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from custseg_helpers.files.folder import EXCEL_FONT, excel_book
from custseg_helpers.files.whole import whole_file
from custseg_helpers.words.text import T

BOLD, TITLE = Font(name=EXCEL_FONT, size=11, bold=True), Font(name=EXCEL_FONT, size=16, bold=True)
HEAD, INPUT = PatternFill("solid", fgColor="E3ECF3"), PatternFill("solid", fgColor="FFF6CC")
LINE = Border(bottom=Side(style="thin", color="9AA9B5"))
MONEY, WHOLE, SHARE, DAY, TEXT = "#,##0.00", "#,##0", "0.0%", "yyyy-mm-dd", "@"
WORDS, NUMBERS = Alignment(horizontal="left", indent=1), Alignment(horizontal="right")
"""A head stands as its column does; words keep clear of a number on their left."""
PAGE = 110
"""How many letters wide the page to read first is."""
SINCE_2010 = re.compile(r"\b(MAXIFS|MINIFS|PERCENTRANK\.INC)\(")
"""Functions younger than the file format: their names are kept in the file with a prefix that Excel does not show."""
CELL = re.compile(r"\[(\w+)(-1)?\]")


@dataclass(frozen=True)
class Column:
    """A column of a table: values, or one formula for every row; `typed` is yellow and for people to fill in."""

    code: str
    head: T | str
    values: Sequence[Any] | str
    form: str = WHOLE
    name: str = ""
    typed: bool = False


@dataclass(frozen=True)
class Setting:
    """A cell that every formula reads by its name: yellow, unless it is a formula itself."""

    name: str
    text: T
    value: Any
    form: str = WHOLE


@dataclass(frozen=True)
class Answer:
    """A number that an exercise asks for, by its formula."""

    exercise: str
    text: T
    formula: str
    form: str = WHOLE


class Workbook:
    """An Excel workbook in the making.

    >>> book = Workbook(T(zh="示例", en="Example"), T(zh="一句话", en="One line"))
    >>> book.settings([Setting("rate", T(zh="折扣", en="rate"), 0.5, SHARE)])
    >>> book.table(T(zh="表", en="Table"), [Column("paid", "paid", [2, 4]), Column("half", "half", "=[paid]*rate")])
    >>> book.book.worksheets[2]["B3"].value
    '=A3*rate'
    """

    def __init__(self, title: T, *lines: T):
        self.book = excel_book()
        first = self.book.active
        first.title = str(T(zh="先看这里", en="Start here"))
        first.sheet_view.showGridLines = False
        first.column_dimensions["A"].width = PAGE
        for place, text in enumerate([title, T(zh="", en=""), *lines], start=1):
            cell = first.cell(place, 1, str(text))
            cell.font = TITLE if place == 1 else Font(name=EXCEL_FONT, size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # LibreOffice gives a row that wraps no height of its own.
            first.row_dimensions[place].height = (
                24 if place == 1 else 16 * max(1, -(-wide(str(text)) // (PAGE - 8)))
            )

    def settings(self, settings: Sequence[Setting]) -> None:
        """Add the sheet of yellow cells that may be changed."""
        sheet = self._sheet(T(zh="设置", en="Settings"), (widest(settings), 18))
        self._head(
            sheet,
            [T(zh="黄色的格子可以改", en="Change the yellow cells"), T(zh="数值", en="value")],
            [TEXT, WHOLE],
        )
        for row, setting in enumerate(settings, start=2):
            sheet.cell(row, 1, str(setting.text)).alignment = WORDS
            cell = sheet.cell(row, 2, setting.value)
            cell.number_format = setting.form
            if not str(setting.value).startswith("="):
                cell.fill = INPUT
            self._name(setting.name, sheet, f"$B${row}")

    def mine(self, columns: Sequence[Column]) -> None:
        """Add the last sheet: twenty rows for people to fill in, the customer's name first."""
        who = Column("who", T(zh="客户", en="customer"), [], TEXT, typed=True)
        self.table(T(zh="我的二十位客户", en="My twenty customers"), [who, *columns], 20)

    def table(self, title: T, columns: Sequence[Column], rows: int = 0) -> None:
        """Add a sheet with a table; `rows` is its length where no column has values."""
        rows = max([rows, *(len(column.values) for column in columns if not isinstance(column.values, str))])
        sheet = self._sheet(title, [max(15, wide(str(column.head)) + 3) for column in columns])
        self._head(sheet, [column.head for column in columns], [column.form for column in columns])
        letters = {column.code: get_column_letter(place) for place, column in enumerate(columns, start=1)}
        for place, column in enumerate(columns, start=1):
            for row in range(2, rows + 2):
                cell = sheet.cell(row, place, self._value(column, row, letters))
                cell.number_format = column.form
                if column.form == TEXT:
                    cell.alignment = WORDS
                if column.typed:
                    cell.fill = INPUT
            if column.name:
                letter = letters[column.code]
                self._name(column.name, sheet, f"${letter}$2:${letter}${rows + 1}")

    def answers(self, answers: Sequence[Answer]) -> None:
        """Add the sheet of numbers to compare with the course, each with the exercise that asks for it."""
        sheet = self._sheet(T(zh="答案", en="Answers"), (widest(answers), 18, 28))
        heads = [T(zh="问什么", en="question"), T(zh="数", en="number"), T(zh="练习", en="exercise")]
        self._head(sheet, heads, [TEXT, WHOLE, TEXT])
        for row, answer in enumerate(answers, start=2):
            sheet.cell(row, 1, str(answer.text)).alignment = WORDS
            sheet.cell(row, 2, prefixed(answer.formula)).number_format = answer.form
            sheet.cell(row, 3, answer.exercise).alignment = WORDS

    def save(self, file: Path) -> None:
        """Write the file whole or not at all; it is computed when it is opened."""
        self.book.calculation.fullCalcOnLoad = True
        with whole_file(file) as written:
            self.book.save(written)

    def _value(self, column: Column, row: int, letters: dict[str, str]) -> Any:
        if isinstance(column.values, str):
            return prefixed(
                CELL.sub(lambda found: f"{letters[found[1]]}{row - bool(found[2])}", column.values)
            )
        value = column.values[row - 2] if row - 2 < len(column.values) else None
        return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value

    def _sheet(self, title: T, widths: Sequence[int]) -> Any:
        sheet = self.book.create_sheet(str(title))
        sheet.freeze_panes = "B2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = (
            "landscape",
            9,
            0,
        )
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        return sheet

    def _head(self, sheet: Any, heads: Sequence[T | str], forms: Sequence[str]) -> None:
        for place, (head, form) in enumerate(zip(heads, forms, strict=True), start=1):
            cell = sheet.cell(1, place, str(head))
            cell.font, cell.fill, cell.border = BOLD, HEAD, LINE
            cell.alignment = WORDS if form == TEXT else NUMBERS

    def _name(self, name: str, sheet: Any, cells: str) -> None:
        self.book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{cells}")


def wide(text: str) -> int:
    """Return how many letters wide a text is; a Chinese character counts two.

    >>> wide("R 得分")
    6
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def widest(rows: Sequence[Setting] | Sequence[Answer]) -> int:
    """Return the width of a column that holds the texts of settings or answers."""
    return max(46, *(wide(str(row.text)) + 3 for row in rows))


def prefixed(formula: str) -> str:
    """Write a formula as the file keeps it.

    >>> prefixed("=MAXIFS(a, b, 1)")
    '=_xlfn.MAXIFS(a, b, 1)'
    """
    return SINCE_2010.sub(r"_xlfn.\1(", formula)
