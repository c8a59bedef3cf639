"""`custseg pack`: what a class gets, as one zip file that a laptop without programmers opens.

The zip holds the course's folder as learners need it: the chosen lessons in one language, the package, the data, and
a file to double-click. Answers may come later, as a second zip to unpack over the first. With `--wheels` it brings the
software along, for rooms without network.
"""

import argparse
import tempfile
from pathlib import Path

from custseg_helpers.course.syllabus import chosen
from custseg_helpers.files.zips import write_zip
from custseg_helpers.teach.pack import class_pack, solutions_pack, spans, wheel_files
from custseg_helpers.teach.pack_wheels import target, this_machine
from custseg_helpers.words.text import LANGUAGES, T, UserError, language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `custseg pack`."""
    add = parser.add_argument
    add("out", type=Path, help=str(T(zh="写到哪个 zip 文件", en="the zip file to write")))
    add("--lessons", default="00-15", help=str(T(zh="哪些课，如 00-07", en="which lessons, such as 00-07")))
    add("--lang", choices=LANGUAGES, default=language(), help=str(T(zh="班级的语言", en="the class's language")))  # fmt: skip
    answers = parser.add_mutually_exclusive_group()
    answers.add_argument(
        "--no-solutions", action="store_true", help=str(T(zh="先不给参考答案", en="keep the model answers"))
    )
    answers.add_argument(
        "--solutions-only",
        action="store_true",
        help=str(
            T(
                zh="只打包参考答案，课后发，解压到课程文件夹里",
                en="only the model answers, to unpack later into the course's folder",
            )
        ),
    )
    add(
        "--wheels",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FOLDER",
        help=str(
            T(
                zh="连同软件包一起，供没有网的教室用；写了文件夹就从那里取，不上网",
                en="with the software, for rooms without network; from FOLDER, if named, else downloaded",
            )
        ),
    )
    add(
        "--wheels-for",
        nargs="+",
        default=[],
        metavar="SYSTEM-PYTHON",
        help=str(
            T(
                zh="给哪些电脑的软件包，如 windows-3.12 windows-3.13 mac-3.12；默认同这台电脑",
                en="for which machines, such as windows-3.12 windows-3.13 mac-3.12; default: like this one",
            )
        ),
    )


def main(options: argparse.Namespace) -> int:
    """Run `custseg pack`."""
    numbers, lang = chosen(options.lessons), options.lang
    if options.out.suffix.lower() != ".zip":
        raise UserError(zh=f"“{options.out}”应以 .zip 结尾。", en=f"“{options.out}” should end with .zip.")
    with_wheels = options.wheels is not None or options.wheels_for
    if options.solutions_only and with_wheels:
        raise UserError(
            zh="--solutions-only 只有答案，不能带 --wheels。",
            en="--solutions-only holds answers alone and takes no --wheels.",
        )
    if options.solutions_only:
        size = write_zip(solutions_pack(numbers, lang), options.out)
    else:
        targets = [target(name) for name in options.wheels_for or [this_machine()]] if with_wheels else []
        files = class_pack(numbers, lang, solutions=not options.no_solutions, targets=targets)
        with tempfile.TemporaryDirectory() as folder:
            wheels = wheel_files(targets, Path(folder), options.wheels)
            size = write_zip(files, options.out, wheels)
    print(
        T(
            zh="“{out}”：第 {lessons} 课，{size}。",
            en="“{out}”: lessons {lessons}, {size}.",
        ).format(
            out=options.out,
            lessons=spans(numbers),
            size=f"{size / 1e6:.1f} MB" if size > 1e6 else f"{size / 1e3:.0f} KB",
        )
    )
    return 0
