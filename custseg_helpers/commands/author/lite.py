"""`custseg lite --pyodide FOLDER`: the whole course as web pages that compute in the reader's own browser.

FOLDER is the unpacked full release of Pyodide (see `pyodide.WHERE`). The result is plain files for any web server:
nothing in them asks another address.
"""

import tempfile
from pathlib import Path

import click

from custseg_helpers.commands.parameters import PATH, option, out
from custseg_helpers.lite import pyodide, start, tools, wheels
from custseg_helpers.lite.build import build, package
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError


def parameters() -> list[click.Parameter]:
    """Return what `custseg lite` takes."""
    return [
        option(
            "--pyodide source",
            T(zh="解压好的 Pyodide {v} 发行包", en="the unpacked release of Pyodide {v}").format(
                v=pyodide.VERSION
            ),
            type=PATH,
            required=True,
            metavar="FOLDER",
        ),
        out("site/lite"),
    ]


def main(source: Path, out: Path) -> None:
    """Build the course for the browser and say how large it is."""
    if not (course_root() / "pyproject.toml").is_file():
        raise UserError(
            zh="浏览器版由源码生成，请在课程的源码文件夹里运行 custseg lite。",
            en="The browser's course is made from the sources: run custseg lite in the course's source folder.",
        )
    pyodide.read_lock(source)
    with tempfile.TemporaryDirectory(prefix="custseg-lite-") as held:
        room = Path(held)
        print(T(zh="正在准备构建工具……", en="Getting the build tools …"), flush=True)
        python = tools.environment(room / "tools")
        pure = [wheels.pure(wheel, room / "pure") for wheel in tools.download(python, room / "wheels")]
        print(T(zh="正在生成……", en="Building …"), flush=True)
        build(source, out.resolve(), room, python, [*pure, package(room / "own")])
    files = [file for file in out.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    first = sum(item["bytes"] for item in start.downloads(out)) / 1e6
    print(
        T(
            zh="浏览器版已生成：{out}（{n} 个文件，{size:.0f} MB；第一次打开下载约 {first:.0f} MB）",
            en="The browser's course is in {out} ({n} files, {size:.0f} MB; a first visit fetches about {first:.0f} MB)",
        ).format(out=out, n=len(files), size=size, first=first)
    )
