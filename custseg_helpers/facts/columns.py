"""Which columns a table has, on any engine, and what to say when one is missing."""

from typing import Any

import pandas as pd

from custseg_helpers.words.text import T, UserError, listed


def column_names(table: Any) -> list[str]:
    """Return the column names of a table of any engine."""
    if isinstance(table, pd.DataFrame):
        return list(table.columns)
    from custseg_helpers.facts.engines import opened

    return opened(table).collect_schema().names()


def need(table: Any, columns: list[str]) -> None:
    """Raise a `UserError` that names the columns the table lacks."""
    known = column_names(table)
    missing = [column for column in columns if column not in known]
    if missing:
        raise UserError(
            T(zh="表里缺少列：{names}。", en="The table lacks columns: {names}.").format(
                names=listed(missing)
            )
        )
