"""The pages of one language as files that Sphinx reads; every page has the same name in both languages."""

from collections.abc import Mapping
from pathlib import Path

from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.learn.papers import paper
from custseg_helpers.site import home, written
from custseg_helpers.site.lessons import lesson_page
from custseg_helpers.site.reference import ROOMS, index_page, room_page
from custseg_helpers.site.workbooks import workbook_page
from custseg_helpers.words.text import Language, T, use_language

MENU = {
    "start": T(zh="开始", en="Start"),
    "lessons/index": T(zh="讲义", en="Lessons"),
    "workbooks/index": T(zh="练习", en="Exercises"),
    "own-data": T(zh="自己的数据", en="Your own data"),
    "reference/index": T(zh="参考", en="Reference"),
    "faq": T(zh="常见问题", en="FAQ"),
    "trainers": T(zh="讲师", en="Trainers"),
}
OWN_DATA = ("own-data", "campaigns", "scale")
"""The guides of `docs/` that belong to one's own data; the others are for trainers."""

REFERENCE = T(zh="# 参考", en="# Reference")
SEARCH = T(
    zh="""# 搜索

```{raw} html
<div id="pagefind" data-local="搜索要在网页服务器上才能用。在 site 文件夹里运行 python -m http.server --bind 127.0.0.1，再打开 http://127.0.0.1:8000/"></div>
<noscript>搜索需要打开 JavaScript。</noscript>
```
""",
    en="""# Search

```{raw} html
<div id="pagefind" data-local="Search works where the pages come from a web server. Run python -m http.server --bind 127.0.0.1 in the folder site and open http://127.0.0.1:8000/"></div>
<noscript>Search needs JavaScript.</noscript>
```
""",
)
FULL_WIDTH = "---\nhtml_theme.sidebar_secondary.remove: true\n---\n"


def stage(folder: Path, lang: Language, commands: Mapping[str, T], megabytes: int, *, lite: bool) -> None:
    """Write the sources of one language's pages into `folder`."""
    use_language(lang)
    files: dict[str, str | bytes] = {
        "index.md": FULL_WIDTH
        + home.home_page(lang, lite=lite)
        + _toctree([f"{T_.within(lang)} <{page}>" for page, T_ in MENU.items()]),
        "start.md": home.start_guide(lang, megabytes, lite=lite),
        "search.md": f"---\norphan: true\nhtml_theme.sidebar_secondary.remove: true\n---\n{SEARCH.within(lang)}",
        "faq.md": paper("faq", lang) + _toctree(["cheat_sheet"]),
        "cheat_sheet.md": paper("cheat_sheet", lang),
        "own-data.md": written.own_text("own-data", lang) + _toctree([f"docs/{name}" for name in OWN_DATA]),
        "trainers.md": written.trainer_text(lang, commands)
        + _toctree([f"docs/{name}" for name in written.guides() if name not in OWN_DATA]),
        "lessons/index.md": home.lesson_list(lang),
        "workbooks/index.md": home.workbook_list(lang),
        "reference/index.md": f"{REFERENCE.within(lang)}\n\n```{{toctree}}\nglossary\ndictionary\nfunctions/index\n```\n",
        "reference/glossary.md": written.glossary_text(lang),
        "reference/dictionary.md": written.guide_text("datasets/README.md", lang),
        "reference/functions/index.md": index_page(lang),
    }
    files |= {f"docs/{name}.md": written.guide_text(f"docs/{name}.md", lang) for name in written.guides()}
    files |= {f"reference/functions/{room}.md": room_page(room, lang) for room in ROOMS}
    for lesson in lesson_folders().values():
        files[f"lessons/{lesson.name}.ipynb"] = lesson_page(lesson.name, lang)
        page, beside = workbook_page(lesson.name, lang)
        files |= {f"workbooks/{lesson.name}.md": page} | {
            f"workbooks/{name}": data for name, data in beside.items()
        }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _toctree(pages: list[str]) -> str:
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"
