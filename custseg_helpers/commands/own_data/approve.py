"""`custseg approve scheme.toml --by NAME`: put a name under a grouping scheme."""

from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, argument, option
from custseg_helpers.governance.scheme import approve, read_scheme, standing
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg approve` takes."""
    return [
        argument("scheme", T(zh="方案文件 scheme.toml", en="the scheme, scheme.toml"), type=PATH),
        option("--by", T(zh="审批人，不能是编制人", en="who approves; not its author"), required=True),
    ]


def main(scheme: Path, by: str) -> None:
    """Show what is being approved, approve it, and say how the scheme stands."""
    draft = read_scheme(scheme)
    for name, threshold in draft.thresholds.items():
        print(f"{name} = {threshold}")
    print(standing(approve(draft, by=by)).text)
