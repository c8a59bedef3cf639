"""What a class handed in: every file of a folder, those inside zips too, and what each one is.

File names may be anything. The lesson and the language are read from the workbook itself; whose it is, `owners` tells.
Every file keeps an entry: one that cannot be graded, or for which a newer one counts, says so.
"""

import hashlib
import json
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from custseg_helpers.grading.owners import owners
from custseg_helpers.learn.lessons import current, topics
from custseg_helpers.words.text import LANGUAGES, T, UserError

LARGEST = 30_000_000
"""Bytes of a workbook; more is pictures or printing, and nobody opens it."""
MOST_FILES = 5_000
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


@dataclass(frozen=True)
class Found:
    """A file's path below the folder (a zip counts as a folder), when it was changed, and its bytes or the trouble."""

    path: PurePosixPath
    when: float
    content: bytes | T


def collect_files(folder: Path) -> list[Found]:
    """Return every file of a folder and of the zips in it, in order of their names; nothing is unpacked to disk."""
    if not folder.is_dir():
        raise UserError(
            zh=f"没有文件夹“{folder}”。请给出放着学员作业的文件夹。",
            en=f"There is no folder “{folder}”. Give the folder that holds what learners handed in.",
        )
    found: list[Found] = []
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(clean(path.relative_to(folder).as_posix()))
        if IGNORED.search(str(name)):
            continue
        if path.is_symlink() or not path.is_file():
            if path.is_symlink() or not path.is_dir():
                found.append(Found(name, 0.0, NO_FILE))
            elif not any(path.iterdir()):
                found.append(Found(name, 0.0, EMPTY))
            continue
        when = path.stat().st_mtime
        if path.suffix.lower() == ".zip":
            found += _inside(path, name, when) or [Found(name, when, EMPTY)]
        elif path.stat().st_size > LARGEST:
            found.append(Found(name, when, _too_large()))
        else:
            found.append(Found(name, when, path.read_bytes()))
        if len(found) > MOST_FILES:
            raise UserError(
                zh=f"“{folder}”里有 {MOST_FILES} 个以上的文件，像是放错了文件夹。",
                en=f"“{folder}” holds more than {MOST_FILES} files; this looks like another folder.",
            )
    return _told_apart(found)


def handed_in(
    found: list[Found], settled: Mapping[str, str] | None = None
) -> tuple[list[HandedIn], dict[str, list[bytes]]]:
    """Tell the workbooks apart: one entry for each file; of a learner's workbooks of one lesson, the newest counts.

    The second result holds the progress files handed in, by learner. `settled`: the trainer's list of names, see
    `owners`.
    """
    workbooks: list[HandedIn] = []
    marks: dict[str, bytes] = {}
    for item in found:
        if PROGRESS.fullmatch(item.path.name) and isinstance(item.content, bytes):
            marks[str(item.path)] = item.content
        else:
            workbooks.append(_read(item))
    whose = owners({entry.file: entry.lesson for entry in workbooks} | dict.fromkeys(marks, ""), settled)
    newest: dict[tuple[str, str], HandedIn] = {}
    entries = []
    for entry in sorted(workbooks, key=lambda entry: (-entry.when, entry.file)):
        owner = whose[entry.file]
        entry = replace(entry, learner=owner.learner, note=owner.note)
        if entry.lesson:
            first = newest.setdefault((entry.learner, entry.lesson), entry)
            entry = entry if first is entry else replace(entry, cells=(), problem=_older(entry, first))
        entries.append(entry)
    progress: dict[str, list[bytes]] = {}
    for file, content in marks.items():
        progress.setdefault(whose[file].learner, []).append(content)
    return sorted(entries, key=lambda entry: (entry.learner, entry.lesson, entry.file)), progress


def _older(entry: HandedIn, newest: HandedIn) -> T:
    if entry.digest == newest.digest:
        return T(
            zh="和 {file} 的代码一样，只算一份。", en="The same code as {file}: they count once."
        ).format(file=newest.file)
    return T(
        zh="没有算：同一位学员、同一课，{file} 更新。是两个人的话，请在名单（--names）里写明。",
        en="Not counted: {file} is newer, by the same learner and of the same lesson. If these are two people, say so in a list of names (--names).",
    ).format(file=newest.file)


def _told_apart(found: list[Found]) -> list[Found]:
    """Return files no two of which bear one path: a zip may hold a name twice, and cleaned names may agree."""
    taken: set[PurePosixPath] = set()
    apart = []
    for item in found:
        path, number = item.path, 1
        while path in taken:
            number += 1
            path = item.path.with_name(f"{item.path.stem} #{number}{item.path.suffix}")
        taken.add(path)
        apart.append(replace(item, path=path))
    return apart


def clean(text: str, longest: int = 2_000) -> str:
    """Return a stranger's text fit for a page, a sheet and a file: no control characters, no half characters."""
    whole = text[:longest].encode("utf-8", "replace").decode()
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "", whole)


def _inside(path: Path, name: PurePosixPath, when: float) -> list[Found]:
    return list(_members(path, name, when))


def _members(path: Path, name: PurePosixPath, when: float) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > MOST_FILES:
                yield Found(name, when, _too_large())
                return
            for info in members:
                inner = clean(_member_name(info)).replace("\\", "/")
                parts = [part for part in inner.split("/") if part not in ("", ".", "..")]
                place = name.joinpath(*parts)
                if IGNORED.search("/".join(parts)):
                    continue
                link = stat.S_ISLNK(info.external_attr >> 16)
                yield Found(place, when, NO_FILE if link else _member(archive, info))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        yield Found(
            name,
            when,
            T(
                zh="压缩包打不开：损坏了，或不是 zip。",
                en="The zip cannot be opened: damaged, or not a zip at all.",
            ),
        )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | T:
    if info.flag_bits & 1:
        return T(zh="压缩包有密码，请学员重新打包。", en="The zip has a password; ask for one without.")
    if info.file_size > LARGEST:
        return _too_large()
    with archive.open(info) as member:
        content = member.read(LARGEST + 1)
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


def _read(item: Found) -> HandedIn:
    entry = HandedIn(str(item.path), "", when=item.when)
    if isinstance(item.content, T):
        return replace(entry, problem=item.content)
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


def _what_it_is(item: Found) -> T:
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


def _too_large() -> T:
    return T(
        zh=f"文件太大（超过 {LARGEST // 1_000_000} MB）。请清除输出后再交。",
        en=f"The file is too large (over {LARGEST // 1_000_000} MB). Clear the outputs and hand it in again.",
    )
