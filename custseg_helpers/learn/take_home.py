"""Take a lesson home as an Excel workbook with live formulas."""

from html import escape
from pathlib import Path

from custseg_helpers.learn.folder import work_folder
from custseg_helpers.learn.lessons import lesson_folder
from custseg_helpers.mapping.load import load
from custseg_helpers.words.text import T


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
    from custseg_helpers.spreadsheets.lessons import lesson_workbook

    book = lesson_workbook(lesson, load())
    file = work_folder("excel") / f"{lesson_folder(lesson).name}.xlsx"
    book.save(file)
    return TakenHome(file)
