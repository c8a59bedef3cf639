"""What a class handed in: every file of a folder, those inside zips too, and whose work of which lesson each one is.

Every file keeps an entry: one that cannot be graded, or for which a newer one counts, says so. What a file holds,
`workbooks` reads; whose it is, `owners` tells.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from custseg_helpers.grading.owners import owners
from custseg_helpers.grading.workbooks import (
    EMPTY,
    IGNORED,
    MOST_FILES,
    NO_FILE,
    HandedIn,
    placed,
    read,
    too_many,
)
from custseg_helpers.words.text import T, UserError

Read = Callable[[Path, str, float], list[HandedIn]]
"""Returns what a file holds, see `workbooks.read`: here, or where nothing that it holds can stop the class."""


def collect_files(folder: Path, reading: Read = read) -> list[HandedIn]:
    """Return an entry for every file of a folder and of the zips in it, in order of their names."""
    if not folder.is_dir():
        raise UserError(
            zh=f"没有文件夹“{folder}”。请给出放着学员作业的文件夹。",
            en=f"There is no folder “{folder}”. Give the folder that holds what learners handed in.",
        )
    tops = sorted(path for path in folder.iterdir() if not IGNORED.search(path.name))
    if len(tops) > MOST_FILES:
        raise UserError(
            zh=f"“{folder}”里有 {MOST_FILES} 个以上的文件，像是放错了文件夹。",
            en=f"“{folder}” holds more than {MOST_FILES} files; this looks like another folder.",
        )
    found: list[HandedIn] = []
    for top in tops:
        entries: list[HandedIn] = []
        for path, problem in _files(top):
            name = str(placed(PurePosixPath(path.relative_to(folder).as_posix())))
            entries += [HandedIn(name, "", problem=problem)] if problem else reading(path, name, _when(path))
            if len(entries) > MOST_FILES:
                entries = [HandedIn(str(placed(PurePosixPath(top.name))), "", problem=too_many())]
                break
        found += entries
    return _told_apart(found)


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _files(top: Path) -> Iterator[tuple[Path, T | None]]:
    """Yield what lies at a path or below: files, and with its trouble whatever is none or cannot be looked into."""
    try:
        if top.is_symlink() or not (top.is_dir() or top.is_file()):
            yield top, NO_FILE
        elif top.is_file():
            yield top, None
        else:
            inside = sorted(entry.name for entry in os.scandir(top))
            for name in inside:
                if not IGNORED.search(name):
                    yield from _files(top / name)
            if not inside:
                yield top, EMPTY
    except (OSError, RecursionError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        yield top, T(zh="读不了：{why}。", en="It cannot be read: {why}.").format(why=why)


def handed_in(
    found: list[HandedIn], settled: Mapping[str, str] | None = None
) -> tuple[list[HandedIn], dict[str, list[bytes]]]:
    """Tell the workbooks apart: one entry for each file; of a learner's workbooks of one lesson, the newest counts.

    The second result holds the progress files handed in, by learner. `settled`: the trainer's list of names, see
    `owners`.
    """
    workbooks = [entry for entry in found if entry.progress is None]
    marks = {entry.file: entry.progress for entry in found if entry.progress is not None}
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


def _told_apart(found: list[HandedIn]) -> list[HandedIn]:
    """Return files no two of which bear one path: a zip may hold a name twice, and cleaned names may agree."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    apart = []
    for entry in found:
        path, file = PurePosixPath(entry.file), entry.file
        while file in taken:
            times[entry.file] += 1
            file = str(path.with_name(f"{path.stem} #{times[entry.file] + 1}{path.suffix}"))
        taken.add(file)
        apart.append(replace(entry, file=file))
    return apart
