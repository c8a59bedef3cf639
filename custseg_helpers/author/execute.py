"""Run notebooks in fresh kernels of this Python, two at a time, and keep what a reader should see."""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from custseg_helpers.author.notebooks import settle
from custseg_helpers.text import T, UserError

WORKERS = 2
TIMEOUT = 120
"""Seconds a cell may take; a learner would not wait that long."""

_UNREPEATABLE = re.compile(r"\bat 0x[0-9a-f]{6,}")
_FIGURE = re.compile(r"<\w+ size \d+x\d+ with")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def execute(books: dict[str, nbformat.NotebookNode], done: Callable[[str], Any] = str) -> None:
    """Execute notebooks in place, given by name; `done` is told each name when it is through.

    Every notebook runs even when one fails; all failures come in one `UserError`.
    """
    failures = [failure for failure in asyncio.run(_execute(books, done)) if failure]
    if failures:
        raise UserError(zh="\n".join(f.zh for f in failures), en="\n".join(f.en for f in failures))


async def _execute(books: dict[str, nbformat.NotebookNode], done: Callable[[str], Any]) -> list[T | None]:
    places = asyncio.Semaphore(WORKERS)

    async def one(name: str, book: nbformat.NotebookNode) -> T | None:
        async with places:
            with tempfile.TemporaryDirectory(prefix="custseg-") as folder:
                failure = await _run(name, book, Path(folder))
        done(name)
        return failure

    return await asyncio.gather(*(one(name, book) for name, book in books.items()))


async def _run(name: str, book: nbformat.NotebookNode, folder: Path) -> T | None:
    # Outside the kernel's own folder, so that a lesson that looks around sees an empty one.
    (home := folder / "ipython").mkdir()
    (work := folder / "work").mkdir()
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        transport_encryption="auto",
    )
    client = NotebookClient(book, km=manager, timeout=TIMEOUT, record_timing=False, store_widget_state=False)
    # nbclient's own Output widget can wait for ever; the course uses none.
    client.widget_registry = {}
    try:
        await client.async_execute(
            cwd=str(work), env=_environment(book, home), stderr=asyncio.subprocess.DEVNULL
        )
    except CellExecutionError as error:
        return T(zh=f"{name}：运行出错。\n{_plain(error)}", en=f"{name}: a cell failed.\n{_plain(error)}")
    except (TimeoutError, RuntimeError) as error:
        return T(zh=f"{name}：没有运行完：{error}", en=f"{name}: did not finish: {error}")
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
    settle(book)
    return next(_blemishes(name, book), None)


def _environment(book: nbformat.NotebookNode, home: Path) -> dict[str, str]:
    """Return the kernel's environment: the same on every author's machine."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("CUSTSEG_") and k != "MPLBACKEND"}
    return own | {
        "CUSTSEG_LANG": book.metadata.custseg.language,
        "IPYTHONDIR": str(home),
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error:Glyph",
    }


def _blemishes(name: str, book: nbformat.NotebookNode) -> Iterator[T]:
    """Yield what must not be stored: warnings, figures that do not show, memory addresses."""
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error" or output.get("name") == "stderr":
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
