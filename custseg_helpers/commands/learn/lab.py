"""`custseg lab`: fill the learner's folder and open JupyterLab there, on this computer only."""

import os
from pathlib import Path

import click

from custseg_helpers.commands.learn.reset import lesson_language
from custseg_helpers.commands.parameters import flag, option
from custseg_helpers.learn.lab import check_port, prepare, serve
from custseg_helpers.paths import located, my_folder
from custseg_helpers.words.text import T, use_language


def parameters() -> list[click.Parameter]:
    """Return what `custseg lab` takes."""
    return [
        option("--port", T(zh="端口，默认自选", en="port; a free one by default"), type=int),
        flag("--no-browser", T(zh="只显示网址，不打开浏览器", en="print the address only")),
        option(
            "--company",
            T(zh="用自己的数据上课", en="take the lessons on your own data"),
            metavar="company.toml",
            envvar="CUSTSEG_COMPANY",
        ),
    ]


def main(port: int | None, no_browser: bool, company: str | None) -> None:
    """Open the course in JupyterLab; return when it is stopped."""
    lang = lesson_language()
    use_language(lang)
    if port:
        check_port(port)
    own = chosen_company(company) if company else None
    home = my_folder()
    for name, new in prepare(home, lang, own).items():
        print(
            T(
                zh="{name} 有更新。你改过的保持原样，新版在旁边：{new}",
                en="{name} has been updated. Yours is untouched; the new one is beside it: {new}",
            ).format(name=name, new=new)
        )
    if own:
        print(own)
    print(T(zh="正在启动 JupyterLab……", en="Starting JupyterLab …"), flush=True)
    serve(home, lang, port=port, browser=not no_browser)


def chosen_company(name: str) -> T | None:
    """Have the lessons run on a company; return whose data they are and what is borrowed, if they are a team's own.

    The data are read now, so that a slip in the mapping is said before the browser opens.
    """
    from custseg_helpers.mapping.in_lessons import opening
    from custseg_helpers.mapping.load import load

    company = load(name)
    os.environ["CUSTSEG_COMPANY"] = os.path.abspath(located(Path(name))) if company.own else name
    return opening(company) if company.own else None
