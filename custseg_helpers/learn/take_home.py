"""Take a lesson home as an Excel workbook with live formulas."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from custseg_helpers.company.company import Company
from custseg_helpers.learn.folder import work_folder
from custseg_helpers.learn.lessons import elsewheres, lesson_folder
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import T

if TYPE_CHECKING:
    from custseg_helpers.spreadsheets.sheets import Workbook


class TakenHome:
    """Where the workbook lies: a link in a notebook, a path elsewhere."""

    def __init__(self, file: Path):
        self.file = file

    def __repr__(self) -> str:
        words = T(zh="Excel 工作簿在这里：{file}", en="The Excel workbook is here: {file}")
        return str(words.format(file=self.file))

    def _repr_html_(self) -> str:
        link = f"{self.file.parent.name}/{self.file.name}"
        words = T(zh="下载 {name}，用 Excel 打开", en="Download {name} and open it in Excel").format(
            name=self.file.name
        )
        return f'<a href="{escape(link)}" download>{escape(str(words))}</a>'


def excel(lesson: str) -> TakenHome:
    """Write a lesson's workbook into the learner's folder, on the company that the lesson runs on.

    Every number in it is a formula that Excel, WPS and LibreOffice compute, and the last sheet is empty for twenty
    customers of one's own. Lessons 03, 04, 05, 07, 09 and 12 have one.

    Args:
        lesson: its number, such as `"04"`.
    """
    file = work_folder("excel") / f"{lesson_folder(lesson).name}.xlsx"
    workbook(lesson, load()).save(file)
    return TakenHome(file)


def workbook(lesson: str, company: Company) -> "Workbook":
    """Return a lesson's workbook on a company, with the other companies that its exercises are asked of."""
    from custseg_helpers.spreadsheets.lessons import lesson_workbook

    asked = elsewheres(lesson_folder(lesson)).items()
    there = {identity: other for identity, on in asked if isinstance(other := on.there(company), Company)}
    return lesson_workbook(lesson, company, there)
