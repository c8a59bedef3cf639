"""The learner's own folder `my/`: copies of the lessons and workbooks, which an update never overwrites.

`.copied.json` in each language's folder remembers what was laid there. A file that still is what was laid there may
be renewed; any other is the learner's, and a newer original goes beside it as `04_rfm.new.ipynb`.
`reset("04")` in a cell, `custseg reset 04` in a terminal, lays a workbook there afresh and keeps the old one as
`04_rfm_exercises.old-1.ipynb`.
"""

import hashlib
import json
import platform
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from custseg_helpers.files.whole import write_whole
from custseg_helpers.learn.lessons import lesson_folder, lesson_folders
from custseg_helpers.learn.start_page import OWN_DATA, own_data_page
from custseg_helpers.paths import course_root, my_folder
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError, language

COPIED = ".copied.json"
SPEECH = re.compile(r'"language_info": \{[^{}]*(\{[^{}]*\}[^{}]*)?\}')
"""What a notebook says of its Python."""


def work_folder(name: str, *files: str) -> Path:
    """Return the folder `my/<language>/<name>`, made where it is missing, for what a lesson writes.

    Those of `files` that an earlier run left are removed, so that the lesson can run again; others stay.
    """
    folder = my_folder() / language() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file).unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_be_used(folder, error) from None
    return folder


def _cannot_be_used(folder: Path, error: OSError) -> UserError:
    return UserError(
        zh=f"用不了文件夹“{folder}”：{error.strerror}。请检查写权限，并关掉里面打开的文件。",
        en=f"The folder “{folder}” cannot be used: {error.strerror}. Check your rights, and close its files.",
    )


def originals(lang: Language) -> dict[str, str]:
    """Return lessons, workbooks and the own-data page by file name; in one folder, so links between them lose their way there."""
    pages = {}
    for kind in ("notebooks", "exercises"):
        for path in sorted((course_root() / kind / lang).glob("*.ipynb")):
            text = path.read_text(encoding="utf-8")
            for sister in ("notebooks", "exercises"):
                text = text.replace(f"../../{sister}/{lang}/", "")
            pages[path.name] = text
    pages[OWN_DATA] = own_data_page(lang)
    return pages


def languages() -> list[Language]:
    """Return the languages in which lessons are here, the reader's own first: a class pack has one."""
    known = LANGUAGES
    here = [lang for lang in known if any((course_root() / "notebooks" / lang).glob("*.ipynb"))]
    return sorted(here or known, key=lambda lang: lang != language())


def for_this_python(text: str) -> str:
    """Return a notebook that says of its Python what this one's kernel will say, so that opening changes nothing."""
    info = {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": platform.python_version(),
    }
    return SPEECH.sub(f'"language_info": {json.dumps(info)}', text)


def on_any_python(text: str) -> str:
    """Return a notebook's text without the Python it was opened with: another one is no change.

    >>> on_any_python(for_this_python('{"language_info": {"name": "python"}}'))
    '{"language_info": {}}'
    """
    return SPEECH.sub('"language_info": {}', text)


def fill(
    folder: Path, pages: Mapping[str, str], essence: Callable[[str], object] = on_any_python
) -> dict[str, str]:
    """Bring a folder up to date with `pages` (name → text), and leave alone what a learner changed.

    `essence` says what of a text counts as changed, by default every character but the version of Python. Returns the files that were laid
    beside a changed one: `{"04_rfm.ipynb": "04_rfm.new.ipynb"}`.
    """

    def mark(text: str) -> str:
        return hashlib.sha256(repr(essence(text)).encode()).hexdigest()

    def found(name: str) -> str | None:
        path = folder / name
        return mark(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else None

    copied, beside = _copied(folder), {}
    for name, text in pages.items():
        wanted, there = mark(text), found(name)
        if there in (None, copied.get(name)):
            if there != wanted:
                write_whole(folder / name, text)
        elif wanted not in (there, copied.get(name)):
            free = next(new for new in _names(name, "new") if found(new) in (None, copied.get(new)))
            write_whole(folder / free, text)
            copied[free] = wanted
            beside[name] = free
        copied[name] = wanted
    write_whole(folder / COPIED, json.dumps(copied, indent=0))
    return beside


def reset(lesson: str | int = "", lang: Language | None = None) -> None:
    """Lay the workbook of one lesson afresh into the learner's folder, and say where the old one is kept.

    Args:
        lesson: its number as `"04"` or `4`, or its name; left out, a sentence says what to write and nothing is done.
        lang: the workbook's language; the reader's own by default.

    Raises:
        UserError: if there is no such lesson, or it has no workbook here.
    """
    if not str(lesson).strip():
        told = T(
            zh='引号里写上课号，再运行一次，如 reset("{lesson}")。现在什么都没有改。',
            en='Write the lesson\'s number between the quotes and run it again: reset("{lesson}"). Nothing has been changed.',
        )
        print(told.format(lesson="04" if "04" in lesson_folders() else next(iter(lesson_folders()))))
        return
    lang = lang or languages()[0]
    name = f"{lesson_folder(str(lesson)).name}_exercises.ipynb"
    pages, folder = originals(lang), my_folder() / lang
    if name not in pages:
        raise UserError(zh=f"这一课还没有练习册 {name}。", en=f"This lesson has no workbook {name} yet.")
    kept = lay_afresh(folder, name, pages[name])
    print(T(zh="练习册已恢复：{path}", en="Workbook restored: {path}").format(path=folder / name))
    if kept:
        told = T(
            zh="原来的另存为：{name}。练习册正开着的话，关掉它的标签页，不要保存，再打开。",
            en="The old one is kept as {name}. If the workbook is open, close its tab without saving and open it again.",
        )
        print(told.format(name=kept))


def lay_afresh(folder: Path, name: str, text: str) -> str | None:
    """Lay one page there afresh; return the name under which the old one is kept, if there was one."""
    kept = None
    if (folder / name).exists():
        kept = next(old for old in _names(name, "old", 1) if not (folder / old).exists())
        try:
            (folder / name).rename(folder / kept)
        except OSError as error:
            raise _cannot_be_used(folder, error) from None
    fill(folder, {name: text})
    return kept


def _names(name: str, word: str, first: int | None = None) -> Iterator[str]:
    stem, suffix = name.rsplit(".", 1)
    if first is None:
        yield f"{stem}.{word}.{suffix}"
    yield from (f"{stem}.{word}-{number}.{suffix}" for number in count(first or 2))


def _copied(folder: Path) -> dict[str, str]:
    try:
        copied = json.loads((folder / COPIED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return copied if isinstance(copied, dict) else {}
