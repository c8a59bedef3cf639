"""The font that a page brings along: the characters it uses, cut out of the course's own fonts.

What is measured here is then what is seen on every machine, whatever fonts it has. `plots` draws with the same file.
"""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

from custseg_helpers.words.text import T, UserError, listed

FOLDER = Path(__file__).parents[1] / "fonts"
FONT = FOLDER / "NotoSansSC-Regular.otf"
"""Chinese and Latin letters, signs and currencies; `python -m tools.font` makes it."""
MONO = FOLDER / "NotoSansMonoSC-Regular.otf"
"""Letters of one width for code, two of them as wide as a Chinese character of the other font."""
LATIN = FOLDER / "NotoSans-Punctuation.ttf"
"""Quotes, dashes and dots as wide as Latin letters want them; the first font draws them as wide as a Chinese character."""
SANS_FAMILY, MONO_FAMILY, LATIN_FAMILY = "Custseg Sans", "Custseg Mono", "Custseg Latin"
"""What a stylesheet calls the three, before the fonts of the reader's machine."""
FAMILIES = {SANS_FAMILY: FONT, MONO_FAMILY: MONO, LATIN_FAMILY: LATIN}

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_INVISIBLE = frozenset("\n\r\t\u200b\u200c\u200d\ufe0e\ufe0f\ufeff")


def font_css(page: str, place: T | str = "") -> str:
    """Return the font rules for a page: the course's font with those characters that the page uses.

    `page` is its HTML or its words. A character that the font lacks is an error where `place` says what the page
    is; without a place, for words that are not the course's own, it is left to the fonts of the reader's machine.
    Emoji always are.

    >>> font_css("林晓").startswith('@font-face{font-family:"Custseg Sans";src:url(data:font/woff;base64,')
    True
    >>> "Custseg Mono" in font_css("<code>check()</code>")
    True
    """
    if place:
        require(page, place)
    return "".join(
        f'@font-face{{font-family:"{family}";src:url(data:font/woff;base64,{b64encode(font).decode()})}}'
        for family, font in _cut(page)
    )


def font_files(pages: str) -> dict[str, bytes]:
    """Return the same rules as a stylesheet, `fonts.css`, and the fonts that lie beside it, for pages that share them.

    >>> list(font_files("<code>林晓</code>"))
    ['custseg-sans.woff', 'custseg-mono.woff', 'fonts.css']
    """
    names = {family: f"{family.lower().replace(' ', '-')}.woff" for family in FAMILIES}
    fonts = dict(_cut(pages))
    rules = "".join(
        f'@font-face{{font-family:"{family}";src:url({names[family]});font-display:swap}}\n'
        for family in fonts
    )
    return {names[family]: font for family, font in fonts.items()} | {"fonts.css": rules.encode()}


def require(page: str, place: T | str) -> None:
    """Refuse a page of the course's own words with a character that the font lacks."""
    if missing := lacking(unescape(page)):
        raise UserError(
            T(
                zh="{place}：课程的字体里没有 {missing}，别人的电脑上可能是空框。请换一个字。",
                en="{place}: the course's font lacks {missing}, which may show as an empty box elsewhere. Use another character.",
            ).format(place=place, missing=listed(f"{char} (U+{ord(char):04X})" for char in missing))
        )


def lacking(text: str) -> str:
    """Return the characters of a text that the course's font cannot draw, emoji left out.

    >>> lacking("喆玥昇 ₹1,200 → 60%"), lacking("𰻝𰻝面 👍")
    ('', '𰻝')
    """
    known = characters()
    return "".join(
        sorted(char for char in set(text) - _INVISIBLE if ord(char) not in known and not _emoji(char))
    )


@cache
def characters(path: Path = FONT) -> frozenset[int]:
    """Return the code points that a font draws."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(path, lazy=True).getBestCmap())


def _emoji(char: str) -> bool:
    return 0x1F000 <= ord(char) < 0x20000


def _cut(page: str) -> Iterator[tuple[str, bytes]]:
    """Yield each family that a page needs, as a font of its characters alone."""
    used = {*_ASCII, *unescape(page)}
    wanted = "".join(sorted(used))
    needed = {
        SANS_FAMILY: True,
        MONO_FAMILY: "<code" in page or "<pre" in page,
        LATIN_FAMILY: not characters(LATIN).isdisjoint(map(ord, used)),
    }
    for family, path in FAMILIES.items():
        if needed[family]:
            yield family, _subset(path, wanted)


@cache
def _subset(path: Path, wanted: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(path, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
    subsetter.populate(text=wanted)
    subsetter.subset(font)
    font.flavor = "woff"  # every browser reads it, and zlib, unlike WOFF2's brotli, comes with Python
    target = BytesIO()
    font.save(target)
    return target.getvalue()
