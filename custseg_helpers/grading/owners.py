"""Whose a handed-in file is: told by folders, zips and file names, settled by a trainer's list; nobody's work joins another's.

Files come in sources: a learner's folder or zip, or the files of one name that lie side by side. Two sources that bear
one name are one learner only where nothing speaks against it; otherwise each is kept apart, and both are told.
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from custseg_helpers.grading.workbooks import clean
from custseg_helpers.learn.lessons import topics
from custseg_helpers.reading.encodings import decode
from custseg_helpers.words.text import LANGUAGES, T, UserError, listed

COMMON_FOLDERS = {"my", "zh", "en", "exercises"}
SAYS_NOTHING = re.compile(
    r"\(\d+\)|（\d+）|(?<![^\W\d_])v\d+(?![^\W\d_])|副本|最终版|改好|完成|练习册|作业|第\s*\d{1,2}\s*课"
    r"|(?<![^\W\d_])lesson\s*\d{1,2}(?!\d)"
    r"|(?<![^\W\d_])(copy|final|done|exercises?|workbook|new|old|homework|lesson)(?![^\W\d_])",
    re.IGNORECASE,
)
FILE, LEARNER = T(zh="文件", en="file"), T(zh="学员", en="learner")
"""The columns of a list of names; the table of files has them, so it can be filled in and given back."""
_GUARD = re.compile(r"^'(?=[=+@-])")
"""Keeps a spreadsheet from taking a name for a formula."""


@dataclass(frozen=True)
class Owner:
    """Whose a file is, and what the trainer should know of that."""

    learner: str
    note: T | None = None


@dataclass
class _Source:
    """Files that came together: where (`()` for the top), the name they bear, how, and the lessons in them."""

    place: tuple[str, ...]
    name: str
    flat: bool
    files: list[str] = field(default_factory=list)
    lessons: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)
    """Other names that folders and files in it bear."""

    @property
    def above(self) -> tuple[str, ...]:
        return self.place[:-1]


def owners(files: Mapping[str, str], settled: Mapping[str, str] | None = None) -> dict[str, Owner]:
    """Return whose each file is.

    Args:
        files: the lesson (`""` for none) of each file, by its path below the folder; a zip counts as a folder.
        settled: the learner of a file, or of all in a folder or zip, by its path, where the trainer has said so.

    Raises:
        UserError: `settled` names a path that is none of the files, nor a folder of them.

    >>> found = owners({"王芳/a.ipynb": "04", "04_rfm_exercises_李明 (1).ipynb": "04", "zh/Ann-rfm.ipynb": "04"})
    >>> sorted(owner.learner for owner in found.values())
    ['Ann', '李明', '王芳']
    >>> owners({"王芳/a.ipynb": "04", "王芳.zip/a.ipynb": "04"})["王芳.zip/a.ipynb"].learner
    '王芳 (王芳.zip)'
    """
    settled = settled or {}
    there = {part for path in files for part in _prefixes(path)}
    if gone := [path for path in settled if path not in there]:
        raise UserError(
            T(
                zh="名单里的 {gone} 不在交上来的作业里。请照 files.csv 写路径，或删掉这几行。",
                en="The list of names speaks of {gone}, which nobody handed in. Write paths as files.csv does, or take these lines out.",
            ).format(gone=listed(gone[:5]))
        )
    said = {path: name for path in files if (name := _said(path, settled))}
    open_ = {path: lesson for path, lesson in files.items() if path not in said}
    sources = _sources(open_, _shared(files))
    found = {path: Owner(name) for path, name in said.items()}
    within: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for source in sources:
        within[source.above] |= source.lessons
    groups: dict[str, list[list[_Source]]] = {}
    for source in sorted(sources, key=lambda source: (len(source.place), source.place)):
        of_name = groups.setdefault(source.name, [])
        group = next(
            (group for group in of_name if all(_one_learner(source, one, within) for one in group)), None
        )
        if group is None:
            of_name.append([source])
        else:
            group.append(source)
    taken = set(groups) | set(said.values())
    for name, of_name in groups.items():
        for number, group in enumerate(of_name):
            label = name if number == 0 else _free(f"{name} ({'/'.join(group[0].place)})", taken)
            for source in group:
                note = _note(source, group, of_name)
                found |= {path: Owner(label, note) for path in source.files}
    return found


def own_name(stem: str, lesson: str = "") -> str:
    """Return what a file's or folder's name says besides lesson and version; a learner's number is part of a name.

    >>> own_name("04_rfm_exercises_李明 v2"), own_name("04_rfm_exercises (3)"), own_name("张三第4课")
    ('李明', '', '张三')
    >>> own_name("学员02"), own_name("student1 student2"), own_name("04 张三", "04"), own_name("学员 04", "04")
    ('学员02', 'student1 student2', '张三', '学员 04')
    """
    stem = unicodedata.normalize("NFC", stem)
    for topic, number in topics().items():
        stem = re.sub(rf"(?<![^\W_]){number}[ _-]?{topic}(?![^\W\d_])", " ", stem, flags=re.IGNORECASE)
        stem = re.sub(rf"(?<![^\W\d_]){topic}(?![^\W\d_])", " ", stem, flags=re.IGNORECASE)
    stem = SAYS_NOTHING.sub(" ", stem.replace("_", " "))
    if lesson:
        stem = re.sub(rf"^\s*{lesson}(?![^\W_])", " ", stem)
    return re.sub(r"\s+", " ", stem).strip(" -–—.+,，·")


def read_names(path: Path) -> dict[str, str]:
    """Read a trainer's list of names: a CSV with the columns file and learner, such as a `files.csv` put right.

    Raises:
        UserError: no such columns, a line without both, or one file with two names.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            zh=f"读不了名单“{path}”：{error.strerror}。",
            en=f"The list of names “{path}” cannot be read: {error.strerror}.",
        ) from None
    text, *_ = decode(content, None, path.name)
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = {
        wanted: head
        for wanted in (FILE, LEARNER)
        for head in lines.fieldnames or ()
        if head.strip().casefold() in {wanted.within(code) for code in LANGUAGES}
    }
    found: dict[str, str] = {}
    for line in lines if len(heads) == 2 else ():
        file, name = ((line.get(heads[head]) or "").strip() for head in (FILE, LEARNER))
        file, name = (_GUARD.sub("", clean(text)) for text in (file.replace("\\", "/").strip("/"), name))
        if not file or not name or found.setdefault(file, name) != name:
            raise UserError(
                T(
                    zh="名单“{path}”第 {line} 行：要写出一个文件（或文件夹、压缩包）和一个学员，同一个文件只能有一个名字。",
                    en="The list of names “{path}”, line {line}: it takes a file (or a folder, a zip) and a learner, and a file has one name.",
                ).format(path=path, line=lines.line_num)
            )
    if not found:
        raise UserError(
            T(
                zh="名单“{path}”里要有 {file} 和 {learner} 两列。最省事的做法：改好上次的 files.csv，再交给 --names。",
                en="The list of names “{path}” needs the columns {file} and {learner}. The easiest way: put the last files.csv right and give it to --names.",
            ).format(path=path, file=FILE, learner=LEARNER)
        )
    return found


def _prefixes(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _said(path: str, settled: Mapping[str, str]) -> str:
    return next((settled[part] for part in _prefixes(path) if part in settled), "")


def _without_zip(name: str) -> str:
    return re.sub(r"\.zip$", "", name, flags=re.IGNORECASE)


def _names_somebody(folder: str) -> str:
    """Return the name that a folder or zip bears; `""` where it says nothing, as `zh`, `my` or `第4课` do."""
    name = own_name(_without_zip(folder))
    return "" if name.lower() in COMMON_FOLDERS else name


def _sources(files: Mapping[str, str], shared: set[tuple[str, ...]]) -> list[_Source]:
    found: dict[tuple[tuple[str, ...], str], _Source] = {}
    nameless: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, lesson in files.items():
        parts = PurePosixPath(path).parts
        within = [place for place in range(len(parts) - 1) if parts[: place + 1] not in shared]
        named = next((place for place in within if _names_somebody(parts[place])), None)
        if named is not None:
            place, name, flat = parts[: named + 1], _names_somebody(parts[named]), False
        elif name := own_name(PurePosixPath(path).stem, lesson):
            place, flat = (*parts[:-1], name), True
        else:
            nameless[parts[: within[0] + 1] if within else parts].append(path)
            continue
        source = found.setdefault((place, name), _Source(place, name, flat))
        source.files.append(path)
        source.lessons |= {lesson} - {""}
        if not flat and lesson:
            below = [
                *map(_names_somebody, parts[len(place) : -1]),
                own_name(PurePosixPath(path).stem, lesson),
            ]
            source.inner |= set(below) - {name, ""}
    return [*found.values(), *_without_names(nameless, files)]


def _without_names(nameless: Mapping[tuple[str, ...], list[str]], files: Mapping[str, str]) -> list[_Source]:
    """Return the sources of files that bear no name: a container's are one learner's if no lesson is there twice."""
    found = []
    for place, paths in nameless.items():
        lessons = [files[path] for path in paths if files[path]]
        if len(lessons) == len(set(lessons)):
            found.append(_Source(place, "/".join(place), False, paths, set(lessons)))
        else:
            found += [
                _Source(PurePosixPath(path).parts, path, True, [path], {files[path]} - {""}) for path in paths
            ]
    return found


def _shared(files: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return the folders and zips in which several people's workbooks of one lesson lie, and those around them."""
    people: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for path, lesson in files.items():
        parts = PurePosixPath(path).parts
        for place in range(1, len(parts)) if lesson else ():
            last = place == len(parts) - 1
            name = own_name(PurePosixPath(path).stem, lesson) if last else _names_somebody(parts[place])
            if name:
                people[parts[:place], lesson].add(name)
    shared = {place for (place, _), names in people.items() if len(names) > 1}
    return {place[:length] for place in shared for length in range(1, len(place) + 1)}


def _one_learner(one: _Source, other: _Source, within: Mapping[tuple[str, ...], set[str]]) -> bool:
    """Tell whether two sources of one name may be one learner: they came the same way, and no lesson came twice.

    Where they lie in two folders that hold several people's work of one lesson, these are two classes.
    """
    alike = one.flat == other.flat and len(one.place) == len(other.place)
    two_classes = one.above != other.above and bool(within[one.above] & within[other.above])
    return alike and not two_classes and not one.lessons & other.lessons


def _note(source: _Source, group: list[_Source], of_name: list[list[_Source]]) -> T | None:
    def places(sources: list[_Source]) -> T:
        return listed(["/".join(other.place) for other in sources])

    apart = [other for one in of_name if one is not group for other in one]
    if apart:
        return T(
            zh="另有作业写着同一个名字（{places}），分开算。是不是同一个人，请在名单（--names）里写明。",
            en="Other work bears the same name ({places}) and is counted apart. Say in a list of names (--names) whether that is one person.",
        ).format(places=places(apart))
    together = [other for other in group if other is not source and not source.flat and not source.above]
    if together:
        return T(
            zh="名字相同，和 {places} 算作一位学员。是两个人的话，请在名单（--names）里写明。",
            en="The name is the same: counted as one learner with {places}. If these are two people, say so in a list of names (--names).",
        ).format(places=places(together))
    if len(source.inner) > 1:
        return T(
            zh="里面还写着别的名字（{names}），都算在 {name} 名下。不是的话，请在名单（--names）里写明。",
            en="Other names stand in it ({names}); all of it is counted as {name}'s. If it is not, say so in a list of names (--names).",
        ).format(names=listed(sorted(source.inner)[:5]), name=source.name)
    return None


def _free(label: str, taken: set[str]) -> str:
    name, number = label, 1
    while name in taken:
        number += 1
        name = f"{label} {number}"
    taken.add(name)
    return name
