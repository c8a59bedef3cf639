"""`custseg doctor`: is this laptop ready for the class? Run it on every one of them the day before."""

import argparse

from custseg_helpers.teach.doctor import findings
from custseg_helpers.words.text import T


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`custseg doctor` takes no arguments."""


def main(_: argparse.Namespace) -> int:
    """Run `custseg doctor`; 0 when the laptop is ready, 1 when something is left to do."""
    found = findings()
    print("\n".join(map(str, found)))
    bad = sum(not finding.well for finding in found)
    print(
        T(zh="可以上课了。", en="Ready for class.")
        if not bad
        else T(zh=f"还有 {bad} 处要处理。", en=f"{bad} to put right.")
    )
    return 1 if bad else 0
