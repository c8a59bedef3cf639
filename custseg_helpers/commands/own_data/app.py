"""`custseg app`: the own-data page alone, for people who never see a notebook; served by Voilà on this computer only.

Each visitor gets a folder of her own, which goes when she closes the page; all of them go when the server stops.
There is no password: whoever uses this computer can open the page, nobody else can reach it.
"""

import json
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from custseg_helpers.commands.parameters import flag, option
from custseg_helpers.learn.lab import check_port
from custseg_helpers.own_page.page import TITLE
from custseg_helpers.words.text import Language, T, UserError, language

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
        from voila.app import Voila
    except ImportError:
        raise UserError(
            zh="还没有安装 Voilà。请运行：python -m pip install voila",
            en="Voilà is not installed. Run: python -m pip install voila",
        ) from None
    from tornado.ioloop import IOLoop
    from traitlets.config import Config

    with TemporaryDirectory(prefix="custseg-app-") as home:
        page = Path(home, PAGE)
        page.write_text(notebook(lang), encoding="utf-8")
        without_network(Path(home, "jupyter"))
        os.environ |= {"CUSTSEG_LANG": lang, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        server = Voila.instance(config=Config(settings(port, lang, browser=not no_browser)))
        server.initialize([str(page)])
        ready = T(zh="请打开（按 Ctrl+C 结束）：{address}", en="Open this page (Ctrl+C stops it): {address}")
        # Voilà starts to listen before its loop runs; only then is the port known.
        IOLoop.current().add_callback(
            lambda: print(ready.format(address=f"http://127.0.0.1:{server.port}/"), flush=True)
        )
        server.start()


def settings(port: int | None, lang: Language, *, browser: bool) -> dict[str, dict[str, Any]]:
    """Return Voilà's settings: on this computer only, a kernel started ahead, nothing but the page shown."""
    return {
        "Voila": {
            "ip": "127.0.0.1",
            "port": port or 8866,
            "port_retries": 0 if port else 200,
            "open_browser": browser,
            "log_level": "CRITICAL",
        },
        "VoilaConfiguration": {"strip_sources": True, "preheat_kernel": True},
        "VoilaExporter": {"language_code": lang},
        "VoilaKernelManager": {"kernel_pools_config": {"default": {"pool_size": 1}}},
        "KernelManager": {"transport_encryption": "auto"},
    }


def without_network(folder: Path) -> None:
    """Put Voilà's templates, without the icon fonts that they load from a public server, before its own."""
    from jupyter_core.paths import jupyter_path

    for name in ("lab/index.html.j2", "base/page.html"):
        original = next(path for path in map(Path, jupyter_path("voila", "templates", name)) if path.exists())
        copy = folder / "voila" / "templates" / name
        copy.parent.mkdir(parents=True)
        text = re.sub(r"<link[^>]*https?://[^>]*>", "", original.read_text(encoding="utf-8"))
        copy.write_text(text, encoding="utf-8")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(folder), before]))


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
