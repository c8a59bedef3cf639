"""One workbook, one process, shut in: bubblewrap gives it no network, a read-only system and an empty home.

The workbook's process sees Python, this package and the datasets, and none of the answers, of other learners' work or
of the trainer's files. Time, memory, processes, printed output and written files are limited, and whatever it started
ends with it. Without bubblewrap only the limits remain.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from custseg_helpers.files.passing import passing_folder
from custseg_helpers.grading.restore import Step
from custseg_helpers.grading.seccomp import program
from custseg_helpers.grading.walls import HOME, environment, python, walls
from custseg_helpers.words.text import T, UserError

FIRST_USER = 61_000
"""Started by root, each workbook runs as a user of its own from here on, so that the limit of processes holds."""
TICK = 0.1
MOST_LINES = 20_000
"""Lines that a workbook may hand out; an honest one writes some hundred."""
FINISHED = b'{"finished": true}'


@dataclass(frozen=True)
class Limits:
    """What a workbook may use: seconds in all and in one cell, bytes of memory, processes, bytes printed, handed out and written, files."""

    seconds: float = 180
    cell: float = 60
    memory: int = 2_000_000_000
    processes: int = 30
    printed: int = 20_000_000
    answers: int = 100_000_000
    written: int = 200_000_000
    files: int = 20_000


@dataclass
class Run:
    """What came of a run: what the workbook handed out, why it was ended (`""`: it was not), time and memory."""

    answers: bytes = b""
    ended: str = ""
    said: str = ""
    seconds: float = 0.0
    memory: int = 0

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines that were handed out; whoever does not trust the workbook reads them aside."""
        return list(entries(self.answers))


def bubblewrap() -> str | None:
    """Return the path of bubblewrap (`bwrap`), if there is one."""
    return shutil.which("bwrap")


@contextmanager
def sandbox(*, shut_in: bool = True, private: Iterable[Path] = ()) -> Iterator["Sandbox"]:
    """Give a sandbox after trying it once; one that does not work is a `UserError` that says what to do.

    `private` are folders that no workbook may see, wherever they lie.
    """
    with passing_folder("collect") as folder:
        made = Sandbox(folder, bubblewrap() if shut_in else None, tuple(private))
        if shut_in and not made.bwrap:
            raise UserError(
                zh="没有找到 bubblewrap，学员的代码就关不住：它能读写您的文件、能上网。Debian / Ubuntu：sudo apt install bubblewrap；Windows 请在 WSL 里运行。确实要这样运行，加上 --without-sandbox。",
                en="There is no bubblewrap, so learners' code cannot be shut in: it could read and write your files and use the network. Debian / Ubuntu: sudo apt install bubblewrap; on Windows run this in WSL. To run it all the same, add --without-sandbox.",
            )
        tried = made.run([], {"company": "retail", "seed": 1}, Limits(), "en")
        if tried.ended or not tried.lines:
            raise UserError(
                zh=f"沙箱启动不了：{tried.said.strip()[-400:] or tried.ended}。容器里常常不允许；请在普通的 Linux 上运行，或加上 --without-sandbox。",
                en=f"The sandbox does not start: {tried.said.strip()[-400:] or tried.ended}. Containers often forbid it; use a plain Linux, or add --without-sandbox.",
            )
        yield made


@dataclass(frozen=True)
class Sandbox:
    """A way to run workbooks: with bubblewrap at `bwrap`, or in a merely limited process."""

    folder: Path
    bwrap: str | None
    private: tuple[Path, ...] = ()

    def run(
        self,
        steps: list[Step],
        setup: dict[str, Any],
        limits: Limits,
        lang: str,
        *,
        number: int = 0,
        stop: Event | None = None,
    ) -> Run:
        """Run the steps of one workbook and return what they gave.

        Args:
            steps: the cells, see `grading.restore`.
            setup: `company` (name) and `seed` of the company in play.
            limits: what the workbook may use.
            lang: the workbook's language.
            number: of the workbook, unlike that of any other running now.
            stop: set by whoever wants the run to end early.
        """
        as_root = self.bwrap is not None and hasattr(os, "geteuid") and os.geteuid() == 0
        own = {
            "user": FIRST_USER + number % 1_000 if as_root else None,
            "memory": limits.memory,
            "processes": 2 * limits.processes if self.bwrap else 0,
            "file_size": limits.written,
            "seconds": int(limits.seconds) + 1,
        }
        job = {
            "steps": [asdict(step) for step in steps],
            "limits": own,
            "setup": setup,
            "cell": min(limits.cell, limits.seconds / 2),
        }
        filter_ = program() if self.bwrap else None
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as calls,
            tempfile.TemporaryDirectory(dir=self.folder) as home,
        ):
            given.write(json.dumps(job).encode())
            given.seek(0)
            calls.write(filter_ or b"")
            calls.seek(0)
            passed = (calls.fileno(),) if filter_ else ()
            variables = environment(setup, lang, HOME if self.bwrap else home)
            before = self._walls(variables, limits, passed, as_root=as_root) if self.bwrap else []
            begin = time.monotonic()
            process = subprocess.Popen(
                [*before, *python()],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=home,
                env=variables,
                start_new_session=True,
                pass_fds=passed,
            )
            found = _watch(process, limits, stop or Event())
            found.seconds = time.monotonic() - begin
        return found

    def _walls(
        self, variables: dict[str, str], limits: Limits, calls: tuple[int, ...], *, as_root: bool
    ) -> list[str]:
        empty = self.folder / "empty"
        empty.touch()
        private = [self.folder, *self.private]
        return walls(
            str(self.bwrap),
            variables,
            limits.written,
            empty,
            private,
            as_root=as_root,
            calls=next(iter(calls), None),
        )


def _watch(process: subprocess.Popen[bytes], limits: Limits, stop: Event) -> Run:
    """Wait for a process, and end it with all it started as soon as it takes too much of anything."""
    found, full = Run(), Event()
    answers, printed = bytearray(), bytearray()
    readers = [
        Thread(target=_drain, args=(process.stdout, answers, limits.answers, limits.answers, full)),
        Thread(target=_drain, args=(process.stderr, printed, limits.printed, 4_000, full)),
    ]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + limits.seconds
    try:
        while process.poll() is None and not found.ended:
            files, held = laid_down(process.pid, limits.written)
            count, memory = used(process.pid, limits.processes)
            memory += held
            if memory > limits.memory and count <= limits.processes:
                count, memory = used(process.pid, shared_once=True)
                memory += held
            found.memory = max(found.memory, memory)
            if full.is_set():
                found.ended = "output"
            elif count > limits.processes:
                found.ended = "processes"
            elif memory > limits.memory:
                found.ended = "memory"
            elif files > limits.files:
                found.ended = "files"
            elif time.monotonic() > deadline:
                found.ended = "time"
            elif stop.is_set():
                found.ended = "stopped"
            else:
                try:
                    process.wait(TICK)
                except subprocess.TimeoutExpired:
                    continue
    finally:
        _end(process)
    for reader, pipe in zip(readers, (process.stdout, process.stderr), strict=True):
        reader.join(5)
        if pipe and not reader.is_alive():
            pipe.close()
    found.said = printed.decode("utf-8", "replace")
    found.answers = bytes(answers)
    if full.is_set():
        found.ended = "output"
    if not found.ended and FINISHED not in found.answers[-100:]:
        out_of_time = (
            process.returncode in (-signal.SIGXCPU, 128 + signal.SIGXCPU) if os.name == "posix" else False
        )
        found.ended = "time" if out_of_time else "exit"
    return found


def _drain(pipe: Any, into: bytearray, most: int, kept: int, full: Event) -> None:
    """Read a pipe to its end; keep the last bytes, and say when there were too many."""
    seen = 0
    while block := pipe.read1(65_536):
        seen += len(block)
        if seen > most:
            full.set()
            return
        into += block
        if kept < len(into):
            del into[:-kept]


def entries(answers: bytes) -> Iterator[dict[str, Any]]:
    """Yield the lines that are whole and of our kind, up to so many; a workbook may have written anything."""
    for line in answers.split(b"\n", MOST_LINES)[:MOST_LINES]:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group; bubblewrap takes everything inside along."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def used(pid: int, most: int = 1_000, *, shared_once: bool = False) -> tuple[int, int]:
    """Return how many processes there are from this one down, and their memory in bytes (Linux; else 0).

    Counting stops above `most`. Memory that processes share counts for each of them, or, slower, once.
    """
    count, memory, waiting = 0, 0, [pid]
    while waiting and count <= most:
        process = Path(f"/proc/{waiting.pop()}")
        try:
            if shared_once:
                memory += int((process / "smaps_rollup").read_text().partition("\nPss:")[2].split()[0]) * 1024
            else:
                memory += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            count += 1
            for thread in (process / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except (OSError, IndexError, ValueError):
            continue
    return count, memory


def laid_down(pid: int, size: int) -> tuple[int, int]:
    """Return how many files lie in the three folders in memory below a sandbox's process, and their bytes (else 0).

    `size` of each folder, by which it is known as ours: at first the process still sees the system's own.
    """
    for inside in _below(pid):
        try:
            found = [os.statvfs(f"/proc/{inside}/root{name}") for name in (HOME, "/tmp", "/dev/shm")]
        except OSError:
            continue
        if all(size <= one.f_blocks * one.f_frsize < size + 65_536 for one in found):
            files = sum(one.f_files - one.f_ffree for one in found)
            return files, sum((one.f_blocks - one.f_bfree) * one.f_frsize for one in found)
    return 0, 0


def _below(pid: int) -> Iterator[int]:
    """Yield a process's first child, that one's first child, and so on."""
    while children := _children(pid):
        pid = children[0]
        yield pid


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


EXPLAINED = {
    "time": T(zh="运行超时，已停止", en="ran out of time and was stopped"),
    "memory": T(zh="占用内存太多，已停止", en="took too much memory and was stopped"),
    "processes": T(zh="启动的进程太多，已停止", en="started too many processes and was stopped"),
    "files": T(zh="写了太多文件，已停止", en="wrote too many files and was stopped"),
    "output": T(zh="打印的内容太多，已停止", en="printed too much and was stopped"),
    "exit": T(zh="自己中途退出了", en="ended its own process half-way"),
}
"""Why a workbook was ended before its last cell."""
