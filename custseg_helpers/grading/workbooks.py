"""What one handed-in file holds: a workbook, a progress file, a zip of such, or none of these, and then why.

File names may be anything; the lesson and the language are read from the workbook itself. Nothing is unpacked to disk.
What comes back is bounded, whatever the file holds.
"""

import hashlib
import json
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from custseg_helpers.learn.lessons import current, topics
from custseg_helpers.words.text import LANGUAGES, T

LARGEST = 30_000_000
"""Bytes of a workbook; more is pictures or printing, and nobody opens it."""
MOST_FILES = 5_000
"""Files of a zip, or of a folder that somebody handed in."""
MOST_BYTES = 10 * LARGEST
"""Bytes that are unpacked from one zip."""
MOST_CODE, MOST_CODE_IN_ALL = 2_000_000, 20_000_000
"""Characters of code in a workbook, and in all those of a zip."""
MOST_MARKS = 50_000
"""Lines of a progress file that are read."""
DEEPEST = 15
PROGRESS = re.compile(r"progress.*\.jsonl", re.IGNORECASE)
IGNORED = re.compile(
    r"(^|/)(__MACOSX|\.DS_Store|\._[^/]*|\.ipynb_checkpoints|\.git|__pycache__|Thumbs\.db|desktop\.ini|~\$[^/]*)(/|$)",
    re.IGNORECASE,
)
"""What systems and programs leave lying about; nobody hands it in."""
CHECKED = re.compile(r"\bcheck\(\s*[\"']([\w-]+)[\"']")


def checks_in(code: str) -> list[str]:
    """Return the exercises that a cell checks, by their ids of today.

    >>> checks_in('check("rfm-1", recency)'), checks_in("recency")
    (['rfm-recency'], [])
    """
    return [current(identity) for identity in CHECKED.findall(code)]


@dataclass(frozen=True)
class HandedIn:
    """One file: whose, which lesson (`""` when it is no workbook), its code cells, or what is wrong with it.

    `written` has its exercises by their ids of today, each by the id that the workbook has for it: an older one is asked
    of the lesson's own data, see `learn.lessons.exercise`.
    """

    file: str
    learner: str
    lesson: str = ""
    lang: str = ""
    cells: tuple[dict[str, Any], ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    when: float = 0.0
    problem: T | None = None
    note: T | None = None
    """What the trainer should know of whose it is."""
    progress: bytes | None = None
    """The lines of a progress file that can be read; `None` for any other file."""


@dataclass
class _Found:
    """A file's path below the folder (a zip counts as a folder), when it was changed, its bytes or the trouble."""

    path: PurePosixPath
    when: float
    content: bytes | T


@dataclass
class _Room:
    """What one hand-in may still bring along."""

    bytes: int = MOST_BYTES
    code: int = field(default=MOST_CODE_IN_ALL)


def read(file: Path, name: str, when: float) -> list[HandedIn]:
    """Return what a file holds, by entries that bear no learner yet: one, or one for each file of a zip."""
    path, room = PurePosixPath(name), _Room()
    try:
        if path.suffix.lower() == ".zip":
            found = _inside(file, path, when, room)
        else:
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
            found = iter([_Found(path, when, content if len(content) <= LARGEST else _too_large())])
        return [_read(item, room) for item in found] or [HandedIn(name, "", when=when, problem=EMPTY)]
    except OSError as error:
        why = T(zh="读不了这个文件：{why}。", en="The file cannot be read: {why}.").format(
            why=error.strerror or error
        )
        return [HandedIn(name, "", when=when, problem=why)]


def as_json(entry: HandedIn) -> dict[str, Any]:
    """Return an entry as JSON holds it."""
    words = {name: text and spoken(text) for name in ("problem", "note") for text in [getattr(entry, name)]}
    progress = None if entry.progress is None else entry.progress.decode()
    return vars(entry) | words | {"cells": list(entry.cells), "progress": progress}


def from_json(entry: dict[str, Any]) -> HandedIn:
    """Return the entry again.

    >>> one = HandedIn("a.ipynb", "", "04", "en", problem=EMPTY, progress=b"{}")
    >>> from_json(json.loads(json.dumps(as_json(one)))) == one
    True
    """
    words = {name: text and T(**text) for name in ("problem", "note") for text in [entry[name]]}
    progress = None if entry["progress"] is None else entry["progress"].encode()
    return HandedIn(**entry | words | {"cells": tuple(entry["cells"]), "progress": progress})


def spoken(text: T) -> dict[str, str]:
    """Return a text as JSON holds it, by language; `T(**words)` has it back."""
    return {code: text.within(code) for code in LANGUAGES}


UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters other than tab and line end, marks of direction (and line ends that are none elsewhere), no characters."""


def clean(text: str, longest: int = 2_000) -> str:
    r"""Return a stranger's text fit for a page, a sheet and a file: no control characters, no half characters.

    Marks that turn the direction of writing go, too: what stands after one would be read backwards.

    >>> clean("b\u202egpj.exe\x07")
    'bgpj.exe'
    """
    whole = text[:longest].encode("utf-8", "replace").decode()
    return UNFIT.sub("", whole)


def placed(name: PurePosixPath) -> PurePosixPath:
    """Return a stranger's path fit for a table: of too many folders, the first ones and the file.

    >>> str(placed(PurePosixPath("a/" * 40 + "b.ipynb"))).count("/")
    15
    """
    parts = name.parts if len(name.parts) <= DEEPEST else (*name.parts[:DEEPEST], name.parts[-1])
    return PurePosixPath(clean("/".join(parts)))


def _inside(path: Path, name: PurePosixPath, when: float, room: _Room) -> Iterator[_Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > MOST_FILES:
                yield _Found(name, when, too_many())
                return
            for info in members:
                inner = _member_name(info)[:2_000].replace("\\", "/")
                parts = [part for part in inner.split("/") if part not in ("", ".", "..")]
                place = placed(name.joinpath(*parts))
                if IGNORED.search("/".join(parts)):
                    continue
                link = stat.S_ISLNK(info.external_attr >> 16)
                yield _Found(place, when, NO_FILE if link else _member(archive, info, room))
    except PermissionError:
        raise
    except UNREADABLE:
        yield _Found(
            name,
            when,
            T(
                zh="压缩包打不开：损坏了，或不是 zip。",
                en="The zip cannot be opened: damaged, or not a zip at all.",
            ),
        )


UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError, IndexError,
    TypeError, AttributeError, OverflowError, NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip
"""What a damaged zip makes `zipfile` raise."""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> bytes | T:
    if info.flag_bits & 1:
        return T(zh="压缩包有密码，请学员重新打包。", en="The zip has a password; ask for one without.")
    if info.file_size > LARGEST:
        return _too_large()
    if room.bytes < info.file_size:
        return too_many()
    try:
        with archive.open(info) as member:
            content = member.read(LARGEST + 1)
    except UNREADABLE:
        return T(zh="压缩包里的这个文件损坏了。", en="This file is damaged within its zip.")
    room.bytes -= len(content)
    return _too_large() if len(content) > LARGEST else content


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a name as its writer meant it: Windows in China writes GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _read(item: _Found, room: _Room) -> HandedIn:
    entry = HandedIn(str(item.path), "", when=item.when)
    if isinstance(item.content, T):
        return replace(entry, problem=item.content)
    if PROGRESS.fullmatch(item.path.name):
        return replace(entry, progress=_marks(item.content))
    if not item.content.strip():
        return replace(entry, problem=T(zh="文件是空的。", en="The file is empty."))
    try:
        book = json.loads(item.content.decode("utf-8-sig"))
        sheets = book["cells"] if "cells" in book else book["worksheets"][0]["cells"]
        code = [cell for cell in sheets if cell["cell_type"] == "code"]
        cells, written = tuple(map(_cell, code)), _as_written(code)
        lang = _language(book, sheets)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return replace(entry, problem=_what_it_is(item))
    room.code -= (length := sum(len(cell["source"]) for cell in cells))
    if length > MOST_CODE or len(cells) > MOST_FILES or room.code < 0:
        return replace(
            entry,
            problem=T(zh="代码太多，不像练习册。", en="Too much code: this is no workbook of the course."),
        )
    lesson = _lesson(cells)
    if not lesson:
        return replace(
            entry,
            problem=T(
                zh="这个笔记本里没有课程的练习，可能交的是课文。",
                en="This notebook holds none of the course's exercises; perhaps it is the lesson itself.",
            ),
        )
    digest = hashlib.sha256(
        json.dumps([lesson, lang, cells, written], ensure_ascii=True).encode()
    ).hexdigest()
    return replace(entry, lesson=lesson, lang=lang, cells=cells, written=written, digest=digest)


def _marks(content: bytes) -> bytes:
    """Return the lines of a progress file that are whole, with what is read of them, each once."""
    kept = []
    for line in islice(dict.fromkeys(content.splitlines()), MOST_MARKS):
        try:
            entry = json.loads(line)
            names = ("time", "event", "exercise", "outcome", "rung")
            kept.append(json.dumps({name: str(entry[name])[:100] for name in names if entry.get(name)}))
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
    return "\n".join(kept).encode()


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(cell.get("id", "")), "exercise": current(_mark(cell)), "source": _source(cell)}


def _as_written(cells: list[dict[str, Any]]) -> dict[str, str]:
    """Return the ids of a workbook's exercises by those of today; the mark of an answer goes before a check."""
    ids = [mark for mark in map(_mark, cells) if mark]
    ids += [identity for cell in cells for identity in CHECKED.findall(_source(cell))]
    return {current(identity): identity for identity in reversed(ids)}


def _mark(cell: dict[str, Any]) -> str:
    mark = cell.get("metadata", {}).get("exercise")
    return mark if isinstance(mark, str) else ""


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"] if "source" in cell else cell["input"]
    return source if isinstance(source, str) else "".join(source)


def _lesson(cells: tuple[dict[str, Any], ...]) -> str:
    """Return the lesson most of the exercises belong to."""
    numbers = topics()
    named = [name for cell in cells for name in [cell["exercise"], *checks_in(cell["source"])]]
    votes = Counter(numbers[topic] for name in named if (topic := name.partition("-")[0]) in numbers)
    return votes.most_common(1)[0][0] if votes else ""


def _language(book: dict[str, Any], cells: list[dict[str, Any]]) -> str:
    said = book.get("metadata", {}).get("custseg", {}).get("language")
    if said in LANGUAGES:
        return str(said)
    sources = [cell.get("source", "") for cell in cells]
    text = "\n".join(source if isinstance(source, str) else "".join(source) for source in sources)
    spoken = re.search(r"use_language\([\"'](\w+)[\"']\)", text)
    return (
        spoken[1]
        if spoken and spoken[1] in LANGUAGES
        else "zh"
        if len(re.findall(r"[\u4e00-\u9fff]", text)) > 50
        else "en"
    )


def _what_it_is(item: _Found) -> T:
    content = item.content if isinstance(item.content, bytes) else b""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")) or content[4:12] == b"ftypheic":
        return T(
            zh="这是一张图片，不是笔记本。请交 .ipynb 文件。",
            en="This is a picture, no notebook. Hand in the .ipynb file.",
        )
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return T(zh="这种压缩包打不开，请打成 zip。", en="This kind of archive is not read; make it a zip.")
    return T(
        zh="这不是笔记本，或已损坏。请交 .ipynb 文件。",
        en="This is no notebook, or a damaged one. Hand in the .ipynb file.",
    )


NO_FILE = T(
    zh="这是链接或设备，不是文件。请交文件本身。",
    en="This is a link or a device, not a file. Hand in the file itself.",
)
EMPTY = T(zh="里面没有文件。", en="There is no file in it.")


def too_many() -> T:
    """Say that a hand-in holds more than any class's work."""
    return T(
        zh=f"里面东西太多（{MOST_FILES} 个文件、{MOST_BYTES // 1_000_000} MB 为限）。请只交练习册。",
        en=f"It holds too much (at most {MOST_FILES:,} files and {MOST_BYTES // 1_000_000} MB). Hand in the workbooks only.",
    )


def _too_large() -> T:
    return T(
        zh=f"文件太大（超过 {LARGEST // 1_000_000} MB）。请清除输出后再交。",
        en=f"The file is too large (over {LARGEST // 1_000_000} MB). Clear the outputs and hand it in again.",
    )
