"""`custseg collect`: a folder of handed-in workbooks becomes one graded class.

Each workbook is graded on its own (see `grading.grade`), two at a time. Every grade is noted as soon as it is there, so
a run that was stopped goes on where it was, and a late workbook costs only its own time.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from custseg_helpers.company.company import SAMPLES
from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.collect import NO_SANDBOX, SEED, collect
from custseg_helpers.grading.sandbox import Limits
from custseg_helpers.words.text import T, UserError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg collect`."""
    parser.add_argument(
        "folder", type=Path, help=str(T(zh="交上来的文件夹", en="the folder of handed-in work"))
    )
    parser.add_argument(
        "--out", type=Path, default=Path("class"), help=str(T(zh="结果文件夹", en="the folder of results"))
    )
    parser.add_argument(
        "--company",
        choices=SAMPLES,
        default="retail",
        help=str(T(zh="全班用的公司", en="the class's company")),
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help=str(T(zh="批改用哪一份数据", en="which data to grade on"))
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=Limits.seconds,
        help=str(T(zh="一份练习册最多运行几秒", en="seconds a workbook may run")),
    )
    parser.add_argument(
        "--without-sandbox",
        action="store_true",
        help=str(T(zh="确认不用沙箱运行学员的代码", en="confirm running learners' code without a sandbox")),
    )


def main(options: argparse.Namespace) -> int:
    """Run `custseg collect` with a progress bar, and say where the results are."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if options.seconds <= 0 or options.seed < 0:
        raise UserError(
            zh="--seconds 要大于 0，--seed 不能是负数。",
            en="--seconds must be above 0, --seed not negative.",
        )
    if options.without_sandbox:
        print(NO_SANDBOX, file=sys.stderr)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    words = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    try:
        with Progress(*words, console=Console(stderr=True)) as bar:
            line = bar.add_task(str(T(zh="批改", en="grading")), total=None)
            graded = collect(
                options.folder,
                options.out,
                company=options.company,
                seed=options.seed,
                limits=Limits(seconds=options.seconds),
                shut_in=not options.without_sandbox,
                done=lambda count, total, _: bar.update(line, completed=count, total=total),
            )
    except KeyboardInterrupt:
        print(
            T(
                zh="已停下。再运行同一条命令，就从这里接着批改。",
                en="Stopped. Run the same command again to go on from here.",
            ),
            file=sys.stderr,
        )
        return 130
    print(_summary(graded, options.out))
    return 0


def _summary(graded: Sequence[Graded], out: Path) -> T:
    learners = len({one.entry.learner for one in graded})
    trouble = sum(one.reason is not None for one in graded)
    return T(
        zh=f"{learners} 位学员，{sum(one.result is not None for one in graded)} 份练习册，{trouble} 个文件有问题（都写了原因）。请看 {out / 'class.html'}",
        en=f"{learners} learners, {sum(one.result is not None for one in graded)} workbooks; {trouble} files with trouble, each with its reason. See {out / 'class.html'}",
    )
