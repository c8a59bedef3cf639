"""How people are spoken to."""

import csv

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.paths import course_root
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, UserError, listed, speaking, use_language


def test_a_notebook_shows_the_message_of_a_user_error_and_no_traceback(capsys):
    shell = InteractiveShell()
    shell.run_cell(
        "from custseg_helpers.words.text import UserError\nraise UserError(zh='缺一列。', en='A column is missing.')"
    )
    assert capsys.readouterr().out.strip() == "A column is missing."


def test_a_text_adds_joins_and_fills_in_every_language():
    head = T(zh="缺少{names}", en="{names} missing")
    said = head.format(names=listed([term("order_date"), "x"])) + T(zh="。", en=".")
    assert (said.zh, said.en) == ("缺少下单日期、x。", "order date, x missing.")
    assert "1. " + T(zh="客户", en="customers") == T(zh="1. 客户", en="1. customers")


def test_a_block_speaks_another_language_and_then_the_old_one_again():
    with pytest.raises(UserError), speaking("zh"):
        assert str(T(zh="客户", en="customers")) == "客户"
        raise UserError(T(zh="停", en="stop"))
    assert str(T(zh="客户", en="customers")) == "customers"


def test_a_language_nobody_speaks_is_refused():
    with pytest.raises(UserError, match="zh, en"):
        use_language("xx")


def test_a_code_of_the_glossary_has_one_meaning():
    with open(
        course_root() / "custseg_helpers" / "words" / "glossary.csv", encoding="utf-8", newline=""
    ) as lines:
        codes = [row["id"] for row in csv.DictReader(lines)]
    assert len(codes) == len(set(codes))
