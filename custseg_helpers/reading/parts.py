"""Several files that are one table: a folder of parts, or files listed by name. They must have the same columns."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.reading.read import read_sheet, read_sheets
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed

EVERY = "*"
"""In place of a sheet's name: every sheet with the columns of the fullest."""


def files_of(stated: Sequence[Path]) -> list[Path]:
    """Return the files, a folder standing for all files in it (and below) by name; not those whose name begins with . or _.

    Engines put such files (`_SUCCESS`, `.crc`) beside their parts, and editors leave them behind.
    """
    found: list[Path] = []
    for place in stated:
        if not place.is_dir():
            found.append(place)
            continue
        inside = [
            file
            for file in sorted(place.rglob("*"))
            if file.is_file() and not any(part[0] in "._~" for part in file.relative_to(place).parts)
        ]
        if not inside:
            raise UserError(
                zh=f"文件夹“{place}”里没有文件。", en=f"There is no file in the folder “{place}”."
            )
        found += inside
    return found


def is_parquet(file: Path) -> bool:
    """Tell whether a file is there and begins as parquet does."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"PAR1"


def read_parts(stated: Sequence[Path], *, columns: list[str], **reading: Any) -> Sheet:
    """Read files as one table; rows are numbered on from part to part, and `Sheet.place` tells part and row.

    Raises:
        UserError: as for `read_sheet`; or a part has other columns than the first: it is named, and so are they.
    """
    files = files_of(stated)
    if reading.get("sheet") == EVERY:
        return stacked([sheet for file in files for sheet in alike(read_sheets(file))])
    if len(files) == 1:
        return read_sheet(files[0], columns=columns, **reading)
    sheets = [read_sheet(file, columns=columns, **reading) for file in files]
    for sheet in sheets[1:]:
        same_columns(sheets[0], sheet)
    return stacked(sheets)


def alike(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of a workbook that have the columns of the fullest, in the sequence of the workbook's dates."""
    same = [sheet for sheet in sheets if set(names(sheet)) == set(names(sheets[0]))]
    return [same[0]] if len(same) == 1 else same


def stacked(sheets: Sequence[Sheet]) -> Sheet:
    """Return sheets of the same columns as one table; rows are numbered on from one to the next."""
    files = {sheet.file for sheet in sheets}
    parts, start = [], 0
    for sheet in sheets:
        name = (
            sheet.file.name
            if len(files) == len(sheets)
            else f"{sheet.file.name} › {sheet.about.get('sheet')}"
        )
        parts.append((start, name, int(sheet.frame.index[0]) - 1 if len(sheet.frame) else 0))
        start += len(sheet.frame)
    frame = pd.concat([sheet.frame for sheet in sheets], ignore_index=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    about = sheets[0].about | {"parts": len(sheets)}
    notes = dict.fromkeys(note for sheet in sheets for note in sheet.notes)
    if len(files) == 1 < len(sheets):
        said = T(
            zh="“{f}”的 {n} 个工作表列相同，合在一起读。",
            en="{n} sheets of “{f}” have the same columns and are read together.",
        )
        notes = {said.format(f=sheets[0].file.name, n=len(sheets)): None}
        return Sheet(frame, sheets[0].file, about | {"sheet": EVERY}, tuple(notes), tuple(parts))
    return Sheet(frame, sheets[0].file.parent, about, tuple(notes), tuple(parts))


def same_columns(first: Sheet, other: Sheet) -> None:
    """Raise a `UserError` unless a part has the columns of the first, in any sequence."""
    lacks, more = columns_differ(names(first), names(other))
    if lacks or more:
        said = []
        if lacks:
            said.append(T(zh="缺少“{names}”", en="lacks {names}").format(names=listed(lacks)))
        if more:
            said.append(T(zh="多出“{names}”", en="has {names} besides").format(names=listed(more)))
        raise UserError(
            T(
                zh="各部分的列应当相同：“{other}”与“{first}”相比{said}。请改正这个文件，或把它移出文件夹。",
                en="All parts need the same columns: “{other}”, compared with “{first}”, {said}. Put that file right, or take it out of the folder.",
            ).format(other=other.file.name, first=first.file.name, said=T(zh="，", en=" and ").join(said))
        )


def names(sheet: Sheet) -> list[str]:
    """Return all column names that stand in a file, also those that were not read."""
    return [str(name) for name in sheet.about.get("columns", sheet.frame.columns)]


def columns_differ(first: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Return what the other lacks and what it has besides.

    >>> columns_differ(["a", "b"], ["b", "c"])
    (['a'], ['c'])
    """
    return [name for name in first if name not in other], [name for name in other if name not in first]
