"""What strangers' files say is read and judged aside: in a process with limits, so that none of them stops a class.

`Aside` keeps such a process and asks it one thing at a time. A hand-in that takes too much time or memory, or brings
the process down, is told as `Spoiled`; the next question has a new process. No code of a learner runs here: that is
the sandbox's part.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from custseg_helpers.words.text import T

MEMORY = 1_500_000_000
"""Bytes of its own that the process may have (Linux)."""
LONGEST_REPLY = 200_000_000
TICK = 0.1


class Spoiled(Exception):
    """A hand-in that could not be read or judged; `text` says why."""

    def __init__(self, text: T) -> None:
        super().__init__(str(text))
        self.text = text


class Stopped(Exception):
    """The run was told to stop."""


TIME = T(zh="读这份作业用的时间太长，已停止。", en="Reading this took too long and was stopped.")
MUCH = T(
    zh="读这份作业要用的内存太多，或者它让读取的程序崩溃了，已停止。",
    en="Reading this took too much memory, or brought down what reads it, and was stopped.",
)


class Aside:
    """A process that reads and judges, for as long as nothing goes wrong; close it when done."""

    def __init__(self, stop: Event | None = None) -> None:
        """Start nothing yet; `stop` is set by whoever wants a question to end early."""
        self._stop = stop or Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._replies: Queue[bytes] = Queue()

    def ask(self, what: str, seconds: float, **given: Any) -> Any:
        """Return what a function of `TASKS` makes of what is given, all of it plain JSON.

        One that fails in a process that has answered before is tried once more in a new one: what came before may
        have used up the room.

        Raises:
            Spoiled: it took too long, too much memory, or the process came to its end.
            Stopped: the run was told to stop.
        """
        fresh = self._process is None
        try:
            return self._ask(what, seconds, given)
        except Spoiled as spoiled:
            if fresh or spoiled.text == TIME:
                raise
            return self._ask(what, seconds, given)

    def _ask(self, what: str, seconds: float, given: dict[str, Any]) -> Any:
        process = self._process = self._process or self._start()
        try:
            assert process.stdin
            request = json.dumps({"what": what, "seconds": seconds, "given": given})
            process.stdin.write(request.encode() + b"\n")
            process.stdin.flush()
            reply = self._reply(seconds * 4)
        except OSError:
            reply = b""
        except BaseException:
            self.close()
            raise
        try:
            answer = json.loads(reply)
        except ValueError:
            answer = {"trouble": True}
        if "made" in answer:
            return answer["made"]
        self.close()
        raise Spoiled(TIME if answer.get("trouble") == "time" else MUCH)

    def _reply(self, seconds: float) -> bytes:
        """Wait for a line; processor time is limited inside, the clock only ends what sleeps."""
        waited = 0.0
        while waited < seconds:
            try:
                return self._replies.get(timeout=TICK)
            except Empty:
                waited += TICK
            if self._stop.is_set():
                raise Stopped
        return b'{"trouble": "time"}'

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "custseg_helpers.grading.aside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._replies = Queue()
        Thread(target=_forward, args=(process, self._replies), daemon=True).start()
        return process

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _forward(process: subprocess.Popen[bytes], replies: Queue[bytes]) -> None:
    """Hand on what a process says, line by line; its end, or a line that never ends, is an empty one."""
    assert process.stdout
    with suppress(OSError, ValueError):
        while (line := process.stdout.readline(LONGEST_REPLY)).endswith(b"\n"):
            replies.put(line)
    out_of_time = process.wait() == -getattr(signal, "SIGXCPU", 0)
    replies.put(b'{"trouble": "time"}' if out_of_time else b"")


def read(file: str, name: str, when: float) -> list[dict[str, Any]]:
    """Return what a file holds, see `workbooks`."""
    from custseg_helpers.grading import workbooks

    return [workbooks.as_json(entry) for entry in workbooks.read(Path(file), name, when)]


def steps(
    cells: list[dict[str, Any]], lesson: str, lang: str, written: dict[str, str]
) -> list[dict[str, Any]]:
    """Return what to run for a workbook, see `restore`."""
    from custseg_helpers.grading import judged, restore

    at_home = frozenset(name for name, task in judged.asked(lesson, written).items() if task.on is None)
    return [vars(step) for step in restore.steps(tuple(cells), lesson, lang, at_home)]


def judge(**given: Any) -> dict[str, Any]:
    """Return the marks of a workbook that has run, see `judged`."""
    from custseg_helpers.grading import judged

    return judged.judged(**given)


TASKS: dict[str, Callable[..., Any]] = {"read": read, "steps": steps, "judge": judge}


def main() -> None:
    """Answer questions until nobody asks any more."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    _confine()
    for line in asked:
        request = json.loads(line)
        _take(request["seconds"])
        try:
            answer = {"made": TASKS[request["what"]](**request["given"])}
        except (MemoryError, RecursionError):
            answer = {"trouble": "memory"}
        told.write(json.dumps(answer).encode() + b"\n")
        told.flush()


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows: only the clock
        return
    for kind, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _take(seconds: float) -> None:
    """Give the next question so much of the processor's time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard)
    )


if __name__ == "__main__":
    main()
