from pathlib import Path

import pytest

from custseg_helpers.course.parity import differences
from custseg_helpers.course.quantities import unmatched
from custseg_helpers.course.source import Place, Twin

pytestmark = pytest.mark.slow


def found(zh, en):
    place = Place(Path("lessons/03_tiny/lesson.py"), 7)
    return [str(problem) for problem in differences(Twin(zh, en, place, place, cell=True))]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("## 标题\n\n- 一\n- 二", "## Title\n\n- one\n- two"),
        ("用 `a`，再用 `a`", "use `a`"),
        ("[见](../zh/x.ipynb#标题)", "[see](../en/x.ipynb#title)"),
        ("$x = \\text{天}$", "$x = \\text{days}$"),
        ("| 一 | 二 |\n|---|---|\n| 3 | 4 |", "| one | two |\n|---|---|\n| 3 | 4 |"),
        ("3,000 位会员，六个人", "3,000 members, six of us"),
        ("3 万元、2 亿元、12 月 5 日", "30,000 yuan, 200 million yuan, December 5"),
        ("第 3 步，十二个月，两年", "the third step, 12 months, 2 years"),
        ("占 50%", "half of them"),
        ("增长 1.5 倍，第 05 课", "grew 1.5 times, lesson 5"),
        ("二十五位，三百单，一万元", "25 people, 300 orders, 10,000 yuan"),
        ("五分位", "fifths"),
        ("20–25 人", "20 to twenty-five people"),
    ],
)
def test_faithful_twins_agree(zh, en):
    assert found(zh, en) == []


@pytest.mark.parametrize(
    ("zh", "en", "what"),
    [
        ("## 标题", "### Title", "heading levels"),
        ("## 标题\n\n正文", "Text", "heading levels"),
        ("- 一\n- 二", "- one", "list items"),
        ("- 一\n  - 二", "- one\n- two", "list items"),
        ("用 `nunique`", "use it", "inline code"),
        ("用 `nunique`", "use `count`", "inline code"),
        ("[见](a.md)", "[see](b.md)", "links"),
        ("[见](a.md)", "see", "links"),
        ("![图](a.png)", "![figure](b.png)", "pictures"),
        ("$x + 1$", "$x + 2$", "formulas"),
        ("```python\nx\n```", "x", "code blocks"),
        ("| 一 |\n|---|\n| 3 |", "| one | two |\n|---|---|\n| 3 | 3 |", "tables (rows, columns)"),
        ("近 30 天", "the last 60 days", "numbers"),
        ("占 12.5%", "12% of them", "numbers"),
        ("3 万元", "3,000 yuan", "numbers"),
        ("三个指标，4 段", "three measures, parts", "numbers"),
        ("12 月", "November", "numbers"),
    ],
)
def test_each_kind_of_drift_is_found(zh, en, what):
    (problem,) = found(zh, en)
    assert f"Twins differ in {what}." in problem


def test_number_words_never_demand_digits():
    assert unmatched("一起看，三思而行", "look together") == ([], [])


def test_a_drifted_twin_in_code_and_toml_stops_the_build(workshop):
    workshop.change("quiz.toml", "3 位，一张订单一位", "4 位，一张订单一位")
    workshop.change("lesson.py", "买过东西的客户（位）", "买过 2 次东西的客户（位）")
    assert sum("Twins differ in numbers" in remark for remark in workshop.remarks()) == 2


def test_a_value_put_into_one_language_only_is_found(workshop):
    workshop.change("lesson.py", 't(zh="地区", en="region")', 't(zh=f"{bars.size} 个地区", en="regions")')
    assert "Twins differ in values put in. Chinese: {}; English (line" in workshop.remark()
