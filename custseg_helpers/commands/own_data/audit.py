"""`custseg audit company.toml`: what is wrong in the files, row and column, what it costs, and how accurate the data are."""

from pathlib import Path

import click
import numpy as np

from custseg_helpers.audit.audit import Audited, audit, headline, shown, write
from custseg_helpers.commands.parameters import OWN, argument, out
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg audit` takes."""
    return [
        argument("company", T(zh="映射文件 company.toml", en="the mapping, company.toml"), type=OWN),
        out("audit"),
    ]


def main(company: Path, out: Path) -> None:
    """Run `custseg audit`."""
    own = read_mapping(company)
    found = audit(own)
    _print(found)
    print(write(own, found, out))


def _print(found: Audited) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(headline(found))
    for remark in found.remarks:
        console.print(f"  {remark}", markup=False)
    cost = shown(found.cost)
    if len(cost):
        table = Table()
        for name in cost.columns:
            table.add_column(name)
        for row in cost.itertuples(index=False):
            table.add_row(*(_cell(cell) for cell in row))
        console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if np.isnan(value) else f"{value:,.2f}"
    return str(value)
