"""What a learner did: an append-only file of JSON lines that several kernels may write at once."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from custseg_helpers.files.whole import append_json, json_lines_in
from custseg_helpers.words.text import T, UserError

NOT_KEPT = T(
    zh="进度没有记下来，答案照样检查。{why}",
    en="Your progress is not kept; answers are checked all the same. {why}",
)
_told: set[Path] = set()
"""Progress files that cannot be written, of which the learner knows."""


def progress_file() -> Path:
    """Return where progress is kept: `CUSTSEG_PROGRESS`, else `progress.jsonl` beside the notebook."""
    return Path(os.environ.get("CUSTSEG_PROGRESS") or "progress.jsonl")


def record(event: str, **details: Any) -> None:
    """Append one event as one line.

    A folder that cannot be written to loses the mark, not the learner's answer; that is said once.
    """
    entry = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event}
    file = progress_file()
    if file == Path(os.devnull):  # kept nowhere on purpose: nobody is to be told
        return
    try:
        append_json(file, entry | {k: v for k, v in details.items() if v is not None})
    except UserError as error:
        if file not in _told:
            _told.add(file)
            print(NOT_KEPT.format(why=error.text))


def entries(path: Path | None = None) -> tuple[list[dict[str, Any]], list[int]]:
    """Read a progress file: its entries, and the numbers of the lines that are damaged."""
    path = path or progress_file()
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:  # none yet, or one that cannot be read: what is being done now goes on
        content = b""
    return entries_in(content)


def entries_in(content: bytes) -> tuple[list[dict[str, Any]], list[int]]:
    r"""Read what a progress file holds; a line that is no mark, whatever it is, is damaged.

    >>> entries_in(b'{"event": "check", "exercise": "rfm-recency"}\n{"event": "check", "exercise": ["?"]}\n7')
    ([{'event': 'check', 'exercise': 'rfm-recency'}], [2, 3])
    """
    found, damaged = json_lines_in(content)
    odd = [number for number, entry in found.items() if not _is_mark(entry)]
    return [entry for number, entry in found.items() if number not in odd], sorted(damaged + odd)


def _is_mark(entry: dict[str, Any]) -> bool:
    """Tell whether an entry has an event, and words and numbers for all else; a rubric's marks stand together."""
    plain = (value for name, value in entry.items() if name != "marks")
    return isinstance(entry.get("event"), str) and all(
        value is None or isinstance(value, str | int | float) for value in plain
    )
