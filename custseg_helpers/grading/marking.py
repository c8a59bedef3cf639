"""`custseg collect --mark`: a page on this computer alone, where a trainer marks written answers, one click a point.

Each click is kept at once in `marks.csv`. The page's address holds a secret, and what another page in the same browser
asks is refused, so that nobody else gives marks; nothing comes from, or goes to, the network.
"""

import json
import secrets
import sys
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from custseg_helpers.files.local_server import HEADERS, here, let_in
from custseg_helpers.files.page import page
from custseg_helpers.grading.class_tables import Graded, lesson_tasks, text_table
from custseg_helpers.grading.text_marks import TextMarks, points, read_marks, write_marks
from custseg_helpers.learn.lessons import exercise
from custseg_helpers.learn.written import MARKS, examples
from custseg_helpers.words.text import T, UserError, language

PAGE = "grading/templates/marking.html.jinja"
LONGEST = 10_000
"""Bytes of a click."""
SECONDS = 10
"""How long a question may take to arrive: one that stays half asked is given up."""

WORDS = {
    "title": T(zh="给说明题评分", en="Marking written answers"),
    "lead": T(
        zh="每条要点点一下。每点一下都立刻存进 {file}，随时可以停，下次接着评。",
        en="One click a point. Each is kept at once in {file}: stop whenever you like, and go on another time.",
    ),
    "count": T(zh="已评 {done} / {all} 段", en="{done} of {all} texts marked"),
    "examples": T(zh="题目，好的回答和单薄的回答", en="The task, a full answer and a thin one"),
    "same": T(zh="和这些人一字不差：{who}", en="The same words as {who}"),
    "finish": T(zh="评完了，写进全班的表", en="Done: write the class's tables"),
    "closed": T(
        zh="评分都存好了，表正在写。这一页可以关了。",
        en="All marks are kept, and the tables are being written. You may close this page.",
    ),
    "again": T(zh="改好以后刷新这一页。", en="Mend it, then reload this page."),
    "lost": T(
        zh="这一下没有存上：命令已经停了。再运行一次 custseg collect --mark。",
        en="This click was not kept: the command has stopped. Run custseg collect --mark again.",
    ),
}


def mark(graded: Sequence[Graded], file: Path, opened: Callable[[str], Any]) -> None:
    """Serve the page until the trainer is done; `opened` is told its address once it can be opened."""
    room = _Room(graded, file)
    with _Server(("127.0.0.1", 0), room.handler()) as server:
        room.stop = lambda: Thread(target=server.shutdown).start()
        opened(f"http://127.0.0.1:{server.server_port}/{room.secret}/")
        server.serve_forever(poll_interval=0.1)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A tab that was closed while it was answered is no error to tell in the trainer's terminal."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Room:
    """The texts of a class and their marks, as the page shows and changes them."""

    def __init__(self, graded: Sequence[Graded], file: Path):
        self.graded, self.file = graded, file
        self.secret = secrets.token_urlsafe(16)
        self.lock = Lock()
        self.stop: Callable[[], Any] = lambda: None
        rows = text_table(graded, {}).itertuples()
        self.known = {(row.learner, row.exercise, row.fingerprint) for row in rows}

    def html(self) -> str:
        marks = read_marks(self.file)
        return marking_page(self.graded, marks, self.file)

    def keep(self, click: dict[str, Any]) -> None:
        """Keep one mark; a click that is about no text of this class is a `KeyError`."""
        key = click["learner"], click["exercise"], click["text"]
        if (
            key not in self.known
            or click["point"] not in exercise(key[1]).words.rubric
            or click["mark"] not in MARKS
        ):
            raise KeyError(key)
        with self.lock:
            marks = read_marks(self.file)
            marks.setdefault(key, {})[click["point"]] = click["mark"]
            write_marks(self.file, marks)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        room = self

        class Handler(BaseHTTPRequestHandler):
            timeout = SECONDS
            server: _Server

            def asked(self) -> str | None:
                """Return what a request that is let in asks for, below the secret."""
                headers = {name.title(): ",".join(self.headers.get_all(name, [])) for name in self.headers}
                secret, _, rest = self.path[1:].partition("/")
                known = secrets.compare_digest(secret.encode(), room.secret.encode())
                return (
                    rest if known and let_in(self.command, headers, here(self.server.server_port)) else None
                )

            def do_GET(self) -> None:
                if self.asked() != "":
                    self.answer(HTTPStatus.NOT_FOUND)
                    return
                try:
                    html = room.html()
                except UserError as error:  # somebody changed the file meanwhile
                    self.answer(HTTPStatus.CONFLICT, f"{error}\n{WORDS['again']}")
                else:
                    self.answer(HTTPStatus.OK, html, "text/html")

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "0")
                if not length.isdecimal() or int(length) > LONGEST:
                    self.answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                    return
                content = self.rfile.read(int(length))
                asked = self.asked()
                if asked == "done":
                    self.answer(HTTPStatus.OK)
                    room.stop()
                elif asked == "mark":
                    self.answer(*self.kept(content))
                else:
                    self.answer(HTTPStatus.NOT_FOUND)

            def kept(self, content: bytes) -> tuple[HTTPStatus, str]:
                try:
                    room.keep(json.loads(content))
                except UserError as error:  # such as a file that Excel holds open
                    return HTTPStatus.CONFLICT, str(error)
                except (ValueError, KeyError, TypeError, RecursionError):
                    return HTTPStatus.BAD_REQUEST, ""
                return HTTPStatus.OK, ""

            def answer(self, status: HTTPStatus, text: str = "", kind: str = "text/plain") -> None:
                content = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                for name, value in HEADERS.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing: the terminal is the trainer's."""

        return Handler


def marking_page(graded: Sequence[Graded], marks: TextMarks, file: Path) -> str:
    """Return the page: exercise by exercise the points, and every text with its marks."""
    texts = list(text_table(graded, marks).itertuples())
    sections = [
        _section(str(lesson), str(identity), list(rows), marks)
        for (lesson, identity), rows in groupby(texts, key=lambda row: (row.lesson, row.exercise))
    ]
    done = sum(card["whole"] for section in sections for card in section["cards"])
    words = {name: text for name, text in WORDS.items() if name not in ("lead", "same", "again")}
    lead = WORDS["lead"].format(file=file)
    choices = list(MARKS.items())
    return page(PAGE, lead=lead, sections=sections, choices=choices, done=done, all=len(texts), **words)


def _section(lesson: str, identity: str, rows: list[Any], marks: TextMarks) -> dict[str, Any]:
    task = next(task for task in lesson_tasks(lesson) if task.id == identity)
    known = exercise(identity)
    return {
        "id": identity,
        "title": f"{lesson} · {task.title(language())}",
        "asked": task.asked(language()),
        "shown": examples(known),
        "cards": [_card(row, marks, known.words.rubric) for row in rows],
    }


def _card(row: Any, marks: TextMarks, rubric: Any) -> dict[str, Any]:
    own = marks.get((row.learner, row.exercise, row.fingerprint), {})
    return {
        "learner": row.learner,
        "text": row.text,
        "fingerprint": row.fingerprint,
        "same": WORDS["same"].format(who=row.same_as) if row.same_as else "",
        "points": [(name, point, own.get(name)) for name, point in rubric.items()],
        "whole": points(own, rubric) is not None,
    }
