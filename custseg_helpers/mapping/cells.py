"""A file's cells as values: the mapped columns, each read by its kind, and marks of the rows that say nothing.

Nothing is repaired by guessing. What could not be read is listed by row and column.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from custseg_helpers.mapping.columns import field_kinds
from custseg_helpers.mapping.keys import Orders, Source
from custseg_helpers.reading.dates import dates
from custseg_helpers.reading.numbers import currencies, numbers, texts
from custseg_helpers.reading.sheet import Sheet
from custseg_helpers.words.text import T, UserError, listed

LISTED = 100_000
"""At most so many unreadable values are listed; all are counted."""


def pick(sheet: Sheet, source: Source) -> pd.DataFrame:
    """Return the mapped columns under their standard names; a missing or doubled one is a `UserError`."""
    names = [str(name) for name in sheet.about.get("columns", sheet.frame.columns)]
    for standard, column in source.columns.items():
        if names.count(column) > 1:
            raise UserError(
                T(
                    zh="“{file}”有 {n} 列都叫“{column}”，分不清哪一列是 {standard}。请在文件里改掉一个列名。",
                    en="“{file}” has {n} columns called “{column}”: which one is {standard}? Rename one in the file.",
                ).format(file=source.file.name, n=names.count(column), column=column, standard=standard)
            )
        if column not in names:
            raise UserError(
                T(
                    zh="“{file}”里没有“{column}”列（映射给 {standard}）。有：{names}。",
                    en="“{file}” has no column “{column}” (mapped to {standard}). It has: {names}.",
                ).format(file=source.file.name, column=column, standard=standard, names=listed(names[:30]))
            )
    if sheet.frame.empty:
        raise UserError(
            zh=f"“{source.file.name}”只有表头，没有数据。",
            en=f"“{source.file.name}” has a header and no data.",
        )
    return pd.DataFrame({standard: sheet.frame[column] for standard, column in source.columns.items()})


def read_fields(
    frame: pd.DataFrame, source: Source, zone: str, sheet: Sheet
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every mapped column by its kind; return the values and the list of what could not be read."""
    _one_currency(frame, source, sheet)
    kinds, read = field_kinds(source.table), {}
    problems = [pd.DataFrame(columns=["row", "column", "value", "problem"])]
    for name, column in frame.items():
        kind = kinds[str(name)]
        if kind == "date":
            order = None if source.dates == "ymd" else source.dates
            read[name], bad, unsure = dates(column, order, zone)  # type: ignore[arg-type]
            _ask(column, unsure, source.columns[str(name)], source.table, sheet)
            problems.append(_unread(column, bad, source.columns[str(name)], "date"))
        elif kind in ("integer", "decimal", "money", "share"):
            read[name], bad = numbers(column)
            problems.append(_unread(column, bad, source.columns[str(name)], "number"))
        else:
            read[name] = ids(column)
    unread = pd.concat([found for found in problems if len(found)] or problems)
    return pd.DataFrame(read, index=frame.index), unread.sort_values(["row", "column"], kind="stable")


def ids(column: pd.Series) -> pd.Series:
    """Read ids and words as trimmed text, empty as None; a number that a spreadsheet made a float reads whole.

    >>> ids(pd.Series([17850.0, " C1 ", "", None])).tolist()
    ['17850', 'C1', None, None]
    """
    places, distinct = texts(column)
    named = np.array([*map(_name, distinct), None], dtype=object)
    return pd.Series(named[places], index=column.index, name=column.name, dtype=object)


def _name(value: object) -> str | None:
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip() or None


def _one_currency(frame: pd.DataFrame, source: Source, sheet: Sheet) -> None:
    """Raise a `UserError` where the amounts are written in more than one currency."""
    for name in ("amount", "price"):
        found = currencies(frame[name]) if name in frame else {}
        if len(found) > 1:
            rows = {sign: sheet.row_name(int(frame.index[place])) for sign, place in found.items()}
            raise UserError(
                T(
                    zh="“{column}”列混有多种货币：{found}。请先换算成一种，或按币种分成几个文件。",
                    en="Column “{column}” mixes currencies: {found}. Convert them to one, or make one file per currency.",
                ).format(column=source.columns[name], found=with_places(rows))
            )


def with_places(found: Mapping[str, T]) -> T:
    """List currencies, each with the row in which it was first seen."""
    named = T(zh="{sign}（{row}）", en="{sign} ({row})")
    return listed(named.format(sign=sign, row=row) for sign, row in found.items())


def _ask(column: pd.Series, unsure: np.ndarray, name: str, table: str, sheet: Sheet) -> None:
    if unsure.any():
        place = int(np.argmax(unsure))
        row = sheet.row_name(int(column.index[place]))
        raise UserError(
            T(
                zh="“{value}”（{row}，“{name}”列）是哪天？共 {n} 个日期日月不明。"
                '请在映射文件的 [{table}] 里写 dates = "dmy"（日在前）或 dates = "mdy"（月在前）。',
                en="Which day is “{value}” ({row}, column “{name}”)? {n} dates could be read either way. "
                'Write dates = "dmy" (day first) or dates = "mdy" (month first) under [{table}] in the mapping.',
            ).format(value=column.iloc[place], row=row, name=name, n=int(unsure.sum()), table=table)
        )


def _unread(column: pd.Series, bad: np.ndarray, name: str, kind: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": column.index[bad],
            "column": name,
            "value": column[bad].astype(str).to_numpy(dtype=object),
            "problem": kind,
        }
    )


def marked(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Tell of the cells of each row what the cleaning plan wants to know: all empty, to be skipped, written before."""
    repeats = isinstance(source, Orders) and source.duplicates == "drop"
    return pd.DataFrame(
        {
            "blank_row": frame.isna().all(axis=1),
            "skipped": skipped(frame, source),
            "duplicate": frame.duplicated() if repeats else False,
        },
        index=frame.index,
    )


def skipped(frame: pd.DataFrame, source: Source) -> np.ndarray:
    """Tell which rows the mapping says not to count."""
    found = np.zeros(len(frame), dtype=bool)
    for name, values in source.skip.items():
        found |= ids(frame[name]).isin(values).to_numpy()
    for name, values in source.only.items():
        found |= ~ids(frame[name]).isin(values).to_numpy()
    return found
