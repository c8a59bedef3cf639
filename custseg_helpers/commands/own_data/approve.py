"""`custseg approve scheme.toml --by NAME`: put a name under a grouping scheme."""

import argparse
from pathlib import Path

from custseg_helpers.governance.scheme import approve, read_scheme, standing
from custseg_helpers.words.text import T


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg approve`."""
    parser.add_argument(
        "scheme", type=Path, help=str(T(zh="方案文件 scheme.toml", en="the scheme, scheme.toml"))
    )
    parser.add_argument(
        "--by", required=True, help=str(T(zh="审批人，不能是编制人", en="who approves; not its author"))
    )


def main(options: argparse.Namespace) -> int:
    """Show what is being approved, approve it, and say how the scheme stands."""
    scheme = read_scheme(options.scheme)
    for name, threshold in scheme.thresholds.items():
        print(f"{name} = {threshold}")
    print(standing(approve(scheme, by=options.by)).text)
    return 0
