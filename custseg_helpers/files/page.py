"""The one page builder: templates filled in the current language, on one style sheet, without anything from outside."""

import re
import secrets
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from custseg_helpers.files.fonts import font_css
from custseg_helpers.words.text import LANGUAGES, T, language, stand_in

PACKAGE = Path(__file__).parents[1]
PARTS = "files/templates/parts.html.jinja"
"""A page of a title, a sentence (`lead`) and `parts`, each a heading and its HTML."""
MARKUP = ("html.jinja", "svg.jinja")


def page(template: str, *, place: T | str = "", **values: Any) -> str:
    """Return a page as HTML: one file that needs nothing else.

    Args:
        template: its path in the package; it extends `files/templates/page.html.jinja`.
        place: what the page is, where all of its words are the course's own: a character that its font lacks is then
            an error. Words of a company or a learner are drawn by the reader's machine where they have to be.
        values: what the template shows. What is not `Markup` is escaped, what is a `T` is said in the current
            language; a name that the template wants and nobody gave is an error.

    >>> made = page(PARTS, title="A & B", lead="", parts=[("<One>", Markup("<p>1</p>"))])
    >>> made[made.index("<body>") :].split()
    ['<body>', '<header>', '<h1>A', '&amp;', 'B</h1>', '</header>', '<h2>&lt;One&gt;</h2>', '<p>1</p>', '</body>', '</html>']
    """
    own = f" {secrets.token_hex(16)}"
    made = guarded(fill(template, lang=LANGUAGES[language()].html, own=own, **values), own)
    return made.replace("<style>", f"<style>\n{font_css(made, place)}", 1)


def guarded(page: str, own: str = "") -> str:
    """Return a page whose policy names its own scripts by their fingerprints, so that no other script runs in it.

    `own` is a secret that marks them in their opening tags; it is taken out. Without one every script that stands in
    the page is its own. A script that data smuggled in bears no mark, and what it contains is not run.

    >>> print(guarded("script-src SCRIPTS <script>mine()</script>"))
    script-src 'sha256-QXxpu54YpA43T7+5Jah+DcfQJ/oA7xkSYpaa+TBFnkI=' <script>mine()</script>
    >>> print(guarded("script-src SCRIPTS <script>theirs()</script>", " secret"))
    script-src 'none' <script>theirs()</script>
    """
    opening = f"<script{own}>" if own else r"<script(?![^>]*\ssrc=)[^>]*>"
    scripts = re.findall(f"{opening}(.*?)</script>", page, flags=re.DOTALL)
    prints = sorted({b64encode(sha256(script.encode()).digest()).decode() for script in scripts})
    allowed = " ".join(f"'sha256-{one}'" for one in prints) or "'none'"
    return page.replace(f"<script{own}>", "<script>").replace(
        "script-src SCRIPTS", f"script-src {allowed}", 1
    )


def part(template: str, **values: Any) -> Markup:
    """Return a piece of a page, or a drawing, which goes into other pages as it is."""
    return Markup(fill(template, **values))


def fill(template: str, **values: Any) -> str:
    """Return a template of the package with its places filled, as plain text where it is neither HTML nor SVG.

    `{language}` in its path is the folder, or the name, of the current language or of the one that stands in.
    """
    return _templates().get_template(spoken(template)).render(**values)


def asset(path: str) -> Markup:
    """Return a text of the package that belongs into pages as it is: styles, scripts."""
    return Markup((PACKAGE / path).read_text(encoding="utf-8"))


def token(name: str) -> str:
    """Return what a token of `tokens.css` stands for, where a drawing or a script must have the value itself.

    >>> token("blue")
    '#0173b2'
    """
    found = re.search(rf"--{name}: ([^;]+);", asset("files/tokens.css"))
    assert found, name
    return found[1]


def spoken(path: str) -> str:
    """Return a path in the package with the current language, or the one that stands in, for `{language}`."""
    here = path.format(language=language())
    return here if (PACKAGE / here).is_file() else path.format(language=stand_in(language()))


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PACKAGE),
        undefined=StrictUndefined,
        autoescape=select_autoescape(MARKUP, default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["asset"] = asset
    return made


def html_list(items: Sequence[T | str]) -> Markup:
    """Return texts as a list.

    >>> html_list(["<a>"])
    Markup('<ul><li>&lt;a&gt;</li></ul>')
    """
    return Markup("<ul>{}</ul>").format(
        Markup().join(Markup("<li>{}</li>").format(str(item)) for item in items)
    )


def html_figure(png: bytes, words: T | str) -> Markup:
    """Return a picture that travels inside the page; `words` stand for it where it cannot be seen."""
    return Markup('<img alt="{}" src="data:image/png;base64,{}">').format(str(words), b64encode(png).decode())
