"""`custseg app`: the own-data page alone, for people who never see a notebook; served by Voilà on this computer only.

Each visitor gets a folder of her own, which goes when she closes the page; all of them go when the server stops.
The address that is printed holds a secret: without it nobody opens the page, from this computer or another.
"""

import json
import os
import secrets
import webbrowser

import click

from custseg_helpers.commands.parameters import flag, option
from custseg_helpers.files.passing import passing_folder
from custseg_helpers.learn.lab import check_port
from custseg_helpers.own_page.page import TITLE
from custseg_helpers.words.text import T, UserError, language

PAGE = "adapt.ipynb"
CODE = """from custseg_helpers import use_language
from custseg_helpers.own_page import page

use_language("{lang}")
page.visit()"""


def parameters() -> list[click.Parameter]:
    """Return what `custseg app` takes."""
    return [
        option("--port", T(zh="端口，默认自选", en="port; a free one by default"), type=int),
        flag("--no-browser", T(zh="只显示网址，不打开浏览器", en="print the address only")),
    ]


def main(port: int | None, no_browser: bool) -> None:
    """Serve the page; return when it is stopped."""
    lang = language()
    if port:
        check_port(port)
    try:
        import voila  # noqa: F401
    except ImportError:
        raise UserError(
            zh="还没有安装 Voilà。请运行：python -m pip install voila",
            en="Voilà is not installed. Run: python -m pip install voila",
        ) from None
    from tornado.ioloop import IOLoop
    from traitlets.config import Config

    from custseg_helpers.own_page.served import App, settings, without_network

    def opened() -> None:
        address = f"http://127.0.0.1:{server.port}/?token={token}"
        print(ready.format(address=address), flush=True)
        if not no_browser:
            webbrowser.open(address)

    token = secrets.token_hex(24)
    ready = T(zh="请打开（按 Ctrl+C 结束）：{address}", en="Open this page (Ctrl+C stops it): {address}")
    with passing_folder("app") as home:
        page = home / PAGE
        page.write_text(notebook(lang), encoding="utf-8")
        without_network(home / "jupyter")
        os.environ |= {"CUSTSEG_LANG": lang, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        server = App.instance(config=Config(settings(port, lang, token)))
        server.initialize([str(page)])
        # Voilà starts to listen before its loop runs; only then is the port known.
        IOLoop.current().add_callback(opened)
        server.start()


def notebook(lang: str) -> str:
    """Return the page as a notebook of one cell, whose title stands in the browser's tab."""
    code = {"cell_type": "code", "id": "page", "metadata": {}, "source": CODE.format(lang=lang)}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {TITLE.within(lang)}"}
    book = {
        "cells": [title, code | {"execution_count": None, "outputs": []}],
        "metadata": {"kernelspec": kernel, "title": TITLE.within(lang)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book, ensure_ascii=False)
