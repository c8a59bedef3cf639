"""A learner's work in the browser: packed into one zip to keep, and laid out again where they go on.

The file panel is `/drive` for Python. Lessons that nobody changed stay out of the zip: they are on the site.
"""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from html import escape
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from custseg_helpers.explore.still import Shown
from custseg_helpers.learn.marks import progress_file
from custseg_helpers.lite.contents import fingerprint
from custseg_helpers.paths import course_root, my_folder
from custseg_helpers.words.text import T, UserError

LARGEST = 200_000_000
"""Bytes that a zip may unpack to."""
TITLE = T(zh="我的作业", en="My work")


def changed(home: Path, delivered: Mapping[str, str]) -> list[Path]:
    """Return the files that are the learner's own: made here, or delivered and worked on. Hidden files are not."""
    found = []
    for file in sorted(home.rglob("*")):
        name = file.relative_to(home)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            known = delivered.get(name.as_posix())
            if known is None or fingerprint(file.read_text(encoding="utf-8", errors="replace")) != known:
                found.append(file)
    return found


def packed(home: Path, delivered: Mapping[str, str]) -> bytes:
    """Return the learner's own files as a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packing:
        for file in changed(home, delivered):
            packing.writestr(file.relative_to(home).as_posix(), file.read_bytes())
    return held.getvalue()


def unpacked(content: bytes, home: Path, delivered: Mapping[str, str]) -> list[str]:
    """Lay the files of a zip into the learner's folder and return their names.

    Progress of both places is put together. A file that the learner worked on here too is kept as `….old-1.ipynb`.

    Raises:
        UserError: it is no zip, is damaged, is too large, or a name in it would leave the folder; nothing is written.
    """
    files = _files(content)
    for name, data in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path == progress_file() and path.exists():
            data = _together(path.read_bytes(), data)
        elif path.exists() and path.read_bytes() != data and path in changed(home, delivered):
            path.rename(_free(path))
        path.write_bytes(data)
    return list(files)


def delivered() -> dict[str, str]:
    """Return the fingerprints of the notebooks as they were delivered; none where this is no browser."""
    try:
        found: dict[str, str] = json.loads((course_root() / "pages.json").read_text(encoding="utf-8"))
    except OSError:
        return {}
    return found


def show() -> Shown:
    """Show the two buttons: download my work, continue from a file."""
    import ipywidgets as W

    wide = W.Layout(width="auto", min_width="14em")
    save = W.Button(
        description=str(T(zh="下载我的作业", en="Download my work")),
        button_style="primary",
        layout=wide,
        icon="download",
    )
    upload = W.FileUpload(
        accept=".zip", description=str(T(zh="接着上次学：选文件", en="Continue from a file")), layout=wide
    )
    said = W.HTML()

    def pack(_: Any) -> None:
        files = changed(my_folder(), delivered())
        if not files:
            said.value = f"<p>{T(zh='还没有自己的作业。', en='There is no work of yours yet.')}</p>"
            return
        content, name = packed(my_folder(), delivered()), f"custseg-{date.today():%Y-%m-%d}.zip"
        data = b64encode(content).decode()
        words = T(
            zh="点这里保存 {name}（{n} 个文件，{size}）", en="Click to save {name} ({n} files, {size})"
        ).format(name=name, n=len(files), size=_size(len(content)))
        said.value = (
            f"<p><a style='color:#0b57a4;text-decoration:underline;font-size:1.1em' download='{name}' "
            f"href='data:application/zip;base64,{data}'>{words}</a></p>"
        )

    def lay_out(_: Any) -> None:
        if not upload.value:
            return
        try:
            names = unpacked(bytes(upload.value[0]["content"]), my_folder(), delivered())
        except UserError as error:
            said.value = f"<p role='alert'>⚠ {escape(str(error))}</p>"
            return
        words = T(
            zh="已放回 {n} 个文件。已经打开的笔记本请关掉再打开。",
            en="{n} files are back. Close notebooks that are open, and open them again.",
        ).format(n=len(names))
        said.value = f"<p>✓ {words}</p>"

    save.on_click(pack)
    upload.observe(lay_out, names="value")
    idle = T(zh="这一格要在浏览器版课程里运行。", en="This cell needs to be run, in the browser's course.")
    return Shown(W.VBox([W.HBox([save, upload]), said]), text=str(TITLE), html=f"<p>{idle}</p>")


def _files(content: bytes) -> dict[str, bytes]:
    broken = UserError(
        zh="这个文件不是“下载我的作业”存下的 zip，或者已经损坏。请换一个文件。",
        en="This is not a zip from “Download my work”, or it is damaged. Choose another file.",
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            names = [PurePosixPath(entry.filename) for entry in entries]
            if any(name.is_absolute() or ".." in name.parts or "\\" in str(name) for name in names):
                raise broken
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise broken
            return {str(name): packed.read(entry) for name, entry in zip(names, entries, strict=True)}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise broken from None


def _together(here: bytes, there: bytes) -> bytes:
    """Put two progress files together: every line once, in the order of time."""
    lines = dict.fromkeys(line for line in (here + b"\n" + there).split(b"\n") if line.strip())
    return b"".join(line + b"\n" for line in sorted(lines, key=_time))


def _time(line: bytes) -> str:
    try:
        return str(json.loads(line)["time"])
    except (ValueError, KeyError, TypeError):
        return ""


def _free(path: Path) -> Path:
    return next(
        old for n in count(1) if not (old := path.with_name(f"{path.stem}.old-{n}{path.suffix}")).exists()
    )


def _size(length: int) -> str:
    return f"{length / 1e6:.1f} MB" if length >= 1e5 else f"{max(length // 1000, 1)} kB"
