"""`twins.lock`: a hash per language of every twin, so that one language cannot change alone unnoticed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from custseg_helpers.course.source import Problem, Twin
from custseg_helpers.files.whole import write_whole

NAME = "twins.lock"

Pair = tuple[str, str, str]
"""A file's name, and the hashes of a twin's Chinese and English text."""


def drifted(folder: Path, twins: list[Twin]) -> Iterator[Problem]:
    """Yield the twins of which one language was edited and the other was not, since the lock was written."""
    locked = set(_read(folder))
    now = {_pair(twin) for twin in twins}
    gone = locked - now
    for twin in twins:
        pair = _pair(twin)
        if pair in locked:
            continue
        same_zh = any(old[:2] == pair[:2] for old in gone)
        same_en = any((old[0], old[2]) == (pair[0], pair[2]) for old in gone)
        if same_zh or same_en:
            edited, other = (("英文", "English"), ("中文", "Chinese"))[:: 1 if same_zh else -1]
            place = twin.second_place if same_zh else twin.first_place
            yield Problem(
                place,
                zh=f"只改了{edited[0]}。请同样修改{other[0]}；确实不用改，就运行 custseg build --confirm。",
                en=f"Only the {edited[1]} was edited. Edit the {other[1]} too; if it really needs no change, run custseg build --confirm.",
            )


def outdated(folder: Path, twins: list[Twin]) -> bool:
    """Tell whether the lock is not the one these twins would write."""
    return _read(folder) != _pairs(twins)


def write(folder: Path, twins: list[Twin]) -> None:
    """Record the twins as they are now."""
    write_whole(folder / NAME, "".join(" ".join(pair) + "\n" for pair in _pairs(twins)))


def _read(folder: Path) -> list[Pair]:
    path = folder / NAME
    if not path.is_file():
        return []
    pairs = (tuple(line.split()) for line in path.read_text(encoding="utf-8").splitlines())
    return [(pair[0], pair[1], pair[2]) for pair in pairs if len(pair) == 3]


def _pairs(twins: list[Twin]) -> list[Pair]:
    """Return one pair a twin in the order of the files; equal texts stand once."""
    return list(dict.fromkeys(_pair(twin) for twin in twins))


def _pair(twin: Twin) -> Pair:
    return twin.first_place.path.name, _hash(twin.first), _hash(twin.second)


def _hash(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]
