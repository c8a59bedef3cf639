"""Writing results for people: a folder that appears whole or not at all, tables that no spreadsheet runs as formulas."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from custseg_helpers.text import UserError

MANIFEST = "manifest.json"
"""Marks a folder as one that we wrote, and may therefore replace."""

EXCEL_ROWS = 1_048_575


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a draft folder to write into; it takes the name `out` only when all went well.

    Stopped at any moment, `out` is the old folder or the new one. Between the two renames it may for an instant
    have neither name: the old one then stands beside it as `.NAME.old` and is put back by the next run, which also
    clears away a draft (`.NAME.part`) that was cut off.

    Raises:
        UserError: `out` cannot be written, or is something that we did not make.
    """
    out = out.resolve()
    draft, old = out.parent / f".{out.name}.part", out.parent / f".{out.name}.old"
    try:
        if old.exists() and not out.exists():
            old.rename(out)
        _ours(out)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        yield draft
        for file in draft.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        shutil.rmtree(old, ignore_errors=True)
        if out.exists():
            out.rename(old)
        draft.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise UserError(
            zh=f"写不了输出文件夹“{out}”：{error.strerror}。请检查路径、磁盘空间和写权限，或换一个 --out。",
            en=f"The output folder “{out}” cannot be written: {error.strerror}. Check the path, the disk space and your rights, or choose another --out.",
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _ours(out: Path) -> None:
    if out.exists() and not (out / MANIFEST).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise UserError(
            zh=f"“{out}”已存在，而且不是 custseg 的输出，不会覆盖。请换一个 --out。",
            en=f"“{out}” exists and was not written by custseg; it is not replaced. Choose another --out.",
        )


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy in which no text starts a formula: a leading = + - @ or tab gets an apostrophe before it.

    >>> harmless(pd.DataFrame({"customer_id": ["=cmd()", "C1"], "monetary": [-5, 1]})).values.tolist()
    [["'=cmd()", -5], ['C1', 1]]
    """
    table = table.copy()
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_datetime64_any_dtype(
            table[name]
        ):
            text = table[name].astype(object)
            risky = text.map(
                lambda value: isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
            )
            table[name] = text.where(~risky, "'" + text.astype(str))
    return table


def write_csv(table: pd.DataFrame, file: Path) -> None:
    """Write the columns of a table as CSV that Excel opens (UTF-8 with byte order mark, ISO dates)."""
    harmless(table).to_csv(
        file, index=False, encoding="utf-8-sig", date_format="%Y-%m-%d", lineterminator="\n"
    )


def write_excel(tables: dict[str, pd.DataFrame], file: Path) -> None:
    """Write the columns of tables as sheets of an Excel file, the header frozen."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, table in tables.items():
        shown = harmless(table)
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        head = [WriteOnlyCell(sheet, value=str(column)) for column in shown.columns]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        for row in shown.astype(object).where(shown.notna(), None).itertuples(index=False):
            sheet.append(
                [value.to_pydatetime() if isinstance(value, pd.Timestamp) else value for value in row]
            )
    book.save(file)


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
