"""Forms: one source for guide and pages, and a summary that counts each person once and trusts nothing."""

import json
import re

import openpyxl
import pandas as pd
import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.teach import forms
from custseg_helpers.teach.forms_summary import filled_in, number_table, summarise, text_table
from custseg_helpers.teach.guide import course_page
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", forms.FORMS)
def test_guide_and_form_ask_the_same(form, lang):
    use_language(lang)
    page, guide = forms.form_page(form), course_page()
    for number, question in enumerate(forms.questions(form), 1):
        text = str(question["text"])
        assert f"{number}. {text}" in page and text.rstrip("？?") in guide
    assert "{" not in re.sub(r"<pre>.*?</pre>", "", guide.partition("<body>")[2], flags=re.DOTALL)
    assert 5 <= len(forms.questions(form)) <= 10
    assert "://" not in page and not re.search(r"\{\{", page)


def test_words_in_both_languages():
    for form in forms.FORMS:
        for question in forms.questions(form):
            texts = [question, *question.get("options", ()), *question.get("ends", ())]
            for text in texts:
                assert re.search("[\u4e00-\u9fff]|SQL|[0-9]", text["zh"])
                assert not re.search("[\u4e00-\u9fff]", text["en"])


@pytest.mark.parametrize(("lang", "words"), [("zh", "订单明细"), ("en", "order lines")])
def test_the_letter_has_the_guides_table(lang, words):
    use_language(lang)
    letter = forms.letter("王芳", "2026-11-30")
    assert "<table>" in letter and words in letter and "王芳" in letter and "2026-11-30" in letter
    assert "{" not in forms.letter().partition("<body>")[2]


def test_the_command_writes_three_pages(tmp_path, capsys):
    out = tmp_path / "表"
    command = ["forms", "--lang", "zh", "--out", str(out), "--course", "<A> 班", "--date", "2026-11-30"]
    assert cli.main(command) == 0
    assert {path.name for path in out.iterdir()} == {"needs.html", "feedback.html", "data_request.html"}
    page = (out / "feedback.html").read_text(encoding="utf-8")
    assert "&lt;A&gt; 班 · 2026-11-30" in page and "<A>" not in page


def filled(identity, **answers):
    return json.dumps(
        {"custseg_form": "feedback", "id": identity, "name": "", "answers": answers}, ensure_ascii=False
    )


@pytest.fixture
def back(tmp_path):
    """What came back: files, a chat pasted into a text, one person twice, and things that are no forms."""
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "a.json").write_text(filled("1", useful=5, pace="right", why="=1+1"), encoding="utf-8")
    chat = (
        f"王芳 9:30\n{filled('2', useful=3, why='太快了')}\n林晓：{filled('3', useful=4, recommend=0)} 谢谢"
    )
    (folder / "chat.txt").write_text(chat, encoding="utf-8-sig")
    (folder / "z.json").write_text(filled("1", useful=4, pace="right"), encoding="utf-8")
    bad = {"useful": 99, "pace": "<x>", "why": 5, "clear": True, "able": [1], "recommend": "10", "unknown": 1}
    (folder / "bad.json").write_text(filled("4", **bad), encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "torn.json").write_text(filled("5", useful=1)[:-4], encoding="utf-8")
    (folder / "other.json").write_text('{"custseg_form": "lunch", "answers": {}}', encoding="utf-8")
    return folder


def test_each_person_counts_once_and_only_with_answers_there_are(back):
    use_language("en")
    found, without = filled_in(back)
    assert sorted(without) == ["other.json", "photo.jpg", "torn.json"]
    assert {one["id"]: one["answers"] for one in found} == {
        "1": {"useful": 4, "pace": "right"},
        "2": {"useful": 3, "why": "太快了"},
        "3": {"useful": 4, "recommend": 0},
        "4": {},
    }
    table = number_table("feedback", found).set_index(["question", "answer"])
    useful = table.loc["I can use what I learned in my work."]
    assert useful["people"].to_dict() == {"1": 0, "2": 0, "3": 1, "4": 2, "5": 0}
    assert useful["answered"].eq(3).all() and useful["mean"].eq(3.67).all()
    assert (
        table.loc["The pace was", "mean"].isna().all() and table.loc[("The pace was", "right"), "people"] == 1
    )
    assert table.loc["Would you recommend it to a colleague?", "mean"].eq(0).all()
    assert text_table("feedback", found)["answer"].tolist() == ["太快了"]


def test_the_summary_is_written_whole(back, tmp_path, capsys):
    out = tmp_path / "summary"
    assert cli.main(["forms", "--summarise", str(back), "--lang", "zh", "--out", str(out)]) == 0
    assert "4 份表，3 个别的文件" in capsys.readouterr().out
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert "平均 3.7" in page and "太快了" in page and "photo.jpg" in page and "<x>" not in page
    book = openpyxl.load_workbook(out / "summary.xlsx")
    assert book.sheetnames == ["课后反馈", "课后反馈（文字）"]
    answers = pd.read_csv(
        out / "answers-feedback.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False
    )
    assert len(answers) == 4 and answers["速度怎样？"].tolist().count("正好") == 1


def test_slips_are_explained(tmp_path, capsys):
    use_language("en")
    for folder, said in ((tmp_path / "none", "There is no folder"), (tmp_path, "no filled-in form")):
        assert (
            cli.main(["forms", "--summarise", str(folder), "--lang", "en", "--out", str(tmp_path / "o")]) == 2
        )
        assert said in capsys.readouterr().err
    (tmp_path / "a.json").write_text(filled("1", useful=4), encoding="utf-8")
    with pytest.raises(UserError, match="--out"):
        summarise(tmp_path, tmp_path)
