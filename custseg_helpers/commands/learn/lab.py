"""`custseg lab`: fill the learner's folder and open JupyterLab there, on this computer only."""

import argparse
import os

from custseg_helpers.learn.folder import languages, my_folder
from custseg_helpers.learn.lab import check_port, prepare, serve
from custseg_helpers.words.text import T, use_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `custseg lab` takes."""
    parser.add_argument("--lang", choices=languages(), default=languages()[0])
    parser.add_argument(
        "--port", type=int, help=str(T(zh="端口，默认自选", en="port; a free one by default"))
    )
    parser.add_argument(
        "--no-browser",
        action="store_true",
        help=str(T(zh="只显示网址，不打开浏览器", en="print the address only")),
    )
    parser.add_argument(
        "--company",
        metavar="company.toml",
        default=os.environ.get("CUSTSEG_COMPANY"),
        help=str(T(zh="用自己的数据上课", en="take the lessons on your own data")),
    )


def main(options: argparse.Namespace) -> int:
    """Open the course in JupyterLab; return when it is stopped."""
    use_language(options.lang)
    if options.port:
        check_port(options.port)
    own = chosen_company(options.company) if options.company else None
    home = my_folder()
    for name, new in prepare(home, options.lang, own).items():
        print(
            T(
                zh="{name} 有更新。你改过的保持原样，新版在旁边：{new}",
                en="{name} has been updated. Yours is untouched; the new one is beside it: {new}",
            ).format(name=name, new=new)
        )
    if own:
        print(own)
    print(T(zh="正在启动 JupyterLab……", en="Starting JupyterLab …"), flush=True)
    serve(home, options.lang, port=options.port, browser=not options.no_browser)
    return 0


def chosen_company(name: str) -> T | None:
    """Have the lessons run on a company; return whose data they are and what is borrowed, if they are a team's own.

    The data are read now, so that a slip in the mapping is said before the browser opens.
    """
    from custseg_helpers.mapping.in_lessons import opening
    from custseg_helpers.mapping.load import load

    company = load(name)
    os.environ["CUSTSEG_COMPANY"] = os.path.abspath(name) if company.own else name
    return opening(company) if company.own else None
