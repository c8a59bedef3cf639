"""`custseg pack`: what a class gets, as one zip file that a laptop without programmers opens.

The zip holds the course's folder as learners need it: the chosen lessons in one language, the package, the data, and
a file to double-click. Answers may come later, as a second zip to unpack over the first. With `--wheels` it brings the
software along, for rooms without network.
"""

import tempfile
from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, argument, flag, lessons, option, several
from custseg_helpers.course.syllabus import chosen
from custseg_helpers.files.zips import write_zip
from custseg_helpers.teach.pack import class_pack, solutions_pack, spans, wheel_files
from custseg_helpers.teach.pack_wheels import target, this_machine
from custseg_helpers.words.text import T, UserError, language


def parameters() -> list[click.Parameter]:
    """Return what `custseg pack` takes."""
    return [
        argument(
            "out",
            T(zh="写到哪个 zip 文件", en="the zip file to write"),
            type=PATH,
            required=False,
            metavar="OUT.zip",
        ),
        lessons(),
        flag("--no-solutions", T(zh="先不给参考答案", en="keep the model answers")),
        flag(
            "--solutions-only",
            T(
                zh="只打包参考答案，课后发，解压到课程文件夹里",
                en="only the model answers, to unpack later into the course's folder",
            ),
        ),
        option(
            "--wheels",
            T(
                zh="连同软件包一起，供没有网的教室用；写了文件夹就从那里取，不上网",
                en="with the software, for rooms without network; from FOLDER, if named, else downloaded",
            ),
            type=PATH,
            is_flag=False,
            flag_value=".",
            metavar="[FOLDER]",
        ),
        option(
            "--wheels-for",
            T(
                zh="给哪些电脑的软件包，如 windows-3.12,mac-3.12，可以写几次；默认同这台电脑",
                en="for which machines, such as windows-3.12,mac-3.12; may be repeated; default: like this one",
            ),
            multiple=True,
            metavar="SYSTEM-PYTHON",
        ),
    ]


def main(
    *,
    out: Path | None,
    lessons: str | None,
    no_solutions: bool,
    solutions_only: bool,
    wheels: Path | None,
    wheels_for: tuple[str, ...],
) -> None:
    """Run `custseg pack`."""
    if out is None and wheels and wheels.suffix.lower() == ".zip":
        out, wheels = wheels, Path()  # `pack --wheels class.zip`: the file to write, no folder of wheels
    if out is None:
        raise UserError(
            zh="写到哪里？例如：custseg pack 课程.zip", en="Written where? As in: custseg pack class.zip"
        )
    if no_solutions and solutions_only:
        raise UserError(
            zh="--no-solutions 和 --solutions-only 只能写一个。",
            en="Give --no-solutions or --solutions-only, not both.",
        )
    numbers, lang = chosen(lessons), language()
    if out.suffix.lower() != ".zip":
        raise UserError(T(zh="“{out}”应以 .zip 结尾。", en="“{out}” should end with .zip.").format(out=out))
    with_wheels = wheels is not None or wheels_for
    if solutions_only and with_wheels:
        raise UserError(
            zh="--solutions-only 只有答案，不能带 --wheels。",
            en="--solutions-only holds answers alone and takes no --wheels.",
        )
    if solutions_only:
        size = write_zip(solutions_pack(numbers, lang), out)
    else:
        targets = [target(name) for name in several(wheels_for) or [this_machine()]] if with_wheels else []
        files = class_pack(numbers, lang, solutions=not no_solutions, targets=targets)
        with tempfile.TemporaryDirectory() as folder:
            found = wheel_files(targets, Path(folder), wheels)
            size = write_zip(files, out, found)
    print(
        T(
            zh="“{out}”：第 {lessons} 课，{size}。",
            en="“{out}”: lessons {lessons}, {size}.",
        ).format(
            out=out,
            lessons=spans(numbers),
            size=f"{size / 1e6:.1f} MB" if size > 1e6 else f"{size / 1e3:.0f} KB",
        )
    )
