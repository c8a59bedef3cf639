"""`custseg doctor`: is this laptop ready for the class? Run it on every one of them the day before."""

import importlib
import re
import shutil
import socket
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from custseg_helpers.files.browsers import find_browser
from custseg_helpers.paths import my_folder
from custseg_helpers.words.text import T, listed

OLDEST = (3, 11)
ROOM = 1_000_000_000
"""Bytes a class may write at most: results, reports, a second copy of everything."""
SLOW = 60
"""Seconds that loading the libraries may take before a room thinks it hangs."""
LIBRARIES = ("pandas", "scipy.stats", "sklearn.cluster", "seaborn", "ipywidgets")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what, whether it is well, what was seen, and the way out when it is not."""

    what: T
    well: bool
    seen: object
    remedy: T

    def __str__(self) -> str:
        line = f"{'✓' if self.well else '✗'} {self.what}{T(zh='：', en=': ')}{self.seen}"
        return line if self.well else f"{line}\n  → {self.remedy}"


def findings() -> list[Finding]:
    """Look at everything a class needs of a laptop; nothing is changed and nothing is sent anywhere."""
    return [python(), packages(), speed(), font(), folder(my_folder()), disk(my_folder()), port(), browser()]


def python(found: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Look at Python's version.

    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> print(python((3, 9)))
    ✗ Python: 3.9
      → Install Python 3.11 or later, delete the folder .venv and run start.py again.
    """
    return Finding(
        T(zh="Python", en="Python"),
        found >= OLDEST,
        f"{found[0]}.{found[1]}",
        T(
            zh="请安装 Python 3.11 或更新版本，删掉 .venv 文件夹，再运行 start.py。",
            en="Install Python 3.11 or later, delete the folder .venv and run start.py again.",
        ),
    )


def packages(needed: Iterable[str] | None = None) -> Finding:
    """Look for the packages that the course and JupyterLab need."""
    names = list(needed or needs())
    missing = [name for name in names if not _installed(name)]
    return Finding(
        T(zh="软件包", en="Packages"),
        not missing,
        T(zh="缺 {names}", en="missing: {names}").format(names=listed(missing))
        if missing
        else T(zh=f"{len(names)} 个都在", en=f"all {len(names)} there"),
        T(zh="请再运行一次 start.py。", en="Run start.py once more."),
    )


def needs() -> list[str]:
    """Return the packages that the project declares for everybody and for `lab`."""
    found = [
        re.split(r"[^A-Za-z0-9._-]", line)[0]
        for line in requires("custseg") or []
        if "extra ==" not in line or re.search(r"extra == .lab.", line)
    ]
    return [name for name in found if name != "custseg"]


def speed(libraries: Iterable[str] = LIBRARIES) -> Finding:
    """Measure how long the libraries take to load: the first cell of every lesson waits for them."""
    started = time.monotonic()
    for name in libraries:
        importlib.import_module(name)
    seconds = time.monotonic() - started
    return Finding(
        T(zh="加载速度", en="Loading"),
        seconds < SLOW,
        T(zh=f"{seconds:.0f} 秒", en=f"{seconds:.0f} s"),
        T(
            zh="再运行一次通常就快了；仍慢的话，请让杀毒软件放过课程文件夹。",
            en="A second run is usually quick; if not, let the virus scanner leave the course's folder alone.",
        ),
    )


def font() -> Finding:
    """Look whether figures can show Chinese."""
    from matplotlib import font_manager

    from custseg_helpers.plots.style import use_style

    use_style()
    names = {entry.name for entry in font_manager.fontManager.ttflist}
    return Finding(
        T(zh="图里的中文", en="Chinese in figures"),
        "Noto Sans CJK SC" in names,
        T(zh="随课程带的字体", en="the font that comes with the course"),
        T(
            zh="课程文件夹不完整，请重新解压。",
            en="The course's folder is incomplete: unpack it again.",
        ),
    )


def folder(place: Path) -> Finding:
    """Look whether the learner's folder can be written."""
    try:
        with tempfile.TemporaryDirectory(dir=_existing(place)):
            well = True
    except OSError:
        well = False
    return Finding(
        T(zh="练习文件夹", en="Folder for your work"),
        well,
        place,
        T(
            zh="这里写不了文件。请把课程放到自己的文件夹，例如“文档”。",
            en="It cannot be written. Put the course into a folder of your own, such as Documents.",
        ),
    )


def disk(place: Path, free: int | None = None) -> Finding:
    """Look whether there is room left on the disk; `free` in bytes.

    >>> disk(Path("."), free=2_000_000_000).well, disk(Path("."), free=5_000_000).well
    (True, False)
    """
    free = shutil.disk_usage(_existing(place)).free if free is None else free
    return Finding(
        T(zh="磁盘空间", en="Disk"),
        free >= ROOM,
        T(zh=f"还有 {free / 1e9:.1f} GB", en=f"{free / 1e9:.1f} GB free"),
        T(zh="请腾出 1 GB 以上。", en="Free at least 1 GB."),
    )


def port() -> Finding:
    """Look whether this computer lets a program listen to itself: that is how JupyterLab works."""
    try:
        with socket.create_server(("127.0.0.1", 0)):
            well = True
    except OSError:
        well = False
    return Finding(
        T(zh="本机网页", en="Local web page"),
        well,
        T(zh="127.0.0.1", en="127.0.0.1"),
        T(
            zh="本机端口被拦住了。请让安全软件允许 Python 在 127.0.0.1 上监听。",
            en="Local ports are blocked. Let the security software allow Python to listen on 127.0.0.1.",
        ),
    )


def browser() -> Finding:
    """Look for a browser."""
    found = find_browser()
    try:
        usual = bool(webbrowser.get())
    except webbrowser.Error:
        usual = False
    other = T(zh="系统默认的浏览器", en="the system's own") if usual else T(zh="没找到", en="none found")
    return Finding(
        T(zh="浏览器", en="Browser"),
        bool(found or usual),
        found.stem if found else other,
        T(zh="请装 Edge、Chrome 或 Firefox。", en="Install Edge, Chrome or Firefox."),
    )


def _installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def _existing(place: Path) -> Path:
    """Return the nearest folder above that is there already."""
    return next(folder for folder in (place, *place.absolute().parents) if folder.is_dir())
