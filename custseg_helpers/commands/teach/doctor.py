"""`custseg doctor`: is this laptop ready for the class? Run it on every one of them the day before."""

import click

from custseg_helpers.teach.doctor import findings
from custseg_helpers.words.text import T


def parameters() -> list[click.Parameter]:
    """Return what `custseg doctor` takes: nothing."""
    return []


def main() -> int:
    """Look this laptop over; return 0 when the laptop is ready, 1 when something is left to do."""
    found = findings()
    print("\n".join(map(str, found)))
    bad = sum(not finding.well for finding in found)
    print(
        T(zh="可以上课了。", en="Ready for class.")
        if not bad
        else T(zh="还有 {n} 处要处理。", en="{n} to put right.").format(n=bad)
    )
    return 1 if bad else 0
