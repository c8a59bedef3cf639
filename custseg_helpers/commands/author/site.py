"""`custseg site`: the course as web pages in both languages, with search, without anything from outside."""

import argparse
from pathlib import Path

from custseg_helpers.commands.main import COMMANDS
from custseg_helpers.site.make import make
from custseg_helpers.words.text import LANGUAGES, Language, T


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `custseg site` takes."""
    parser.add_argument("--lang", choices=LANGUAGES, help=str(T(zh="只做一种语言", en="one language only")))
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("site"),
        help=str(T(zh="输出文件夹，默认 site", en="output folder; default: site")),
    )
    parser.add_argument(
        "--lite",
        action="store_true",
        help=str(
            T(
                zh="链接到浏览器版，即使输出文件夹里还没有 lite/",
                en="link to the browser edition even if lite/ is not in the folder yet",
            )
        ),
    )


def main(options: argparse.Namespace) -> int:
    """Run `custseg site`."""
    languages: list[Language] = [options.lang] if options.lang else list(LANGUAGES)
    trainers = {name: summary for name, (module, summary) in COMMANDS.items() if ".teach." in module}
    make(
        options.out, languages, trainers, lite=options.lite or (options.out / "lite" / "index.html").is_file()
    )
    print(
        T(
            zh="网站在“{out}”，从 index.html 开始看。", en="The site is in “{out}”; start with index.html."
        ).format(out=options.out)
    )
    return 0
