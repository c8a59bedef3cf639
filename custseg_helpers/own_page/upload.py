"""Files from the browser, piece by piece: no server's limit on a message stops a large one, and people see how far it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from custseg_helpers.words.text import T

HERE = Path(__file__).parent
MOST_FILES, MOST_BYTES = 100, 500 * 10**6
"""What is taken at a time: more than a year's export of a large shop, less than a laptop's memory."""
TOO_MUCH = T(
    zh="一次最多传 {n} 个文件、共 {mb} MB。更大的请放到 company.toml 旁边，在终端运行 custseg init 和 custseg run。",
    en="At most {n} files and {mb} MB at a time. Put larger ones beside company.toml and use custseg init and custseg run in a terminal.",
).format(n=MOST_FILES, mb=MOST_BYTES // 10**6)
WORDS = {
    "upload": T(zh="上传文件", en="Upload files"),
    "drop": T(zh="也可以把文件拖到这里", en="or drop them here"),
    "failed": T(
        zh="没有传完：文件可能刚被移走或改名。再选一次。",
        en="Not all of it came through: the file may have been moved or renamed. Choose it again.",
    ),
}


class Upload(anywidget.AnyWidget):
    """A button and a place to drop files; `taken` is called with their contents by name once all have come."""

    _esm = HERE / "upload.js"
    _css = HERE / "page.css"
    accept = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, taken: Callable[[dict[str, bytes]], None], kinds: tuple[str, ...]):
        super().__init__(accept=",".join(kinds), words={name: str(said) for name, said in WORDS.items()})
        self.taken = taken
        self.held: dict[str, bytearray] = {}
        self.on_msg(Upload.heard)

    def heard(self, content: dict[str, Any], pieces: list[Any]) -> None:
        """Keep a piece and ask for the next; a file that begins anew replaces what came of it before.

        Too much is refused: the page is told so, and what was held is let go.
        """
        if content.get("all"):
            files = {name: bytes(whole) for name, whole in self.held.items()}
            self.held.clear()
            self.taken(files)
            return
        if content["at"] == 0:
            self.held[content["name"]] = bytearray()
        held = sum(map(len, self.held.values())) + len(pieces[0])
        if held > MOST_BYTES or len(self.held) > MOST_FILES:
            self.held.clear()
            self.send({"refused": str(TOO_MUCH)})
            return
        self.held[content["name"]] += pieces[0]
        self.send({"more": True})
