"""Nobody is told what nobody would say, and no claim goes without its source: one list holds the course, docs and package."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from custseg_helpers.course.prose import remarks, repeated
from custseg_helpers.course.source import Place, Twin, read_lesson
from custseg_helpers.course.twins import twins
from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root
from custseg_helpers.words.phrases import avoided, phrases

ROOT = course_root()
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "custseg_helpers/site").rglob("*.md")]
)
PACKAGE = sorted((ROOT / "custseg_helpers").rglob("*.py"))
TABLES = sorted((ROOT / "custseg_helpers").rglob("*.toml"))
SAID_IN_LESSONS = sorted([*(ROOT / "lessons").glob("*/*.toml"), *(ROOT / "datasets").glob("*/company.toml")])
ANSWERS = sorted([*(ROOT / "lessons").glob("*/answers.py"), *(ROOT / "lessons").glob("*/elsewhere.py")])
CATALOGUES = sorted((ROOT / "custseg_helpers").rglob("*.yaml"))


def never(text: str) -> list[str]:
    """Return what a text of either language holds that must not be said at all."""
    return [
        f"{found} → {phrase.instead}"
        for line in re.sub(r"`[^`]*`", "", text).splitlines()
        for language in ("zh", "en")
        for found, phrase in avoided(line, language)
        if not phrase.most
    ]


def spoken(path: Path) -> Iterator[str]:
    """Yield the texts of a module that people read: what is written as zh=… and en=…."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in ("zh", "en"):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def tabled(path: Path) -> str:
    """Return the texts of a table (TOML) that people read."""
    return "\n".join(
        match[2]
        for match in re.finditer(
            r"""\b(?:zh|en) = (\"\"\"|'''|"|')(.*?)\1""", path.read_text(encoding="utf-8"), re.DOTALL
        )
    )


def twin(zh: str, en: str) -> Twin:
    place = Place(Path("lessons/03_tiny/lesson.py"), 1)
    return Twin(zh, en, place, place, cell=True)


@pytest.mark.parametrize("folder", lesson_folders().values(), ids=lambda folder: folder.name)
def test_a_lesson_says_what_people_say(folder):
    found = list(twins(read_lesson(folder)))
    said = [text for pair in found for text in (pair.first, pair.second)]
    boxes = ("## 别处怎么叫", "## What others call this")
    assert [never(text) for text in said if not text.lstrip().startswith(boxes) and never(text)] == []
    assert [str(problem) for problem in repeated(found)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_says_what_people_say(path):
    assert never(path.read_text(encoding="utf-8")) == []


def test_the_package_says_what_people_say():
    said = {path.name: never("\n".join(spoken(path))) for path in PACKAGE}
    said |= {path.name: never(tabled(path)) for path in TABLES}
    said |= {path.name: never(path.read_text(encoding="utf-8")) for path in CATALOGUES}
    assert {name: found for name, found in said.items() if found} == {}


def test_feedback_quizzes_rubrics_and_stories_say_what_people_say():
    said = {"/".join(path.parts[-2:]): never(tabled(path)) for path in SAID_IN_LESSONS}
    said |= {"/".join(path.parts[-2:]): never("\n".join(spoken(path))) for path in ANSWERS}
    assert {name: found for name, found in said.items() if found} == {}


def test_the_glossary_says_what_people_say():
    with open(ROOT / "custseg_helpers/words/glossary.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [found for row in rows for name in ("zh_cn", "en") for found in never(row[name])] == []


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.said.pattern)
def test_what_to_say_instead_is_not_itself_to_be_avoided(phrase):
    assert phrase.instead and not list(avoided(phrase.instead, phrase.language))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("还有多少钱悬着？", "How much money?"),
        ("谁换了站？", "Who moved?"),
        ("固定门槛更听话。", "Fixed lines are steadier."),
        ("给他们发唤醒券。", "Send a coupon."),
        ("书上说 20% 的客户带来大部分的钱。", "20% of the customers bring most of the money."),
        ("随机留出一半。", "Half of them are held out by lot."),
        ("别打扰他们。", "Leave them in peace."),
        ("至少十人一样。", "They hide in a crowd."),
        ("请老客户来。", "Invite the old customers."),
        ("给名单抽签。", "Draw the lots for the list."),
    ],
)
def test_an_author_who_writes_such_a_phrase_is_told_what_to_say(zh, en):
    (said,) = map(str, remarks(twin(zh, en)))
    assert "nobody would say" in said


def test_a_claim_with_its_year_and_a_name_that_holds_a_phrase_may_stand():
    assert list(remarks(twin("书上说……Juran（1975）自己说不是。", "It was told by Juran (1975)."))) == []
    assert list(remarks(twin("活动叫“好久不见召回券”。", "A campaign."))) == []


def test_a_formula_may_stand_twice_in_a_lesson_and_no_more():
    formula = twin("**这张图说了什么：** 人多。", "**What the figure tells:** many.")
    assert list(repeated([formula, formula])) == []
    assert len(list(repeated([formula, formula, formula]))) == 2
