"""What the file panel holds: for each language the start page, lessons, workbooks and the own-data page."""

import hashlib
import json
from pathlib import Path
from typing import Any

from custseg_helpers.learn.folder import originals
from custseg_helpers.learn.start_page import AGAIN, NAME, OWN_DATA, sources, start_page
from custseg_helpers.words.text import Language, T

DRIVE = Path("/drive")
"""Where the browser's file panel is, for Python."""
KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
SPEECH = {
    "codemirror_mode": {"name": "python", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.8",
}
"""What the browser's kernel says of its language; a page that says it already is not changed by being opened."""

KEEP = T(
    zh="""## 我的作业在哪里

一切都在这个浏览器里：讲义、练习册、进度和你上传的数据都不会发到任何服务器。换一台电脑、换一个浏览器，或者清除浏览数据以后，它们就不在了。所以收工前运行下面这一格，**下载我的作业**；下次在哪里学，就在哪里**接着上次学**。

- 记得保存：<kbd>Ctrl</kbd> + <kbd>S</kbd>，Mac 用 <kbd>⌘</kbd> + <kbd>S</kbd>。
- 想重做一课的练习：在左边文件栏里用右键删除那份练习册，再刷新网页，它就恢复原样。
- 这里装不下特别大的文件：几十 MB 以内的表没有问题，再大请在电脑上安装课程。""",
    en="""## Where your work lives

Everything is in this browser: lessons, workbooks, progress and the data you upload go to no server. On another computer, in another browser, or once browsing data are cleared, they are not there. So before you stop, run the cell below and **download my work**; wherever you go on, **continue from that file**.

- Remember to save: <kbd>Ctrl</kbd> + <kbd>S</kbd>, on a Mac <kbd>⌘</kbd> + <kbd>S</kbd>.
- To do a workbook again: delete it in the file panel on the left (right click) and reload the page; it is there as new.
- Very large files do not fit in here: tables of some tens of MB are fine; for more, install the course on a computer.""",
)
WORK = """from custseg_helpers import use_language
from custseg_helpers.lite import work

use_language("{lang}")
work.show()"""
REPORTING = "import pyarrow\n\n"
"""Seen in a cell, it makes the browser fetch this package: the report keeps its tables in parquet."""


def pages(lang: Language) -> dict[str, str]:
    """Return every notebook of a language by file name, for the browser's kernel."""
    found = originals(lang)
    found[NAME] = _start(start_page(DRIVE / lang, lang, found, lab=True), lang)
    found[OWN_DATA] = _own_data(found[OWN_DATA])
    return {name: _for_browser(text) for name, text in found.items()}


def fingerprint(text: str) -> str:
    """Return what tells a notebook that a learner worked on from the one that was delivered: its cells, not its outputs."""
    return hashlib.sha256(repr(sources(text)).encode()).hexdigest()


def _start(text: str, lang: Language) -> str:
    """Tell where work lives in a browser, with the cell that packs it, where the desktop's page speaks of folders."""
    book = json.loads(text)
    cells = [cell for cell in book["cells"] if cell["id"] not in ("where", AGAIN)]
    cells.append({"cell_type": "markdown", "id": "where", "metadata": {}, "source": KEEP.within(lang)})
    code = {"cell_type": "code", "id": "work", "metadata": {}, "source": WORK.format(lang=lang)}
    book["cells"] = [*cells, code | {"execution_count": None, "outputs": []}]
    return json.dumps(book)


def _own_data(text: str) -> str:
    book = json.loads(text)
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = REPORTING + "".join(cell["source"])
    return json.dumps(book)


def _for_browser(text: str) -> str:
    book: dict[str, Any] = json.loads(text)
    book["metadata"] |= {"kernelspec": KERNEL, "language_info": SPEECH}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"
