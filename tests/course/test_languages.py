from pathlib import Path

import pytest

from custseg_helpers.course.languages import code_twins, in_language
from custseg_helpers.course.source import Cell, Place, Problem


def code(text):
    return Cell("code", text, Place(Path("lessons/03_tiny/lesson.py"), 10))


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ('x = t(zh="消费", en="spend")', 'x = "消费"', 'x = "spend"'),
        ('f(t(zh="甲", en="a"), t(zh="乙", en="b"))', 'f("甲", "乙")', 'f("a", "b")'),
        ('x = t(\n    zh="甲",\n    en="a",\n)\ny = 1', 'x = "甲"\ny = 1', 'x = "a"\ny = 1'),
        ('x = t(zh="甲"\n  "乙", en="a")', 'x = ("甲"\n  "乙")', 'x = "a"'),
        ('print(t(zh=f"第 {n} 位", en=f"no. {n}"))', 'print(f"第 {n} 位")', 'print(f"no. {n}")'),
        ('names = t(zh=["低", "高"], en=["low", "high"])', 'names = ["低", "高"]', 'names = ["low", "high"]'),
        ("# zh: 天数\n# en: days\nx = 1", "# 天数\nx = 1", "# days\nx = 1"),
        ("if x:\n    # zh: 一\n    # zh: 二\n    # en: one\n    y", "if x:\n    # 一\n    # 二\n    y", "if x:\n    # one\n    y"),
        ("# zh: 一\n# en: one\n# zh: 二\n# en: two\nx", "# 一\n# 二\nx", "# one\n# two\nx"),
        ("x = 1  # zh: 天  # en: day", "x = 1  # 天", "x = 1  # day"),
        ('"# zh: no comment"', '"# zh: no comment"', '"# zh: no comment"'),
    ],
)  # fmt: skip
def test_each_language_gets_plain_code(source, zh, en):
    assert in_language(code(source), "zh") == zh
    assert in_language(code(source), "en") == en


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ('x = 1\ny = t(zh="甲")', 11, "both languages"),
        ('x = t("甲", "a")', 10, "both languages"),
        ('x = f"{t(zh=1, en=2)}"', 10, "cannot stand inside"),
        ("x = 1\n# zh: 天数", 11, "Comments come in twins"),
        ("# en: days\n# zh: 天数", 10, "Comments come in twins"),
        ("# zh: 天数\n\n# en: days", 10, "Comments come in twins"),
        ("x = 1\n# 天数", 11, "Chinese in code"),
        ('x = table["客户"]', 10, "Chinese in code"),
        ("x = 1\ny = (", 11, "Not valid Python"),
    ],
)
def test_what_cannot_be_translated_is_told_with_its_line(source, line, said):
    with pytest.raises(Problem, match=said) as caught:
        in_language(code(source), "zh")
    assert str(caught.value).startswith(f"lessons/03_tiny/lesson.py:{line}  ")


def test_texts_and_comments_are_twins_in_their_order():
    found = code_twins(code('x = t(zh=f"前 {n} 位", en=f"top {n}")\n# zh: 天\n# en: day\n'))
    assert [(twin.first, twin.second, twin.first_place.line) for twin in found] == [
        ("前 {} 位", "top {}", 10),
        ("天", "day", 11),
    ]
