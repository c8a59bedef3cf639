"""HTML and XML tables that programs name .xls: the cells of the largest table, as text."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.encodings import decode
from custseg_helpers.reading.sheet import Sheet, heading, without_names
from custseg_helpers.words.text import T, UserError

_ROWS, _CELLS = {"tr", "row"}, {"td", "th", "cell"}


def is_markup(start: bytes) -> bool:
    """Tell whether a file begins as HTML or as a spreadsheet in XML does.

    >>> is_markup(b"<html><body><table>"), is_markup(b"<!-- report --><div><table>"), is_markup(b"a,b"), is_markup(b"<note>,x")
    (True, True, False, False)
    """
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    known = text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<body"))
    table = text.startswith((b"<!--", b"<div", b"<style", b"<center", b"<h")) and b"<table" in text
    return known or table or (text.startswith(b"<?xml") and b"workbook" in text)


class _Tables(HTMLParser):
    """Collects tables as rows of texts; a cell over several columns or rows is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.in_row = False
        self.across = self.down = 1
        self.hanging: dict[int, int] = {}
        """columns into which a cell reaches from above → how many rows more"""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        name, told = tag.rsplit(":", 1)[-1], dict(attributes)
        if name == "table":
            self.tables.append([])
            self.cell, self.in_row, self.hanging = None, False, {}
        elif name in _ROWS and self.tables:
            self._end_row()
            self.tables[-1].append([])
            self.in_row = True
        elif name in _CELLS and self.tables and self.tables[-1]:
            self._end_cell()
            place = _whole(told.get("ss:index"))
            while place and len(self.tables[-1][-1]) < min(place, 16_384) - 1:
                self.tables[-1][-1].append("")
            self.cell = []
            self.across = _whole(told.get("colspan")) or 1 + _whole(told.get("ss:mergeacross"))
            self.down = _whole(told.get("rowspan")) or 1 + _whole(told.get("ss:mergedown"))

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name in _CELLS:
            self._end_cell()
        elif name in {*_ROWS, "table"} and self.tables:
            self._end_row()

    def _end_cell(self) -> None:
        """Put down the open cell; pages leave out end tags."""
        if self.cell is None:
            return
        row = self.tables[-1][-1]
        self._pass_hanging(row)
        wide = min(self.across, 1000)
        if self.down > 1:
            self.hanging |= dict.fromkeys(range(len(row), len(row) + wide), self.down)
        row += [" ".join("".join(self.cell).split()), *[""] * (wide - 1)]
        self.cell = None

    def _pass_hanging(self, row: list[str]) -> None:
        """Leave those cells of a row empty into which one reaches from above."""
        while self.hanging.get(len(row)):
            row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self.in_row:
            self._pass_hanging(self.tables[-1][-1])
            self.hanging = {column: rows - 1 for column, rows in self.hanging.items() if rows > 1}
        self.in_row = False


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def read_markup(file: Path, header_row: int | None) -> Sheet:
    """Read the largest table of an HTML or XML file; errors as for `read_sheet`."""
    text, codec, note = decode(file.read_bytes(), None, file.name)
    found = _Tables()
    found.feed(text)
    rows = max(found.tables, key=lambda table: sum(map(len, table)), default=[])
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if width < 2:
        raise UserError(
            zh=f"“{file.name}”是网页，里面没有表格，多半是登录过期或出错的页面。请重新登录再导出。",
            en=f"“{file.name}” is a web page without a table, probably one that says your session has ended. Log in and export again.",
        )
    names, header, above = heading([list(row) for row in rows], header_row, file)
    frame = pd.DataFrame(rows[above:], columns=range(width), dtype=object)
    frame.columns = pd.Index(names, dtype=object)
    frame = frame.where(frame.ne(""), None)
    frame.index = pd.RangeIndex(above + 1, above + 1 + len(frame))
    said = T(
        zh="“{f}”其实是网页（HTML 或 XML），不是 Excel 文件；已按其中最大的表读取。",
        en="“{f}” is a web page (HTML or XML), not an Excel file; its largest table was read.",
    ).format(f=file.name)
    about = {"kind": "markup", "encoding": codec, "header_row": header}
    notes = [said, *([note] if note else []), *([] if header else [without_names(file, frame)])]
    return Sheet(frame, file, about, tuple(notes))
