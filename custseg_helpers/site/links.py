"""Look over built pages: every link leads somewhere, nothing is fetched from outside, every picture has words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from custseg_helpers.words.text import T

FETCHED = {("img", "src"), ("script", "src"), ("source", "src"), ("iframe", "src"), ("link", "href")}
"""What a browser fetches by itself; an `<a href>` waits for a click."""

ALTERNATE = {"alternate", "next", "prev", "index", "search", "author", "copyright"}
CSS_FETCH = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)")


@dataclass
class Page:
    """What a page leads to, fetches and can be jumped to."""

    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    wordless: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.page.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        for name in ("href", "src"):
            if name in given:
                waits = tag == "a" or given.get("rel", "") in ALTERNATE
                fetched = (tag, name) in FETCHED and not waits
                (self.page.fetched if fetched else self.page.links).append(given[name])
        if tag == "img" and not given.get("alt", "").strip():
            self.page.wordless.append(given.get("src", ""))


def read_page(html: str) -> Page:
    """Return what a page leads to.

    >>> read_page('<h2 id="a"><a href="b.html">b</a><img src="https://example.org/c.png">').fetched
    ['https://example.org/c.png']
    """
    reader = _Reader()
    reader.feed(html)
    return reader.page


def faults(site: Path, *, elsewhere: tuple[str, ...] = ()) -> Iterator[T]:
    """Yield what is wrong with the pages below `site`; links into the folders `elsewhere` are taken on trust."""
    files = [
        path for path in sorted(site.rglob("*.html")) if path.relative_to(site).parts[0] not in elsewhere
    ]
    pages = {path: read_page(path.read_text(encoding="utf-8")) for path in files}
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for address in page.fetched:
            if _outside(address):
                yield _outside_fault(name, address)
        for picture in page.wordless:
            yield T(
                zh=f"{name}：图片没有文字说明：{picture}", en=f"{name}: a picture without words: {picture}"
            )
        for address in dict.fromkeys(page.links + page.fetched):
            if not _leads(address, path, site, pages, elsewhere):
                yield T(zh=f"{name}：链接无效：{address}", en=f"{name}: broken link: {address}")
    for path in sorted(site.rglob("*.css")):
        if path.relative_to(site).parts[0] not in elsewhere:
            for address in CSS_FETCH.findall(path.read_text(encoding="utf-8", errors="replace")):
                yield _outside_fault(path.relative_to(site).as_posix(), address)


def _outside(address: str) -> bool:
    return address.startswith(("http:", "https:", "//"))


def _outside_fault(name: str, address: str) -> T:
    return T(zh=f"{name}：要从外面取：{address}", en=f"{name}: fetched from outside: {address}")


def _leads(address: str, path: Path, site: Path, pages: dict[Path, Page], elsewhere: tuple[str, ...]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_relative_to(site) and target.relative_to(site).parts[:1] in [(name,) for name in elsewhere]:
        return True
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site):
        return False
    return not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].ids
