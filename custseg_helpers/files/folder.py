"""Writing results for people: a folder that appears whole or not at all, tables that no spreadsheet runs as formulas."""

import hashlib
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from custseg_helpers.files.exchange import exchange
from custseg_helpers.words.text import UserError

MANIFEST = "manifest.json"
"""Marks a folder as one that we wrote, and may therefore replace."""


@contextmanager
def whole_folder(out: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a draft folder to write into; it takes the name `out` only when all went well.

    With `private`, its files are born readable by their owner alone (mode 600; Windows has rights of its own).

    Stopped or killed at any moment, `out` is the old folder or the new one. On Linux and macOS the two trade names in
    one step. Elsewhere there are two renames, and between them `out` is for an instant called `.NAME-old`; the next
    run puts it back. A draft (`.NAME-part`) that was cut off is cleared away by the next run. The browser's drive knows
    no renaming in one step: there the draft is in memory, and its files are laid down at the end.

    Raises:
        UserError: `out` cannot be written, is something that we did not make, or another run is writing it.
    """
    out = out.resolve()
    if sys.platform == "emscripten":
        yield from _on_the_browsers_drive(out)
        return
    draft, old = out.parent / f".{out.name}-part", out.parent / f".{out.name}-old"
    try:
        if old.exists() and not out.exists():
            old.rename(out)
        _ours(out)
        draft.mkdir(parents=True, exist_ok=True)
        with _only_one(draft, out):
            try:
                _empty(draft)
                with _umask(0o077) if private else nullcontext():
                    yield draft
                for file in filter(Path.is_file, draft.rglob("*")):
                    with file.open("rb") as written:
                        os.fsync(written.fileno())
                if not out.exists():
                    draft.rename(out)
                elif not exchange(draft, out):
                    shutil.rmtree(old, ignore_errors=True)
                    out.rename(old)
                    draft.rename(out)
                    shutil.rmtree(old, ignore_errors=True)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise UserError(
            zh=f"写不了输出文件夹“{out}”：{error.strerror or error}。请检查路径、磁盘空间和写权限，或换一个 --out。",
            en=f"The output folder “{out}” cannot be written: {error.strerror or error}. Check the path, the disk space and your rights, or choose another --out.",
        ) from None


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _on_the_browsers_drive(out: Path) -> Iterator[Path]:
    _ours(out)
    with TemporaryDirectory() as draft:
        yield Path(draft)
        out.mkdir(parents=True, exist_ok=True)
        _empty(out)
        for file in filter(Path.is_file, Path(draft).rglob("*")):
            target = out / file.relative_to(draft)
            target.parent.mkdir(parents=True, exist_ok=True)
            # In one piece: what is written bit by bit arrives there empty.
            target.write_bytes(file.read_bytes())


def _empty(folder: Path) -> None:
    for inside in folder.iterdir():
        shutil.rmtree(inside) if inside.is_dir() and not inside.is_symlink() else inside.unlink()


@contextmanager
def _only_one(draft: Path, out: Path) -> Iterator[None]:
    """Hold the draft as long as this process lives, so that two runs never write into one folder.

    Windows and the browser have no such lock.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        yield
        return
    handle = os.open(draft, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UserError(
            zh=f"另一次运行正在写“{out}”。请等它结束，或换一个 --out。",
            en=f"Another run is writing “{out}”. Wait for it, or choose another --out.",
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _ours(out: Path) -> None:
    if out.exists() and not (out / MANIFEST).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise UserError(
            zh=f"“{out}”已存在，而且不是 custseg 的输出，不会覆盖。请换一个 --out。",
            en=f"“{out}” exists and was not written by custseg; it is not replaced. Choose another --out.",
        )


NOT_IN_EXCEL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no Excel file may hold: control characters other than tab and line end, halves of characters."""
LINE_END = re.compile("\r\n?")
"""A bare carriage return is no reason for a CSV writer to quote a cell, and ends a row in Excel."""
BEGINS_A_FORMULA = tuple("=+-@\t\n＝＋－＠")


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    r"""Return a copy in which no text starts a formula, and none holds signs that Excel refuses; names of columns too.

    A leading = + - @ (full-width ones, too) or tab gets an apostrophe before it; control characters other than tab and
    line end go, and a line ends in one way.

    >>> harmless(pd.DataFrame({"customer_id": ["=cmd()", "C\x071"], "monetary": [-5, 1]})).values.tolist()
    [["'=cmd()", -5], ['C1', 1]]
    """
    table = table.set_axis([_harmless(name) for name in table.columns], axis=1)
    for place, dtype in enumerate(table.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            table.isetitem(place, table.iloc[:, place].astype(object).map(_harmless))
    return table


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = LINE_END.sub("\n", NOT_IN_EXCEL.sub("", value))
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def write_csv(table: pd.DataFrame, file: Path) -> None:
    """Write the columns of a table as CSV that Excel opens (UTF-8 with byte order mark, ISO dates)."""
    harmless(table).to_csv(
        file, index=False, encoding="utf-8-sig", date_format="%Y-%m-%d", lineterminator="\n"
    )


EXCEL_FONT = "Microsoft YaHei"
"""On every Windows, and with Excel for the Mac: Chinese and Latin look the same on both."""


def excel_book(**options: Any) -> Any:
    """Return a new Excel workbook whose cells are written in a font that Windows has."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    book = Workbook(**options)
    book._fonts = IndexedList([Font(name=EXCEL_FONT, size=11)])  # openpyxl has no public name for the default
    return book


def write_excel(tables: dict[str, pd.DataFrame], file: Path) -> None:
    """Write the columns of tables as sheets of an Excel file, the header frozen."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = excel_book(write_only=True)
    with _half_made_in(file.parent):
        for name, table in tables.items():
            shown = harmless(table)
            sheet = book.create_sheet(name)
            sheet.freeze_panes = "B2"
            head = [WriteOnlyCell(sheet, value=str(column)) for column in shown.columns]
            for cell in head:
                cell.font = Font(name=EXCEL_FONT, size=11, bold=True)
            sheet.append(head)
            for row in shown.astype(object).where(shown.notna(), None).itertuples(index=False):
                sheet.append([_for_excel(value) for value in row])
        book.save(file)


@contextmanager
def _half_made_in(folder: Path) -> Iterator[None]:
    """Have openpyxl keep half-made sheets, which hold customers, in a folder: of a run that is killed none lie elsewhere."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _for_excel(value: Any) -> Any:
    """Return a value as Excel holds it: times without zones, numbers that end, other objects as text."""
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime()
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    return value if pd.api.types.is_scalar(value) else str(_harmless(str(value)))


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
