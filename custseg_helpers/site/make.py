"""The course as web pages in both languages, with search, without anything from outside."""

import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from custseg_helpers.files.page import page
from custseg_helpers.learn.start_page import TITLE
from custseg_helpers.paths import course_root
from custseg_helpers.site import build, download, stage
from custseg_helpers.site.links import faults
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError, listed, speaking, verbatim

NEEDED = ("sphinx", "myst_nb", "pydata_sphinx_theme", "pagefind")
MARK = ".custseg-site"
"""A file that says: this folder was written by `custseg site` and may be written anew."""


def make(out: Path, languages: list[Language], commands: Mapping[str, T], *, lite: bool = False) -> None:
    """Make the site in `out`: whole, or the old one stays. What else is in the folder (`lite/`) is left alone.

    Args:
        out: the folder.
        languages: the site is made in these.
        commands: the trainers' commands and what each does, for their page.
        lite: link to the course in the browser.
    """
    root = course_root()
    if not (root / "docs").is_dir():
        raise UserError(
            zh="网站由课程的源文件夹生成：请在完整的课程文件夹里运行。",
            en="The site is made from the course's own folder: run this in a full copy of it.",
        )
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise UserError(
            T(
                zh='还缺软件包 {names}。请运行：pip install "custseg[site]"',
                en='Missing packages: {names}. Run: pip install "custseg[site]"',
            ).format(names=listed(missing))
        )
    names = [*languages, "pagefind", "index.html", download.NAME]
    if not (out / MARK).is_file() and any((out / name).exists() for name in names):
        raise UserError(
            zh=f"“{out}”里已有不是 custseg 写的网页。请换一个文件夹：--out",
            en=f"“{out}” holds pages that custseg did not write. Choose another folder: --out",
        )
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=out) as half, _progress() as progress:
        task = progress.add_task("", total=len(languages) + 3)
        site = Path(half, "site")

        def tell(done: T) -> None:
            progress.update(task, advance=1, description=str(done))

        site.mkdir()
        megabytes = download.write_zip(root, site / download.NAME)
        tell(T(zh="下载包", en="download"))
        with ProcessPoolExecutor(len(languages), mp_context=get_context("spawn")) as pool:
            waiting = [
                pool.submit(_pages, Path(half), lang, languages, commands, megabytes, lite)
                for lang in languages
            ]
            for lang, pages in zip(languages, waiting, strict=True):
                pages.result()
                build.write_fonts(site / lang)
                build.set_policy(site / lang)
                tell(T(zh=f"网页 {lang}", en=f"pages {lang}"))
        (site / "index.html").write_text(entrance(languages), encoding="utf-8")
        build.index(site)
        tell(T(zh="搜索", en="search"))
        if wrong := list(faults(site, elsewhere=("lite",) if lite else ())):
            raise UserError(verbatim("\n").join(wrong))
        tell(T(zh="链接检查", en="links"))
        (out / MARK).touch()
        for name in names:
            _replace(site / name, out / name)


def entrance(languages: list[Language]) -> str:
    """Return the page that sends to the reader's language, as chosen before or as the browser asks for it.

    >>> "en/index.html" in entrance(["zh"])
    False
    """
    with speaking(languages[0]):
        return page(
            "site/entrance.html.jinja",
            place=TITLE,
            title=" · ".join(map(TITLE.within, LANGUAGES)),
            doors={code: LANGUAGES[code] for code in languages},
        )


def _pages(
    half: Path,
    lang: Language,
    languages: list[Language],
    commands: Mapping[str, T],
    megabytes: int,
    lite: bool,
) -> None:
    source = half / f"source-{lang}"
    stage.stage(source, lang, commands, megabytes, lite=lite)
    build.build(source, half / "site" / lang, lang, languages)


def _replace(new: Path, old: Path) -> None:
    if old.is_dir():
        shutil.rmtree(old)
    new.replace(old)


def _progress() -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
