"""Several files that are one table: a folder of parts, or files listed by name.

They have the same columns, in any sequence; one month may have a column more than the others.
"""

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


def read_parts(
    stated: Sequence[Path], *, columns: list[str] | None, needed: Sequence[str] | None = None, **reading: Any
) -> Sheet:
    """Read files as one table; rows are numbered on from part to part, and `Sheet.place` tells part and row.

    Args:
        stated: files and folders of files.
        columns: those that are mapped.
        needed: of these the ones that every part must have; all of them if not given.
        reading: as for `read_sheet`; the sheet `"*"` is every sheet with the columns of the fullest.

    Raises:
        UserError: as for `read_sheet`; or a part lacks a column that is needed: both are named.
    """
    files = files_of(stated)
    if reading.get("sheet") == EVERY:
        return stacked([sheet for file in files for sheet in alike(read_sheets(file))])
    if len(files) == 1:
        return read_sheet(files[0], columns=columns, **reading)
    sheets = [read_sheet(file, columns=columns, **reading) for file in files]
    for sheet in sheets[1:]:
        same_columns(sheets[0], sheet, (columns or ()) if needed is None else needed)
    return stacked(sheets)


def are_parts(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell by their columns whether two sheets are parts of one table: at least three in four are the same.

    >>> are_parts(["no", "who", "day", "paid"], ["no", "day", "who", "paid", "note"]), are_parts(["no", "who"], ["no", "sku"])
    (True, False)
    """
    common, most = len({*one} & {*other}), max(len({*one}), len({*other}))
    if max(len(one), len(other)) > most:  # names that stand twice: only the very same columns can be matched
        return list(one) == list(other)
    return common == most or (common >= 3 and common >= 0.75 * most)


def alike(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of a workbook that have the columns of the fullest, which comes first."""
    return [sheet for sheet in sheets if are_parts(names(sheets[0]), names(sheet))]


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
    frame = pd.concat([sheet.frame for sheet in _tellable(sheets)], ignore_index=True)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    about = {key: value for key, value in sheets[0].about.items() if _all_same(sheets, key)}
    every = names(sheets[0])
    for sheet in sheets[1:]:
        every += [name for name in names(sheet) if name not in every]
    about |= {"parts": len(sheets), "columns": every}
    notes = dict.fromkeys([*(note for sheet in sheets for note in sheet.notes), *_further(sheets, parts)])
    if len(files) == 1 < len(sheets):
        said = T(
            zh="“{f}”的 {n} 个工作表列相同，合在一起读。",
            en="{n} sheets of “{f}” have the same columns and are read together.",
        )
        notes = dict.fromkeys([said.format(f=sheets[0].file.name, n=len(sheets)), *_further(sheets, parts)])
        return Sheet(frame, sheets[0].file, about | {"sheet": EVERY}, tuple(notes), tuple(parts))
    return Sheet(frame, sheets[0].file.parent, about, tuple(notes), tuple(parts))


def _tellable(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Return sheets that can be stacked; where their columns differ, no two of one sheet may have one name."""
    for sheet in sheets:
        doubled = sheet.frame.columns[sheet.frame.columns.duplicated()]
        if len(doubled) and any(list(other.frame.columns) != list(sheet.frame.columns) for other in sheets):
            raise UserError(
                T(
                    zh="“{f}”有几列都叫“{c}”，与别的部分对不上。请在文件里改掉一个列名。",
                    en="“{f}” has several columns called “{c}”, which cannot be matched to the other parts. Rename one in the file.",
                ).format(f=sheet.file.name, c=doubled[0])
            )
    return sheets


def _all_same(sheets: Sequence[Sheet], key: str) -> bool:
    """Tell whether sheets were all read in the same way, as to one thing (`header_row`, say)."""
    return all(sheet.about.get(key) == sheets[0].about.get(key) for sheet in sheets)


def _further(sheets: Sequence[Sheet], parts: Sequence[tuple[int, str, int]]) -> list[T]:
    """Say which columns stand in some of the parts only."""
    said = []
    for name in dict.fromkeys(name for sheet in sheets for name in names(sheet)):
        having = [part for sheet, (_, part, _) in zip(sheets, parts, strict=True) if name in names(sheet)]
        if len(having) < len(sheets):
            text = T(
                zh="“{c}”列只在 {n} 个部分里有（共 {all} 个），如 {f}；别处当作空。",
                en="Column “{c}” stands in {n} of the {all} parts only, in {f} for example; elsewhere it counts as empty.",
            )
            said.append(text.format(c=name, n=len(having), all=len(sheets), f=having[0]))
    return said


def same_columns(first: Sheet, other: Sheet, needed: Sequence[str]) -> None:
    """Raise a `UserError` where one of two parts lacks one of the needed columns that the other has, and name both files."""
    lacks, more = columns_differ(names(first), names(other))
    if set(more) & set(needed) and not set(lacks) & set(needed):
        first, other, lacks, more = other, first, more, lacks
    if set(lacks) & set(needed):
        said = [T(zh="缺少“{names}”", en="lacks {names}").format(names=listed(lacks))]
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
