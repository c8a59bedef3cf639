"""Which lessons have a workbook to take home."""

from collections.abc import Callable, Mapping

from custseg_helpers.company.company import Company
from custseg_helpers.spreadsheets import clv, goals, lifecycle, quadrant, rfm, value
from custseg_helpers.spreadsheets.sheets import Workbook
from custseg_helpers.words.text import T, UserError, listed

WORKBOOKS: dict[str, Callable[[Company, Mapping[str, Company]], Workbook]] = {
    "03": value.workbook,
    "04": rfm.workbook,
    "05": lifecycle.workbook,
    "07": quadrant.workbook,
    "09": clv.workbook,
    "12": goals.workbook,
}


def lesson_workbook(number: str, company: Company, there: Mapping[str, Company]) -> Workbook:
    """Return a lesson's workbook on a company's data; the other lessons are told which have one.

    Args:
        number: the lesson's.
        company: whose data the lesson speaks of.
        there: the other companies that exercises of the lesson are asked of, by exercise.

    >>> from custseg_helpers import load
    >>> len(lesson_workbook("09", load("retail"), {}).book.sheetnames)
    5
    """
    if number not in WORKBOOKS:
        raise UserError(
            T(
                zh="第 {number} 课没有 Excel 工作簿。有的是：{have}。",
                en="Lesson {number} has no Excel workbook. These have: {have}.",
            ).format(number=number, have=listed(WORKBOOKS))
        )
    return WORKBOOKS[number](company, there)
