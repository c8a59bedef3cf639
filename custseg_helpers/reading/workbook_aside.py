"""Excel files are read in one process with limits, for all files of a run: what brings it down costs one file.

The process holds calamine and nothing of ours (`workbook_child.py`). Linux limits its memory, every system its time;
it ends when whoever asks it does.
"""

import atexit
import datetime
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any

from custseg_helpers.reading.sheet import damaged
from custseg_helpers.words.text import UserError

MEMORY = 4 * 2**30
"""Bytes that the process may have."""
SECONDS = 120
"""For any file; a megabyte adds `SECONDS_A_MEGABYTE`."""
SECONDS_A_MEGABYTE = 10
LONGEST_CELL = 1_000_000
"""Characters; Excel itself stops at 32,767."""


def ask(file: Path, sheet: str | None, size: int) -> tuple[dict[str, list[list[Any]]], list[str]]:
    """Return the cells of the sheets of a file and which of them are hidden; only those of one, if it is there.

    Raises:
        UserError: it is damaged, has a password or a giant cell, or took too much memory or time.
    """
    with _one_at_a_time:
        answer = _reader.ask(
            {"file": str(file.resolve()), "sheet": sheet, "longest": LONGEST_CELL},
            SECONDS + SECONDS_A_MEGABYTE * size / 1e6,
        )
    if "cells" in answer:
        return answer["cells"], answer["hidden"]
    match answer["trouble"]:
        case "password":
            raise locked(file)
        case "cell":
            raise UserError(
                zh=f"“{file.name}”里有一个格子超过 {LONGEST_CELL:,} 个字符，不是表格里该有的内容。请在 Excel 里删去它再读。",
                en=f"A cell of “{file.name}” has more than {LONGEST_CELL:,} characters, which belongs in no table. Delete it in Excel and try again.",
            )
        case "time":
            raise UserError(
                zh=f"读“{file.name}”用的时间太长，已停止。请在 Excel 里只留需要的工作表，或另存为 CSV 再读。",
                en=f"Reading “{file.name}” took too long and was stopped. Keep only the sheet you need, or save it as CSV, and try again.",
            )
        case "memory":
            raise UserError(
                zh=f"读“{file.name}”需要的内存太多，或者它让读取的程序崩溃了，已停止。请在 Excel 里另存为 CSV 再读。",
                en=f"Reading “{file.name}” takes too much memory, or brought down what reads it. Save it as CSV in Excel and try again.",
            )
    raise damaged(file)


def locked(file: Path) -> UserError:
    """Return what to say of a file under a password."""
    return UserError(
        zh=f"“{file.name}”有密码保护。请在 Excel 里打开，取消密码后另存再读。",
        en=f"“{file.name}” is protected by a password. Open it in Excel, save it without one, and try again.",
    )


class _Reader:
    """A process that reads, started when first asked and anew after trouble."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.replies: Queue[dict[str, Any]] = Queue()

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        process = self.process = self.process or self.start()
        assert process.stdin
        try:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
            answer = self.replies.get(timeout=seconds)
        except OSError:
            answer = {"trouble": "memory"}
        except Empty:
            answer = {"trouble": "time"}
        except BaseException:
            self.close()
            raise
        if answer.get("trouble") in ("memory", "time"):
            self.close()
        return answer

    def start(self) -> subprocess.Popen[bytes]:
        child = Path(__file__).with_name("workbook_child.py")
        process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", str(child), str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **({"start_new_session": True} if sys.platform != "win32" else {"creationflags": _NO_WINDOW}),
        )
        self.replies = Queue()
        Thread(target=_forward, args=(process, self.replies), daemon=True).start()
        return process

    def close(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()


_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_reader = _Reader()
_one_at_a_time = Lock()
atexit.register(_reader.close)


class _Plain(pickle.Unpickler):
    """Takes cells and nothing else from the process: texts, numbers, dates."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return getattr(datetime, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _forward(process: subprocess.Popen[bytes], replies: "Queue[dict[str, Any]]") -> None:
    """Hand on what the process says; its end is trouble."""
    assert process.stdout
    try:
        while True:
            replies.put(_Plain(process.stdout).load())
    except (EOFError, OSError, ValueError, MemoryError, pickle.UnpicklingError):
        replies.put({"trouble": "memory"})
    finally:
        process.stdout.close()
