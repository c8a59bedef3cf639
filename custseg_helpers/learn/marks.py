"""What a learner did: an append-only file of JSON lines that several kernels may write at once."""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from custseg_helpers.files.whole import append_json, json_lines
from custseg_helpers.words.text import UserError


def progress_file() -> Path:
    """Return where progress is kept: `CUSTSEG_PROGRESS`, else `progress.jsonl` beside the notebook."""
    return Path(os.environ.get("CUSTSEG_PROGRESS") or "progress.jsonl")


def record(event: str, **details: Any) -> None:
    """Append one event as one line.

    A folder that cannot be written to loses the mark, not the learner's answer.
    """
    entry = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event}
    with contextlib.suppress(UserError):
        append_json(progress_file(), entry | {k: v for k, v in details.items() if v is not None})


def entries(path: Path | None = None) -> tuple[list[dict[str, Any]], list[int]]:
    """Read a progress file: its entries, and the numbers of the lines that are damaged."""
    found, damaged = json_lines(path or progress_file())
    return [entry for entry in found.values() if "event" in entry], damaged
