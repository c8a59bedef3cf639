"""`custseg collect`: a folder of handed-in workbooks becomes one graded class.

Each workbook is graded on its own (see `grading.grade`), two at a time. Every grade is noted as soon as it is there, so
a run that was stopped goes on where it was, and a late workbook costs only its own time.
"""

import os
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, argument, flag, option, out
from custseg_helpers.company.company import SAMPLES
from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.collect import NO_SANDBOX, collect
from custseg_helpers.grading.sandbox import Limits
from custseg_helpers.grading.text_marks import NAME as MARKS_FILE
from custseg_helpers.words.text import T, UserError


def parameters() -> list[click.Parameter]:
    """Return what `custseg collect` takes."""
    return [
        argument("folder", T(zh="交上来的文件夹", en="the folder of handed-in work"), type=PATH),
        out("class"),
        option(
            "--company",
            T(zh="全班用的公司", en="the class's company"),
            type=click.Choice(SAMPLES),
            default="retail",
        ),
        option(
            "--seed",
            T(
                zh="批改用哪一份数据（默认：第一次批改时抽一份，以后不变）",
                en="which data to grade on (drawn at the first grading and kept)",
            ),
            type=int,
            default=None,
        ),
        option(
            "--seconds",
            T(zh="一份练习册最多运行几秒", en="seconds a workbook may run"),
            type=float,
            default=Limits.seconds,
        ),
        option(
            "--names",
            T(zh="名单：哪个文件是谁的（CSV）", en="a list of names: whose a file is (CSV)"),
            type=PATH,
            default=None,
        ),
        flag(
            "--without-sandbox",
            T(zh="确认不用沙箱运行学员的代码", en="confirm running learners' code without a sandbox"),
        ),
        flag(
            "--mark",
            T(
                zh="批完后打开一页，给说明题评分",
                en="then open a page on which to mark written answers",
            ),
        ),
        flag(
            "--no-browser",
            T(zh="用 --mark 时只显示网址，不打开浏览器", en="with --mark: print the address only"),
        ),
    ]


def main(
    *,
    folder: Path,
    out: Path,
    company: str,
    seed: int | None,
    seconds: float,
    names: Path | None,
    without_sandbox: bool,
    mark: bool,
    no_browser: bool,
) -> int:
    """Run `custseg collect` with a progress bar, let texts be marked where asked, and say where the results are."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if seconds <= 0 or (seed is not None and seed < 0):
        raise UserError(
            zh="--seconds 要大于 0，--seed 不能是负数。",
            en="--seconds must be above 0, --seed not negative.",
        )
    if without_sandbox:
        print(NO_SANDBOX, file=sys.stderr)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    grade = partial(
        collect,
        folder,
        out,
        company=company,
        seed=seed,
        limits=Limits(seconds=seconds),
        shut_in=not without_sandbox,
        names=names,
    )
    words = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    try:
        with Progress(*words, console=Console(stderr=True)) as bar:
            line = bar.add_task(str(T(zh="批改", en="grading")), total=None)
            graded = grade(done=lambda count, total, _: bar.update(line, completed=count, total=total))
    except KeyboardInterrupt:
        print(
            T(
                zh="已停下。再运行同一条命令，就从这里接着批改。",
                en="Stopped. Run the same command again to go on from here.",
            ),
            file=sys.stderr,
        )
        return 130
    if mark:
        _mark(graded, out, browser=not no_browser)
        graded = grade()  # what is graded is kept: this writes the tables with the marks
    print(_summary(graded, out))
    return 0


def _mark(graded: Sequence[Graded], out: Path, *, browser: bool) -> None:
    """Serve the marking page until the trainer is done, or stops it."""
    from custseg_helpers.grading.marking import mark

    def opened(address: str) -> None:
        print(
            T(
                zh="请打开（评完按页上的按钮，或在这里按 Ctrl+C）：{address}",
                en="Open this page (its button, or Ctrl+C here, ends it): {address}",
            ).format(address=address),
            flush=True,
        )
        if browser:
            webbrowser.open(address)

    with suppress(KeyboardInterrupt):
        mark(graded, out / MARKS_FILE, opened)


def _summary(graded: Sequence[Graded], out: Path) -> T:
    learners = len({one.entry.learner for one in graded})
    trouble = sum(one.reason is not None for one in graded)
    return T(
        zh="{learners} 位学员，{workbooks} 份练习册，{trouble} 个文件有问题（都写了原因）。请看 {page}",
        en="{learners} learners, {workbooks} workbooks; {trouble} files with trouble, each with its reason. See {page}",
    ).format(
        learners=learners,
        workbooks=sum(one.result is not None for one in graded),
        trouble=trouble,
        page=out / "class.html",
    )
