"""A certificate as a drawing: A4 landscape in millimetres, every text as wide as its place, its own font inside."""

import io
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from custseg_helpers.words.text import T, language

FONT = Path(__file__).parents[1] / "fonts" / "NotoSansSC-Regular.otf"
WIDTH, HEIGHT = 297.0, 210.0
DARK, SOFT, LINE = "#1d3f52", "#5a6b75", "#b08d3e"
TIERS = ("#b08d3e", "#3a7a94", "#29586d", "#1d3f52")
FAMILY = '"Certificate","Noto Sans SC","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
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
DATE = T(zh="日期", en="Date")
TRAINER = T(zh="讲师", en="Trainer")
PRINT = "@page{size:A4 landscape;margin:0}html,body{margin:0}body{background:#e9ecee}figure{margin:0 auto 8mm;width:297mm;max-width:100%;background:#fff}svg{display:block;width:100%;height:auto}@media print{body{background:#fff}figure{margin:0;width:297mm;height:210mm;break-after:page;overflow:hidden}figure:last-child{break-after:auto}}"


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


def svg(sheet: Sheet, *, font: bool = True) -> str:
    """Return a certificate as an SVG of A4 landscape; with its font inside, it looks the same everywhere."""
    style = f"<style>{_face([sheet])}</style>" if font else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" '
        f"font-family='{FAMILY}' fill=\"{DARK}\">{style}<title>{_plain(f'{TITLE} · {sheet.name}')}</title>"
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>'
        f'<rect x="8" y="8" width="281" height="194" fill="none" stroke="{DARK}" stroke-width="1.1"/>'
        f'<rect x="10.5" y="10.5" width="276" height="189" fill="none" stroke="{LINE}" stroke-width=".35"/>'
        f"{_tiers()}{_body(sheet)}</svg>\n"
    )


def html(sheets: Sequence[Sheet]) -> str:
    """Return certificates as a page, each on a sheet of its own when printed."""
    lang = "zh-CN" if language() == "zh" else "en"
    figures = "\n".join(f"<figure>{svg(sheet, font=False)}</figure>" for sheet in sheets)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{_plain(str(TITLE))}</title><style>{PRINT}{_face(sheets)}</style></head>\n<body>\n{figures}\n</body></html>\n"
    )


def _body(sheet: Sheet) -> str:
    middle = WIDTH / 2
    done = (DONE if len(sheet.lessons) > 1 else DONE_ONE).format(
        course=sheet.course, n=len(sheet.lessons), hours=sheet.hours
    )
    spread = 4 if language() == "zh" else 0.6
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


def _face(sheets: Sequence[Sheet]) -> str:
    """Return the font rule with those characters of the bundled font that the sheets use."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    used = "".join(_body(sheet) for sheet in sheets)
    font = TTFont(FONT, lazy=True, recalcTimestamp=False)
    options = Options(hinting=False, desubroutinize=True, layout_features=[], notdef_outline=True)
    options.flavor = "woff"
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(set(used))))
    subsetter.subset(font)
    font.flavor = "woff"
    target = io.BytesIO()
    font.save(target)
    return f'@font-face{{font-family:"Certificate";src:url(data:font/woff;base64,{b64encode(target.getvalue()).decode()})}}'
