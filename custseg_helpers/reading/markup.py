"""HTML and XML tables that programs name .xls: the cells of the largest table, as text."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.encodings import decode
from custseg_helpers.reading.sheet import Sheet, column_names, find_header_row, no_header
from custseg_helpers.words.text import T

_ROWS, _CELLS = {"tr", "row"}, {"td", "th", "cell"}


def is_markup(start: bytes) -> bool:
    """Tell whether a file begins as HTML or as a spreadsheet in XML does.

    >>> is_markup(b"<html><body><table>"), is_markup(b"a,b"), is_markup(b"<note>,x")
    (True, False, False)
    """
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) or (
        text.startswith(b"<?xml") and b"workbook" in text
    )


class _Tables(HTMLParser):
    """Collects tables as rows of texts; a cell over several columns is followed by empty ones."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        name, told = tag.rsplit(":", 1)[-1], dict(attributes)
        if name == "table":
            self.tables.append([])
        elif name in _ROWS and self.tables:
            self.tables[-1].append([])
        elif name in _CELLS and self.tables and self.tables[-1]:
            place = told.get("ss:index")
            while place and place.isdecimal() and len(self.tables[-1][-1]) < int(place) - 1:
                self.tables[-1][-1].append("")
            self.cell = []
            self.span = int(told["colspan"]) if (told.get("colspan") or "").isdecimal() else 1

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag.rsplit(":", 1)[-1] in _CELLS and self.cell is not None:
            text = " ".join("".join(self.cell).split())
            self.tables[-1][-1] += [text, *[""] * (min(self.span, 1000) - 1)]
            self.cell = None


def read_markup(file: Path, header_row: int | None) -> Sheet:
    """Read the largest table of an HTML or XML file; errors as for `read_sheet`."""
    text, codec, note = decode(file.read_bytes(), None, file.name)
    found = _Tables()
    found.feed(text)
    rows = max(found.tables, key=lambda table: sum(map(len, table)), default=[])
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    header = header_row or find_header_row([list(row) for row in rows], file)
    if not 1 <= header <= len(rows):
        raise no_header(file)
    frame = pd.DataFrame(rows[header:], columns=range(width), dtype=object)
    frame.columns = pd.Index(column_names(list(rows[header - 1])), dtype=object)
    frame = frame.where(frame.ne(""), None)
    frame.index = pd.RangeIndex(header + 1, header + 1 + len(frame))
    said = T(
        zh="“{f}”其实是网页（HTML 或 XML），不是 Excel 文件；已按其中最大的表读取。",
        en="“{f}” is a web page (HTML or XML), not an Excel file; its largest table was read.",
    ).format(f=file.name)
    about = {"kind": "markup", "encoding": codec, "header_row": header}
    return Sheet(frame, file, about, (said, *([note] if note else [])))
