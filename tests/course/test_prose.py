from pathlib import Path

import pytest

from custseg_helpers.course.prose import remarks
from custseg_helpers.course.source import Place, Twin


def said(zh="客户", en="customer", *, cell=True):
    place = Place(Path("lessons/03_tiny/lesson.py"), 7)
    return [str(remark) for remark in remarks(Twin(zh, en, place, place, cell=cell))]


@pytest.mark.parametrize(
    "zh",
    [
        "**这张图说了什么：** 三个指标都拖着长尾巴。",
        "数**不同的订单号**，不数行。",
        "“重要保持客户”最近没来（见第 05 课）。",
        "占 40% 的客户，`nunique` 就是“有几个不同的”。",
        "1. 只留下购买；\n2. 取最晚的日期。\n\n> 引用一句。",
        "```python\na=1 # (中文)\n```",
        "$R_{天}$ 与 $x*y*z$ 相乘。",
        "见[这一节](../a_b.md#x)。",
    ],
)
def test_good_chinese_passes(zh):
    assert said(zh) == []


@pytest.mark.parametrize(
    ("zh", "why"),
    [
        ("这一类叫沉睡客户。", "the glossary says"),
        ("**“高价值客户”**是指花钱多的人。", "does not take effect"),
        ("**粗体。**接着写", "does not take effect"),
        ("**`recency`**是天数", "does not take effect"),
        ("一段话\n断成两行。", "one line a paragraph"),
        ("> 引用\n> 断成两行。", "one line a paragraph"),
        ("客户CRM系统", "should read: 客户 CRM 系统"),
        ("100%！真的.", "should read: 100%！真的。"),
        ("买了3次", "should read: 买了 3 次"),
        ("客户,订单", "full-width punctuation"),
        ("最近一次消费(Recency)", "full-width punctuation"),
        ("看这里;再看那里", "full-width punctuation"),
        ("用`nunique`数", "a space between code and Chinese"),
    ],
)
def test_each_fault_of_writing_is_found(zh, why):
    remark, *_ = said(zh)
    assert why in remark and remark.startswith("lessons/03_tiny/lesson.py:7  ")


def test_names_that_others_use_may_stand_in_the_box_for_them():
    assert (
        said("## 别处怎么叫\n\n客户分群，别处也叫客户细分。", "## What others call this\n\nSegmentation.")
        == []
    )
    assert said("客户分群，别处也叫客户细分。", "Segmentation.")


def test_the_line_is_that_of_the_fault():
    (remark,) = said("第一段。\n\n这一类叫沉睡客户。")
    assert remark.startswith("lessons/03_tiny/lesson.py:9  ")


def test_a_line_break_in_a_short_text_is_meant():
    assert said("客户\n（位）", cell=False) == []


def test_an_accepted_term_may_contain_a_word_to_avoid(monkeypatch):
    from custseg_helpers.course import prose

    rows = {"a": {"zh_cn": "客户终身价值", "en": "CLV", "avoid": "终身"}}
    prose._vocabulary.cache_clear()
    monkeypatch.setattr(prose, "glossary", lambda: rows)
    assert said("客户终身价值很高。") == []
    assert "the glossary says “客户终身价值”" in said("终身的价值")[0]
    prose._vocabulary.cache_clear()


@pytest.mark.parametrize("en", ["Recency， in days", "a **word.**next", "see（here）"])
def test_faults_in_english_are_found(en):
    assert said(en=en)


def test_english_may_quote_chinese():
    assert said(en="High value (重要价值), see “A”: 5%.") == []


def test_a_word_to_avoid_anywhere_in_a_lesson_stops_the_build(workshop):
    for file, old in (
        ("about.toml", "新的一课"),
        ("quiz.toml", "那是订单数"),
        ("feedback.toml", "你数的是明细行"),
        ("lesson.py", "地区探索器"),
        ("exercise.py", "客户多的地区可能上个月刚有人跑过"),
    ):
        workshop.change(file, old, "沉睡客户")
        assert any(remark.startswith(f"lessons/03_tiny/{file}:") for remark in workshop.remarks())
