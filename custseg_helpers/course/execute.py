"""Run notebooks in fresh kernels of this Python, two at a time, and keep what a reader should see."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from custseg_helpers.course.notebooks import settle
from custseg_helpers.course.source import FAILS
from custseg_helpers.words.text import T, UserError, verbatim

WORKERS = 2
TIMEOUT = 300
"""Seconds a cell may take, on a machine busy with other things."""
STARTS = 3
"""How often a kernel may be started: another program can take one of its ports before it does."""

_UNREPEATABLE = re.compile(r"\bat 0x[0-9a-f]{6,}")
_FIGURE = re.compile(r"<\w+ size \d+x\d+ with")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def execute(books: dict[str, nbformat.NotebookNode], done: Callable[[str], Any] = str) -> None:
    """Execute notebooks in place, given by name; `done` is told each name when it is through.

    Every notebook runs even when one fails; all failures come in one `UserError`.
    """

    def run(item: tuple[str, nbformat.NotebookNode]) -> T | None:
        name, book = item
        failure = _run(name, book)
        done(name)
        return failure

    with ThreadPoolExecutor(WORKERS) as pool:
        failures = [failure for failure in pool.map(run, books.items()) if failure]
    if failures:
        raise UserError(verbatim("\n").join(failures))


def _run(name: str, book: nbformat.NotebookNode) -> T | None:
    for start in range(1, STARTS + 1):
        with TemporaryDirectory(prefix="custseg-") as home, TemporaryDirectory(prefix="custseg-") as work:
            try:
                _client(book).execute(cwd=work, env=_environment(book, home), stderr=subprocess.DEVNULL)
                break
            except CellExecutionError as error:
                return T(
                    zh=f"{name}：运行出错。\n{_plain(error)}", en=f"{name}: a cell failed.\n{_plain(error)}"
                )
            except (TimeoutError, RuntimeError) as error:
                if start == STARTS or isinstance(error, TimeoutError | DeadKernelError):
                    return T(zh=f"{name}：没有运行完：{error}", en=f"{name}: did not finish: {error}")
    settle(book)
    return next(_blemishes(name, book), None)


def _client(book: nbformat.NotebookNode) -> NotebookClient:
    client = NotebookClient(
        book,
        timeout=TIMEOUT,
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",
    )
    # nbclient's own Output widget can wait for ever; the course uses none.
    client.widget_registry = {}
    kernel = client.create_kernel_manager()
    # An author's own kernel called python3 may be another Python.
    kernel.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    kernel.transport_encryption = "auto"
    return client


def _environment(book: nbformat.NotebookNode, home: str) -> dict[str, str]:
    """Return the kernel's environment: the same on every author's machine."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("CUSTSEG_") and k != "MPLBACKEND"}
    return own | {
        "CUSTSEG_HOME": f"{home}/my",
        "CUSTSEG_LANG": book.metadata.custseg.language,
        "IPYTHONDIR": home,
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error:Glyph",
    }


def _blemishes(name: str, book: nbformat.NotebookNode) -> Iterator[T]:
    """Yield what must not be stored: warnings, figures that do not show, memory addresses."""
    for cell in book.cells:
        fails = FAILS in cell.metadata.get("tags", ())
        if fails and not any(output.output_type == "error" for output in cell.outputs):
            yield T(
                zh=f"{name}：标了 {FAILS} 的一格没有出错：\n{cell.source}",
                en=f"{name}: a cell marked {FAILS} did not fail:\n{cell.source}",
            )
        for output in cell.get("outputs", ()):
            if (output.output_type == "error" and not fails) or output.get("name") == "stderr":
                said = _plain(output.get("text") or f"{output.get('ename')}: {output.get('evalue')}")
                yield T(
                    zh=f"{name}：学员会看到警告或错误：\n{said}\n出自：\n{cell.source}",
                    en=f"{name}: learners would see a warning or an error:\n{said}\nfrom:\n{cell.source}",
                )
            data = output.get("data", {})
            if _FIGURE.match(data.get("text/plain", "")) and "image/png" not in data:
                yield T(
                    zh=f"{name}：图没有显示出来，只有文字“{data['text/plain']}”。出自：\n{cell.source}",
                    en=f"{name}: a figure shows as the words “{data['text/plain']}”. From:\n{cell.source}",
                )
            for text in (output.get("text"), data.get("text/plain"), data.get("text/html")):
                if text and _UNREPEATABLE.search(text):
                    yield T(
                        zh=f"{name}：输出里有内存地址，每次都不一样。出自：\n{cell.source}",
                        en=f"{name}: the output shows a memory address, another one each time. From:\n{cell.source}",
                    )


def _plain(error: Any) -> str:
    return _COLOUR.sub("", str(error)).strip()
