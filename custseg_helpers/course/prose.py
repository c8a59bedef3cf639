"""How texts are written: the glossary's words, Markdown that renders, Chinese spaces and punctuation."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import autocorrect_py

from custseg_helpers.course.markdown import inline, without_code, words
from custseg_helpers.course.source import FIRST, SECOND, Place, Problem, Twin
from custseg_helpers.words.glossary import glossary
from custseg_helpers.words.phrases import Phrase, avoided
from custseg_helpers.words.text import T

ELSEWHERE = T(zh="## 别处怎么叫", en="## What others call this")
"""The box of a lesson in which the names stand that this course does not use."""

_HAN = r"[\u3400-\u9fff]"
_HALF_WIDTH = re.compile(rf"{_HAN}\s?[,;:!?(]|\)\s?{_HAN}")
_TIGHT_CODE = re.compile(rf"{_HAN}`|`{_HAN}")
_FULL_WIDTH = re.compile(r"[A-Za-z0-9][，。；：！？（、]|[，。；：！？）、][A-Za-z0-9]")
_LITERAL = re.compile(r"\*\*|__|\]\(|(?<![\s*])\*(?![\s*])|`")


def remarks(twin: Twin) -> Iterator[Problem]:
    """Yield everything about a twin's writing that an author should change."""
    for text, place, language in _sides(twin):
        if not _elsewhere(text):
            yield from _avoided_words(text, place)
            yield from _avoided_phrases(text, place, language)
        yield from _literal_markup(text, place)
    yield from _chinese(twin.first, twin.first_place)
    if twin.cell:
        yield from _broken_paragraphs(twin.first, twin.first_place)
    for line, text in _lines(twin.second):
        for match in _FULL_WIDTH.finditer(text):
            yield _remark(
                twin.second_place, line, match[0], "英文里用半角标点", "half-width punctuation in English"
            )


def repeated(twins: Iterable[Twin]) -> Iterator[Problem]:
    """Yield the phrases that a lesson holds more often than its readers bear."""
    held: Counter[Phrase] = Counter()
    for twin in twins:
        for text, place, language in _sides(twin):
            for line, said in _lines(text):
                for found, phrase in avoided(said, language):
                    held[phrase] += 1
                    if 0 < phrase.most < held[phrase]:
                        yield _remark(
                            place,
                            line,
                            found,
                            f"一课最多 {phrase.most} 次，{phrase.instead}",
                            f"{phrase.most} times a lesson at most; {phrase.instead}",
                        )


def _sides(twin: Twin) -> Iterator[tuple[str, Place, str]]:
    yield twin.first, twin.first_place, FIRST
    yield twin.second, twin.second_place, SECOND


def _elsewhere(text: str) -> bool:
    return text.lstrip().startswith((ELSEWHERE.within(FIRST), ELSEWHERE.within(SECOND)))


def _avoided_phrases(text: str, place: Place, language: str) -> Iterator[Problem]:
    for line, said in _lines(text):
        for found, phrase in avoided(said, language):
            if not phrase.most:
                yield _remark(
                    place,
                    line,
                    found,
                    f"没有人这样说，改为：{phrase.instead}",
                    f"nobody would say so; write: {phrase.instead}",
                )


def _avoided_words(text: str, place: Place) -> Iterator[Problem]:
    banned, accepted = _vocabulary()
    for line, said in _lines(text):
        for term in accepted:
            said = said.replace(term, " ")
        for word, instead in banned.items():
            if word in said:
                yield _remark(place, line, word, f"词汇表写作“{instead}”", f"the glossary says “{instead}”")


def _literal_markup(text: str, place: Place) -> Iterator[Problem]:
    """Find markup that readers would see as it is typed: `**“词”**是` stays literal in CommonMark."""
    for line, token in inline(text):
        for child in token.children or ():
            if child.type == "text" and _LITERAL.search(child.content):
                yield _remark(
                    place,
                    line,
                    child.content,
                    "标记没有生效，读者会看到星号或反引号：标点放到加粗之外，或在加粗两侧留空格",
                    "markup that does not take effect: put punctuation outside the bold, or spaces around it",
                )


def _chinese(text: str, place: Place) -> Iterator[Problem]:
    half_width = {number: match[0] for number, line in _lines(text) for match in _HALF_WIDTH.finditer(line)}
    for number, found in half_width.items():
        yield _remark(place, number, found, "中文里用全角标点", "full-width punctuation in Chinese")
    corrected = autocorrect_py.format_for(text, "markdown").splitlines()
    for number, (line, better) in enumerate(zip(text.splitlines(), corrected, strict=False), 1):
        if line.strip() != better.strip() and number not in half_width:
            yield _remark(
                place, number, line.strip(), f"应写作：{better.strip()}", f"should read: {better.strip()}"
            )
    for number, line in enumerate(text.splitlines(), 1):
        for match in _TIGHT_CODE.finditer(line):
            yield _remark(place, number, match[0], "代码与汉字之间空一格", "a space between code and Chinese")


def _broken_paragraphs(text: str, place: Place) -> Iterator[Problem]:
    for line, token in inline(text):
        if any(child.type == "softbreak" for child in token.children or ()):
            start = words(token).partition("\n")[0]
            yield _remark(
                place,
                line,
                start,
                "中文一段写一行：换行会显示成空格",
                "one line a paragraph in Chinese: a line break shows as a space",
            )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(without_code(text).splitlines(), 1))


@cache
def _vocabulary() -> tuple[dict[str, str], list[str]]:
    """Return words to avoid with what to write, and accepted terms that contain one of them."""
    rows = glossary().values()
    avoided = {word: row["zh_cn"] for row in rows for word in (row.get("avoid") or "").split("|") if word}
    terms = {
        part.strip() for row in rows for key in ("zh_cn", "en") for part in re.split(r"[（(/]", row[key])
    }
    accepted = [term for term in terms if any(word in term and word != term for word in avoided)]
    return avoided, sorted(accepted, key=len, reverse=True)


def _remark(place: Place, line: int, found: str, zh: str, en: str) -> Problem:
    shown = found if len(found) <= 60 else f"{found[:60]}…"
    return Problem(Place(place.path, place.line + line - 1), zh=f"“{shown}”：{zh}。", en=f"“{shown}”: {en}.")
