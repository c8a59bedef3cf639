"""The page before the course: what will be loaded, how much, how far it is, and where work is kept."""

import json
from pathlib import Path
from typing import TypedDict

from custseg_helpers.files.page import asset, page
from custseg_helpers.learn.start_page import TITLE
from custseg_helpers.lite.app import LANGUAGES, PYODIDE
from custseg_helpers.lite.pyodide import ON_DEMAND
from custseg_helpers.words.text import LANGUAGES as SPEECHES
from custseg_helpers.words.text import Language, T, speaking

SMALLEST = 50_000
"""Smaller files are not worth a request of their own here."""

WORDS = {
    "title": T(zh="在浏览器里上课", en="The course in your browser"),
    "go": T(zh="开始上课", en="Start the course"),
    "bar": T(zh="下载进度", en="Download"),
    "python": T(zh="正在下载：Python", en="Downloading: Python"),
    "packages": T(zh="正在下载：计算和画图的软件包", en="Downloading: packages for computing and drawing"),
    "course_data": T(zh="正在下载：课程和示例数据", en="Downloading: the course and its data"),
    "pages": T(zh="正在下载：笔记本的界面", en="Downloading: the notebook's interface"),
    "done": T(zh="下载完成，正在打开课程……", en="Downloaded. Opening the course …"),
    "failed": T(
        zh="下载中断了。请检查网络，再点一次“开始上课”，会接着下载。",
        en="The download stopped. Check the network and press “Start the course” again; it goes on from there.",
    ),
    "old": T(
        zh="这个浏览器太旧，或关掉了必要的功能（WebAssembly、Service Worker）。请换新版 Chrome、Edge、Firefox 或 Safari，并且不要用无痕窗口。",
        en="This browser is too old, or has switched off what is needed (WebAssembly, service workers). Use a recent Chrome, Edge, Firefox or Safari, and no private window.",
    ),
    "noscript": T(zh="请允许这个网页运行 JavaScript。", en="Please allow this page to run JavaScript."),
    "own": T(zh="只想分析自己的数据", en="Only your own data"),
}
SAID = ("python", "packages", "course_data", "pages", "done", "failed", "old")
"""What the page says as it loads."""
KINDS = (("python", ("pyodide.", "python_stdlib")), ("course_data", ("custseg-",)), ("packages", ("",)))


class Download(TypedDict):
    """A file that the first visit fetches."""

    url: str
    bytes: int
    kind: str


def downloads(out: Path) -> list[Download]:
    """Return the large files that a first visit fetches, in the order in which they are fetched."""
    python = [
        file
        for file in sorted((out / PYODIDE).iterdir())
        if not file.name.startswith((*(f"{name}-" for name in ON_DEMAND), "pyodide.mjs"))
    ]
    found: list[Download] = [_entry(out, out / "build" / "lab" / "bundle.js", "pages")]
    for wanted, _ in KINDS:
        for file in python:
            kind = next(kind for kind, begins in KINDS if file.name.startswith(begins))
            if kind == wanted and file.stat().st_size >= SMALLEST:
                found.append(_entry(out, file, kind))
    return found


def write(out: Path) -> None:
    """Write the start page of each language, `zh/index.html` and `en/index.html`, and a page that chooses between them."""
    files = downloads(out)
    (out / "downloads.json").write_text(json.dumps(files, indent=0) + "\n", encoding="utf-8")
    _write(out / "start.js", str(asset("lite/start.js")))
    _write(out / "index.html", choice())
    for lang in LANGUAGES:
        (out / lang).mkdir(exist_ok=True)
        _write(out / lang / "index.html", html(lang, files))


def html(lang: Language, files: list[Download]) -> str:
    """Return the start page of a language."""
    with speaking(lang):
        return page(
            "lite/templates/{language}.html.jinja",
            place=WORDS["title"],
            title=WORDS["title"] + " · " + TITLE,
            mb=f"{sum(file['bytes'] for file in files) / 1e6:.0f}",
            course=TITLE,
            words=WORDS,
            said={name: str(WORDS[name]) for name in SAID},
            code=lang,
            others={code: speech for code, speech in SPEECHES.items() if code != lang},
        )


def choice() -> str:
    """Return the page that sends to the reader's language."""
    title = WORDS["title"]
    doors = {code: {"html": speech.html, "title": title.within(code)} for code, speech in SPEECHES.items()}
    return page(
        "lite/templates/choose.html.jinja",
        title=" · ".join(door["title"] for door in doors.values()),
        doors=doors,
    )


def _entry(out: Path, file: Path, kind: str) -> Download:
    return {"url": file.relative_to(out).as_posix(), "bytes": file.stat().st_size, "kind": kind}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
