"""Everything that must hold before a change goes out; `python3 start.py test` runs it.

Style and types first, because they are quick; then the tests; then the generated notebooks, cell by cell:
solutions must print what is stored, lessons must run. `python3 start.py test --fast` is for in between: style, types,
and the tests that need no browser, no engine and no patience.
"""

import argparse
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence

from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T

TWO_CORES = "-n 2 --dist loadfile"
NBVAL = f"--random-order-bucket=none --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg {TWO_CORES}"
STEPS = {
    "ruff check .": T(zh="代码检查", en="lint"),
    "ruff format --check .": T(zh="代码格式", en="format"),
    "mypy": T(zh="类型检查", en="types"),
    "custseg_helpers build --check": T(zh="笔记本与课程源文件一致", en="notebooks agree with the lessons"),
    f"pytest {TWO_CORES}": T(zh="测试", en="tests"),
    f"pytest --nbval solutions {NBVAL}": T(zh="答案本逐格核对", en="solutions, cell by cell"),
    f"pytest --nbval-lax notebooks {NBVAL}": T(zh="讲义逐格运行", en="lessons, cell by cell"),
    "tools.browser_pins": T(zh="浏览器版的软件包版本", en="everything under the browser's versions"),
}
"""Each step: the module that Python runs, and what people call it."""

QUICK = f"pytest {TWO_CORES} -m 'not (slow or browser or engines)'"
FAST = {step: STEPS[step] for step in ("ruff check .", "ruff format --check .", "mypy")} | {
    QUICK: T(zh="快的测试", en="the quick tests")
}
"""What is worth waiting for after every change: under two minutes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every step, even after a failure; return the first exit code that is not zero."""
    parser = argparse.ArgumentParser(prog="start.py test")
    parser.add_argument(
        "--fast",
        action="store_true",
        help=str(T(zh="只做格式、类型和快的测试", en="style, types and the quick tests only")),
    )
    steps = FAST if parser.parse_args(arguments).fast else STEPS
    failed: dict[str, int] = {}
    for number, (command, title) in enumerate(steps.items(), 1):
        print(f"\n[{number}/{len(steps)}] {title}: {command}", flush=True)
        started = time.monotonic()
        quiet = os.environ | {"CUSTSEG_PROGRESS": os.devnull}  # no progress file beside the notebooks
        code = subprocess.call([sys.executable, "-m", *shlex.split(command)], cwd=course_root(), env=quiet)
        print(f"{'✗' if code else '✓'} {title}, {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed[str(title)] = code
    if failed:
        print(T(zh="没有通过：{steps}", en="Failed: {steps}").format(steps="; ".join(failed)))
    else:
        print(T(zh="全部通过。", en="All passed."))
    return next(iter(failed.values()), 0)


if __name__ == "__main__":
    sys.exit(main())
