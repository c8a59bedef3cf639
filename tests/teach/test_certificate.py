"""Certificates: every name fits and is written as it is, and only those who reached the share get one."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.commands import main as cli
from custseg_helpers.learn.lessons import about, minutes
from custseg_helpers.teach import certificate
from custseg_helpers.teach.certificate_sheet import HEIGHT, WIDTH, Sheet, html, svg, width
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow

LESSONS = tuple(f"{number:02d}  {about(f'{number:02d}')['title']['en']}" for number in range(16))
SHEET = Sheet("林晓", "客户分层分析与应用", LESSONS[:8], "8.5", "2026 年 11 月 30 日", "王芳", "某某公司")
SVG = "{http://www.w3.org/2000/svg}"


def texts(sheet):
    """Every text of a certificate with its left and right end, in millimetres."""
    found = []
    for text in ElementTree.fromstring(svg(sheet, font=False)).iter(f"{SVG}text"):
        size, place = float(text.get("font-size")), float(text.get("x"))
        wide = width(text.text) * size + float(text.get("letter-spacing", 0)) * len(text.text)
        left = place if text.get("text-anchor") == "start" else place - wide / 2
        found.append((text.text, left, left + wide, float(text.get("y"))))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lessons", [LESSONS[:1], LESSONS[:5], LESSONS[:6], LESSONS])
@pytest.mark.parametrize(
    "name", ["林晓", "买" * 30, "Wolfeschlegelsteinhausenbergerdorff " * 3, "Bo", "𠮷野家", "W" * 200]
)
def test_everything_stays_within_the_border(name, lessons, lang):
    use_language(lang)
    found = texts(
        Sheet(name.strip(), "很长的课程名称" * 12, lessons, "19", "30 November 2026", *[name.strip()] * 2)
    )
    for text, left, right, y in found:
        assert 14 < left < right < WIDTH - 14 and 12 < y < HEIGHT - 12, text
    shown = [text for text, *_ in found]
    assert shown.count(name.strip()) == 3 and set(lessons) <= set(shown)
    rows = sorted({(y, left) for text, left, _, y in found if text in lessons})
    assert len(rows) == len(lessons)


@given(st.text(min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_name_gives_a_drawing_that_can_be_read(name):
    drawing = ElementTree.fromstring(svg(replace(SHEET, name=name), font=False))
    assert drawing.tag == f"{SVG}svg"
    assert {element.tag for element in drawing.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path", "text")
    }


def test_a_name_is_written_as_it_is():
    assert replace(SHEET, name='<b onload="x">&王').name in [
        text for text, *_ in texts(replace(SHEET, name='<b onload="x">&王'))
    ]
    assert "<b onload" not in svg(replace(SHEET, name='<b onload="x">&王'))


def test_it_brings_its_font_and_needs_nothing_else():
    for made in (svg(SHEET), html([SHEET, replace(SHEET, name="王芳")])):
        assert 1 <= made.count("@font-face") <= 2 and "data:font/woff;base64," in made
        assert not re.search(r'(?:src|href)="|url\((?!data:)|@import', made)
        assert len(made) < 60_000
    assert svg(SHEET) == svg(SHEET)
    assert html([SHEET, SHEET]).count("<figure>") == 2 and "size:A4 landscape" in html([SHEET])


def test_one_for_each_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "名单.csv").write_bytes("部门,姓名\n销售,林晓\n市场,A/B\n,\n销售,林晓\n".encode("gb18030"))
    arguments = ["--lessons", "04,00", "--date", "2026-11-30", "--lang", "zh", "--out", "证书"]
    assert cli.main(["certificate", "--names", "名单.csv", *arguments]) == 0
    assert {path.name for path in (tmp_path / "证书").iterdir()} == {
        "all.html", "manifest.json", "certificate-林晓.svg", "certificate-林晓.html",
        "certificate-A_B.svg", "certificate-A_B.html",
    }  # fmt: skip
    words = unescape((tmp_path / "证书" / "certificate-林晓.svg").read_text(encoding="utf-8"))
    hours = f"{round((minutes('00').lesson + minutes('04').lesson) / 60, 2):g}"
    for text in (
        "2026 年 11 月 30 日",
        f"以下 2 课，共 {hours} 学时",
        about("04")["title"]["zh"],
        "结业证书",
    ):
        assert text in words
    assert words.index("00  ") < words.index("04  ")
    assert cli.main(["certificate", "--names", "Ana", *arguments]) == 0  # our own folder is written anew
    assert not (tmp_path / "证书" / "certificate-林晓.svg").exists()


@pytest.mark.parametrize("content", ["林晓\n王芳\n", "name\n林晓\n王芳\n", "学号\t姓名\n1\t林晓\n2\t王芳\n"])
def test_lists_of_names(content, tmp_path):
    (tmp_path / "n.txt").write_text(content, encoding="utf-8-sig")
    assert certificate.names_in(str(tmp_path / "n.txt")) == ["林晓", "王芳"]


def test_a_list_from_excel(tmp_path):
    pd = pytest.importorskip("pandas")
    pd.DataFrame({"id": [1], "Name": ["Ana Ruiz"]}).to_excel(tmp_path / "n.xlsx", index=False)
    assert certificate.names_in(str(tmp_path / "n.xlsx")) == ["Ana Ruiz"]


def graded(folder, lang):
    """Write the table of a graded class as `custseg collect` does: three learners, two lessons."""
    heads = {"zh": "学员,课,练习,程度,结果,得分", "en": "learner,lesson,exercise,level,outcome,points"}[lang]
    core, extra = {"zh": ("基础", "进阶"), "en": ("core", "stretch")}[lang]
    lines = [heads]
    for learner, points in (("林晓", "1111"), ("王芳", "1100"), ("'=cmd", "1110")):
        for place, point in enumerate(points):
            lines.append(f"{learner},{'0' + str(3 + place // 2)},x-{place},{core},,{point}")
        lines.append(f"{learner},03,x-9,{extra},,0")
    folder.mkdir()
    (folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_only_those_who_reached_the_share(lang, tmp_path, capsys):
    found = graded(tmp_path / "class", lang)
    assert certificate.shares(found) == {
        "=cmd": {"all": 0.75, "03": 1.0, "04": 0.5},
        "林晓": {"all": 1.0, "03": 1.0, "04": 1.0},
        "王芳": {"all": 0.5, "03": 1.0, "04": 0.0},
    }
    assert {name: parts["all"] for name, parts in certificate.shares(found, ["03"]).items()} == {
        "=cmd": 1.0,
        "林晓": 1.0,
        "王芳": 1.0,
    }
    command = ["certificate", "--from", str(found), "--lang", "en", "--out", str(tmp_path / "out")]
    assert cli.main(command) == 0
    said = capsys.readouterr().out
    assert "2 certificates" in said and "None for: 王芳 (50%)" in said
    assert not (tmp_path / "out" / "certificate-王芳.svg").exists()
    assert "completed 2 lessons" in unescape(
        (tmp_path / "out" / "certificate-林晓.svg").read_text(encoding="utf-8")
    )
    # of the two lessons, only the one in which this learner reached the share
    words = unescape((tmp_path / "out" / "certificate-=cmd.svg").read_text(encoding="utf-8"))
    assert "completed one lesson" in words and "03  " in words and "04  " not in words
    assert cli.main([*command, "--lessons", "05"]) == 2 and "Nobody handed in" in capsys.readouterr().err


def test_the_tables_of_a_class_are_those_that_are_read():
    """The columns and the level are named as `custseg collect` names them."""
    from custseg_helpers.grading.class_report import LEVELS, _in_words
    from custseg_helpers.grading.class_tables import ANSWERS, HEADS, answer_table
    from custseg_helpers.words.glossary import headed

    use_language("zh")
    columns = list(headed(_in_words(answer_table([], {}, {})), HEADS).columns)
    assert (
        len(columns) == len(ANSWERS)
        and {"学员", "课", "程度", "得分"} <= set(columns)
        and LEVELS["core"].zh == "基础"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--names", "none.csv"], "cannot be read"),
        (["--names", " , "], "no names"),
        (["--from", "nowhere"], "custseg collect"),
        (["--names", "Ana", "--lessons", "40"], "no lesson"),
    ],
)
def test_slips_are_explained(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    use_language("en")
    assert cli.main(["certificate", *arguments, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_dates_in_words():
    use_language("zh")
    assert certificate.long_date(date(2026, 1, 5)) == "2026 年 1 月 5 日"
    with pytest.raises(UserError, match="没有名字"):
        certificate.names_in("")
