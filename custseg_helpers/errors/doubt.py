"""A place of a cell that runs and is most likely a slip."""

from dataclasses import dataclass

from custseg_helpers.words.text import T


@dataclass(frozen=True)
class Doubt:
    """A place of a cell that is most likely a slip, and what to write there."""

    line: int
    piece: str
    cause: T
    repair: T

    @property
    def text(self) -> T:
        """Both, with the place, in one sentence or two."""
        place = T(zh="第 {n} 行 `{piece}`：", en="Line {n}, `{piece}`: ").format(
            n=self.line, piece=self.piece
        )
        return place + self.cause + T(zh="", en=" ") + self.repair
