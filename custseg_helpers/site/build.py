"""Sphinx over the staged pages of one language; then one search index for all of them."""

import io
import re
import subprocess
import sys
from pathlib import Path

from custseg_helpers.files.fonts import font_files, require
from custseg_helpers.files.page import PACKAGE, guarded
from custseg_helpers.learn.start_page import TITLE
from custseg_helpers.words.text import LANGUAGES, Language, T, UserError

THEME = Path(__file__).with_name("theme")
LOCALES = {"zh": "zh_CN", "en": "en"}
WEB: dict[Language, tuple[str, str]] = {
    code: (speech.html, speech.name) for code, speech in LANGUAGES.items()
}
"""Each language's code on the web, and its name."""

POLICY = """
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
script-src SCRIPTS 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'self'">"""

NAME = T(zh="客户分层课程", en="Customer segmentation")
WORDS = {
    "search": T(zh="搜索", en="Search"),
    "licence": T(zh="课程文字 CC BY 4.0，代码 MIT。", en="Course text CC BY 4.0, code MIT."),
}


def build(source: Path, target: Path, lang: Language, languages: list[Language]) -> None:
    """Make the pages of one language; whatever Sphinx warns of is a fault in the pages and stops the build."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warnings = io.StringIO()
    doctrees = source.with_name(f"{source.name}-doctrees")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            source, None, target, doctrees, "html",
            confoverrides=settings(lang, languages), status=None, warning=warnings, parallel=1,
        )  # fmt: skip
        # Pagefind does it: Sphinx's own finds no Chinese.
        app.builder.search = False  # type: ignore[attr-defined]
        app.build()
    (target / "_static" / "webpack-macros.html").unlink()  # a template of the theme, no page
    if told := warnings.getvalue().strip():
        raise UserError(zh=f"网页没有做成：\n{told}", en=f"The pages could not be made:\n{told}")


def write_fonts(folder: Path) -> None:
    """Give the pages of a language the fonts of the characters that they use; the theme's layout asks for them."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    for path, page in pages.items():
        require(page, path.relative_to(folder.parent).as_posix())
    for name, data in font_files("".join(pages.values())).items():
        (folder / "_static" / name).write_bytes(data)


def settings(lang: Language, languages: list[Language]) -> dict[str, object]:
    """Return what `conf.py` would say."""
    other: Language = next(code for code in WEB if code != lang)
    code, name = WEB[other]
    return {
        "project": TITLE.within(lang),
        "author": "custseg",
        "language": LOCALES[lang],
        "extensions": ["myst_nb"],
        "nb_execution_mode": "off",
        "myst_heading_anchors": 3,
        "exclude_patterns": ["workbooks/*.ipynb"],
        # a hint may show half a line of code; two classes of different modules may bear one name
        "suppress_warnings": ["misc.highlighting_failure", "ref.python"],
        "templates_path": [str(THEME / "templates")],
        "html_static_path": [str(THEME / "static"), str(PACKAGE / "files" / "tokens.css")],
        "html_css_files": ["tokens.css", "site.css"],
        "html_js_files": ["site.js"],
        "html_theme": "pydata_sphinx_theme",
        "html_title": TITLE.within(lang),
        "html_favicon": str(THEME / "static" / "favicon.svg"),
        "html_copy_source": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_sidebars": {
            "**": ["sidebar-nav-bs.html"],
            **{page: [] for page in ("index", "search", "start", "faq")},
        },
        "html_context": {
            "default_mode": "light",
            "words": {key: text.within(lang) for key, text in WORDS.items()},
            "other": {"folder": other, "code": code, "name": name} if other in languages else None,
        },
        "html_theme_options": {
            "disable_search": True,
            "navbar_align": "left",
            "navbar_persistent": [],
            "navbar_end": ["site-tools.html"],
            "header_links_before_dropdown": 7,
            "navigation_depth": 2,
            "collapse_navigation": True,
            "show_toc_level": 2,
            "secondary_sidebar_items": ["page-toc"],
            "footer_start": ["licence.html"],
            "footer_end": [],
            "logo": {"text": NAME.within(lang)},
            "pygments_light_style": "a11y-high-contrast-light",
        },
    }


def set_policy(folder: Path) -> None:
    """Have every page run the site's scripts alone, and fetch from the site alone; its search is WebAssembly."""
    # Sphinx's words for its own search, which is off; they come with a rule that is evaluated as a program.
    (folder / "_static" / "translations.js").unlink(missing_ok=True)
    for path in sorted(folder.rglob("*.html")):
        head, mark, rest = path.read_text(encoding="utf-8").partition('<meta charset="utf-8" />')
        if mark:
            rest = re.sub(r'<script src="[^"]*translations\.js[^"]*"></script>', "", rest)
            path.write_text(guarded(head + mark + POLICY + rest), encoding="utf-8")


def index(site: Path) -> None:
    """Make the search index, one for each language found, below `site/pagefind/`."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "article.bd-article"]
    command += ["--glob", "{zh,en}/**/*.html", "--exclude-selectors", ".headerlink", "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise UserError(zh=f"搜索索引没有做成：\n{said}", en=f"The search index could not be made:\n{said}")
