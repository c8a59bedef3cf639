"""The marketing department's Excel file: title rows over the table, and the same bytes every time."""

import io
import re
import zipfile
from typing import Any

from custseg_helpers.files.folder import EXCEL_FONT, excel_book

TITLE = "悦选会员登记表（2025 年第四季度）"
MADE_BY = "制表：市场部　　日期：2026-01-05　　金额单位：元"
NOTES = (
    "填表说明",
    "1. 累计消费含线上线下，已扣退货；金额较大的按万元填写。",
    "2. 门店补登的会员按登记当天填注册日期。",
    "3. 测试账号请勿删除。",
)


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """Return the rows as an Excel file: two merged title rows, the header in row 3, notes on a second sheet."""
    from openpyxl.styles import Alignment, Font

    book = excel_book()
    sheet = book.active
    sheet.title = "会员登记"
    header = list(rows[0])
    for number, text in enumerate((TITLE, MADE_BY), 1):
        sheet.cell(number, 1, text).font = Font(
            name=EXCEL_FONT, bold=number == 1, size=14 if number == 1 else 10
        )
        sheet.cell(number, 1).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(header))
    sheet.append(header)
    for row in rows:
        sheet.append([row[column] for column in header])
    for column, width in zip("ABCDEFGHIJ", (10, 10, 6, 10, 14, 8, 8, 14, 12, 12), strict=True):
        sheet.column_dimensions[column].width = width
    notes = book.create_sheet("填表说明")
    for line in NOTES:
        notes.append([line])
    made = io.BytesIO()
    book.save(made)
    return _timeless(made.getvalue())


def _timeless(content: bytes) -> bytes:
    """Take the moment of writing out of an Excel file."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(timeless, "w") as new:
        for name in sorted(old.namelist()):
            text = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-05T09:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), text)
    return timeless.getvalue()
