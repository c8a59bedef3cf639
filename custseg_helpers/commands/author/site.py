"""`custseg site`: the course as web pages in both languages, with search, without anything from outside."""

from pathlib import Path

import click

from custseg_helpers.commands.main import COMMANDS
from custseg_helpers.commands.parameters import asked_language, flag, out
from custseg_helpers.site.make import make
from custseg_helpers.words.text import LANGUAGES, Language, T


def parameters() -> list[click.Parameter]:
    """Return what `custseg site` takes."""
    return [
        out("site"),
        flag(
            "--lite",
            T(
                zh="链接到浏览器版，即使输出文件夹里还没有 lite/",
                en="link to the browser edition even if lite/ is not in the folder yet",
            ),
        ),
    ]


def main(out: Path, lite: bool) -> None:
    """Run `custseg site`."""
    languages: list[Language] = [lang] if (lang := asked_language()) else list(LANGUAGES)
    make(out, languages, COMMANDS["teach"], lite=lite or (out / "lite" / "index.html").is_file())
    print(
        T(
            zh="网站在“{out}”，从 index.html 开始看。", en="The site is in “{out}”; start with index.html."
        ).format(out=out)
    )
