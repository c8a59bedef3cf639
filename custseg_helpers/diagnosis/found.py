"""What a layer of the diagnosis finds."""

from dataclasses import dataclass

from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Found:
    """A cause that machines read, such as `mistake:2` or `relation:per_cent`, and what the learner is told."""

    cause: str
    text: T
