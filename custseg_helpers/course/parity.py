"""Twins say the same: the same headings, list items, code, links, pictures, formulas and numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from custseg_helpers.course.markdown import parts
from custseg_helpers.course.quantities import unmatched
from custseg_helpers.course.source import Problem, Twin
from custseg_helpers.words.text import T

_SHAPES = {
    "headings": T(zh="标题层级", en="heading levels"),
    "items": T(zh="列表项", en="list items"),
    "tables": T(zh="表格（行、列）", en="tables (rows, columns)"),
    "fences": T(zh="代码块", en="code blocks"),
}
_SETS = {
    "code": T(zh="行内代码", en="inline code"),
    "links": T(zh="链接", en="links"),
    "images": T(zh="图片", en="pictures"),
    "maths": T(zh="公式", en="formulas"),
}
_FIELD = re.compile(r"\{\w*\}")


def differences(twin: Twin) -> Iterator[Problem]:
    """Yield what differs between the two halves of a twin.

    >>> from pathlib import Path
    >>> from custseg_helpers.course.source import Place
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> here = Place(Path("lessons/04_rfm/lesson.py"), 7)
    >>> [str(problem) for problem in differences(Twin("近 30 天", "the last 60 days", here, here))]
    ['lessons/04_rfm/lesson.py:7  Twins differ in numbers. Chinese: 30; English (line 7): 60']
    """
    zh, en = parts(twin.first), parts(twin.second)
    for name, title in _SHAPES.items():
        if getattr(zh, name) != getattr(en, name):
            yield _differ(twin, title, _shape(getattr(zh, name)), _shape(getattr(en, name)))
    for name, title in _SETS.items():
        only_zh, only_en = getattr(zh, name) - getattr(en, name), getattr(en, name) - getattr(zh, name)
        if only_zh or only_en:
            yield _differ(twin, title, _listed(only_zh), _listed(only_en))
    fields_zh, fields_en = (Counter(_FIELD.findall(text)) for text in (twin.first, twin.second))
    if fields_zh != fields_en and not twin.cell:
        yield _differ(twin, T(zh="代入的值", en="values put in"), _listed(fields_zh), _listed(fields_en))
    numbers_zh, numbers_en = unmatched(zh.prose, en.prose)
    if numbers_zh or numbers_en:
        yield _differ(twin, T(zh="数字", en="numbers"), ", ".join(numbers_zh), ", ".join(numbers_en))


def _differ(twin: Twin, what: T, zh: str, en: str) -> Problem:
    line = twin.second_place.line
    return Problem(
        twin.first_place,
        T(
            zh="两种语言的{what}不一致。中文：{zh}；英文（第 {line} 行）：{en}",
            en="Twins differ in {what}. Chinese: {zh}; English (line {line}): {en}",
        ).format(what=what, zh=zh or "—", en=en or "—", line=line),
    )


def _shape(values: tuple[Any, ...]) -> str:
    return " ".join(str(value) for value in values)


def _listed(values: Counter[str] | frozenset[str]) -> str:
    return ", ".join(sorted(values))
