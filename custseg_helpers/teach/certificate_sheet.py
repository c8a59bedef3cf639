"""A certificate as a drawing: A4 landscape in millimetres, every text as wide as its place, its own font inside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from markupsafe import Markup

from custseg_helpers.files.fonts import FONT, font_css
from custseg_helpers.files.page import page, part, token
from custseg_helpers.words.text import T

WIDTH, HEIGHT = 297.0, 210.0
DARK, SOFT, LINE = token("brand"), token("soft"), "#b08d3e"
TIERS = (LINE, "#5aa0c8", token("blue"), DARK)
"""From the top of the pyramid to its foot."""
FAMILY = T(
    zh='"Custseg Sans","PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif',
    en='"Custseg Latin","Custseg Sans","PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif',
)
ROWS = 8
"""Lessons in one column; more make two."""

TITLE = T(zh="结业证书", en="Certificate of Completion")
BEFORE = T(zh="兹证明", en="This is to certify that")
DONE = T(
    zh="学完了“{course}”的以下 {n} 课，共 {hours} 学时：",
    en='completed {n} lessons of "{course}", {hours} hours:',
)
DONE_ONE = T(
    zh="学完了“{course}”的以下 1 课，共 {hours} 学时：",
    en='completed one lesson of "{course}", {hours} hours:',
)
SPREAD = T(zh="4", en="0.6")
"""Millimetres between the letters of the title."""
DATE = T(zh="日期", en="Date")
TRAINER = T(zh="讲师", en="Trainer")


@dataclass(frozen=True)
class Sheet:
    """What stands on a certificate, as texts."""

    name: str
    course: str
    lessons: tuple[str, ...]
    hours: str
    date: str
    trainer: str = ""
    organisation: str = ""


def width(text: str) -> float:
    """Return how wide a text is at size 1, as the bundled font draws it; what it lacks counts as a full square.

    >>> width("林晓"), width("Li") < 1
    (2.0, True)
    """
    return sum(_advances().get(ord(char), 1000) for char in text) / 1000


def fitted(text: str, room: float, size: float) -> float:
    """Return the size at which a text fits into `room` millimetres, at most `size`.

    >>> fitted("林晓", 200, 18), fitted("林" * 30, 200, 18)
    (18, 6.66)
    """
    return min(size, int(room / max(width(text), 0.01) * 100) / 100)


def svg(sheet: Sheet, *, font: bool = True) -> Markup:
    """Return a certificate as an SVG of A4 landscape; with its font inside, it looks the same everywhere."""
    drawn = _tiers() + _body(sheet)
    title = _plain(f"{TITLE} · {sheet.name}")
    return part(
        "teach/templates/certificate.svg.jinja",
        title=Markup(title),
        face=Markup(font_css(drawn)) if font else "",
        family=FAMILY,
        drawn=Markup(drawn),
        dark=DARK,
        line=LINE,
    )


def html(sheets: Sequence[Sheet]) -> str:
    """Return certificates as a page, each on a sheet of its own when printed."""
    drawings = [svg(sheet, font=False) for sheet in sheets]
    return page("teach/templates/certificates.html.jinja", title=TITLE, drawings=drawings)


def _body(sheet: Sheet) -> str:
    middle = WIDTH / 2
    done = (DONE if len(sheet.lessons) > 1 else DONE_ONE).format(
        course=sheet.course, n=len(sheet.lessons), hours=sheet.hours
    )
    spread = float(str(SPREAD))
    parts = [
        _text(sheet.organisation, middle, 42, 200, 5, fill=SOFT),
        _text(str(TITLE), middle + spread / 2, 58, 230, 13, more=f'letter-spacing="{spread}"'),
        _text(str(BEFORE), middle, 69.5, 200, 4.6, fill=SOFT),
        _text(sheet.name, middle, 88, 220, 16),
        f'<path d="M38 93.5H259" stroke="{LINE}" stroke-width=".4"/>',
        _text(str(done), middle, 104, 250, 5.2),
        *_lessons(sheet.lessons),
    ]
    for place, text, what in ((75, sheet.date, DATE), (222, sheet.trainer, TRAINER)):
        if text:
            parts += [
                _text(text, place, 181, 90, 5.2),
                f'<path d="M{place - 35} 184h70" stroke="{SOFT}" stroke-width=".25"/>',
                _text(str(what), place, 190, 90, 3.8, fill=SOFT),
            ]
    return "".join(parts)


def _lessons(lessons: Sequence[str]) -> list[str]:
    """Place the lessons in one column in the middle, or in two."""
    columns = 1 if len(lessons) <= ROWS // 2 + 1 else 2
    rows = -(-len(lessons) // columns)
    room = 120 if columns == 2 else 220
    size = min(fitted(lesson, room, 5.2 if rows <= ROWS // 2 + 1 else 4.4) for lesson in lessons)
    widest = max(width(lesson) for lesson in lessons) * size
    lefts = [(WIDTH - widest) / 2] if columns == 1 else [WIDTH / 2 - 5 - widest, WIDTH / 2 + 5]
    step = min(9, 58 / rows)
    top = 110 + (58 - rows * step) / 3 + step / 2 + size / 3
    return [
        _text(lesson, lefts[place // rows], top + place % rows * step, room, size, anchor="start")
        for place, lesson in enumerate(lessons)
    ]


def _tiers() -> str:
    """Four steps of a pyramid: the course's tiers."""
    return "".join(
        f'<rect x="{WIDTH / 2 - half}" y="{19 + 4 * number}" width="{2 * half}" height="3.2" rx=".5" fill="{colour}"/>'
        for number, (half, colour) in enumerate(zip((3, 7, 11, 15), TIERS, strict=True))
    )


def _text(
    text: str,
    x: float,
    y: float,
    room: float,
    size: float,
    *,
    fill: str = "",
    anchor: str = "middle",
    more: str = "",
) -> str:
    if not text:
        return ""
    colour = f' fill="{fill}"' if fill else ""
    return (
        f'<text x="{x:.5g}" y="{y:.5g}" font-size="{fitted(text, room, size):g}" text-anchor="{anchor}"{colour} '
        f'xml:space="preserve" {more}>{_plain(text)}</text>'
    )


def _plain(text: str) -> str:
    """Return a text for XML, without the characters that XML cannot hold."""
    return escape(re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))


@cache
def _font() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(FONT, lazy=True)


@cache
def _advances() -> dict[int, int]:
    metrics = _font()["hmtx"]
    return {code: metrics[glyph][0] for code, glyph in _font().getBestCmap().items()}
