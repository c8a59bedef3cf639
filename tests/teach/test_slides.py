"""The slides of a lesson: what is marked comes in its order, notes at their slide, nothing of it into notebooks."""

import re
from html import unescape

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.course.build import make
from custseg_helpers.course.compose import tasks
from custseg_helpers.course.slide_marks import slide_marks
from custseg_helpers.course.solutions import solved
from custseg_helpers.course.source import Problem, paired, read_lesson
from custseg_helpers.course.syllabus import lesson_source, numbers
from custseg_helpers.learn.quiz import questions
from custseg_helpers.teach.slide_list import slides
from custseg_helpers.teach.slides import deck
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.slow


def words(html):
    return re.sub(r"[\s`*\[\]“”\"]", "", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", numbers())
def test_all_that_is_marked_is_there_in_its_order(number, lang):
    lesson = lesson_source(number)
    made = slides(lesson, lang)
    marked = [cell[lang == "en"] for cell in paired(lesson.lesson) if isinstance(cell, tuple)]
    titles = [cell.text.partition("\n")[0].removeprefix("## ") for cell in marked if cell.slide_only]
    shown = [slide.title for slide in made]
    assert [title for title in shown if title in titles] == titles
    assert 8 <= len(titles) <= 24
    assert [slide.kind for slide in made][:2] == ["opening", "points"]
    assert sum(slide.kind == "quiz" for slide in made) == len(questions(number))
    tried = "".join(slide.words for slide in made if slide.kind == "try")
    assert re.findall(r"<span>(\d+) ·", tried) == [str(task.number) for task in tasks(lesson)]
    assert all(slide.words.strip() or slide.output for slide in made)
    pictures = sum("<img" in slide.output for slide in made)
    assert pictures and all(re.search(r'alt="[^"]{4,}"', s.output) for s in made if "<img" in s.output)


@pytest.mark.parametrize("number", numbers())
def test_both_languages_have_the_same_slides(number):
    lesson = lesson_source(number)
    zh, en = (slides(lesson, lang) for lang in ("zh", "en"))
    shape = [[(s.kind, s.look, bool(s.words.strip()), len(s.notes)) for s in made] for made in (zh, en)]
    assert shape[0] == shape[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", ["00", "04", "13"])
def test_notes_hold_what_learners_do_not_see(number, lang):
    lesson = lesson_source(number)
    made = slides(lesson, lang)
    seen = words("".join(slide.words + slide.output for slide in made))
    told = words("".join(note for slide in made for note in slide.notes))
    for cell in paired(lesson.lesson):
        if isinstance(cell, tuple) and cell[0].for_trainer:
            line = words(cell[lang == "en"].text.splitlines()[0])
            assert line in told and line not in seen
    for question in questions(number):
        right = next(option for option in question.options if option.right)
        assert f"✓{'ABC'[question.options.index(right)]}:{words(right.reason.within(lang))}" in told
        assert words(right.reason.within(lang)) not in seen
    for task in tasks(lesson):
        answer = [line for line in solved(task.answer).splitlines() if len(line) > 20]
        assert not any(words(line) in seen for line in answer)


def test_a_deck_is_one_file_that_asks_for_nothing(tmp_path, capsys):
    assert cli.main(["slides", "--lessons", "04", "--lang", "en", "--out", str(tmp_path / "幻灯片")]) == 0
    (page,) = (tmp_path / "幻灯片").iterdir()
    assert page.name == "04_rfm_en.html"
    html = page.read_text(encoding="utf-8")
    without_scripts = re.sub(r"<script>.*?</script>|/\*.*?\*/", "", html, flags=re.DOTALL)
    assert not re.search(r"https?:|<link|<script src|@import", without_scripts)
    assert set(re.findall(r"url\(['\"]?(\w+):", without_scripts)) <= {"data"}
    assert html.count("</script>") == 3
    assert html == deck(lesson_source("04"), "en")
    assert page.stat().st_size < 1_500_000


@pytest.fixture
def workshop(tmp_path):
    from custseg_helpers.course.new_lesson import new_lesson

    use_language("en")
    (tmp_path / "lessons").mkdir()
    return new_lesson(tmp_path / "lessons", "03", "tiny")


TWINS = '''
# %% [markdown] lang="zh" tags=["slide-only"]
"""
{zh}
"""

# %% [markdown] lang="en" tags=["slide-only"]
"""
{en}
"""

'''


def with_slide(folder, zh, en):
    path = folder / "lesson.py"
    text = path.read_text(encoding="utf-8")
    place = text.index("# %%\n")
    path.write_text(text[:place] + TWINS.format(zh=zh, en=en).lstrip() + text[place:], encoding="utf-8")
    return folder


def test_notebooks_know_nothing_of_slides(workshop):
    before = make(read_lesson(workshop))
    with_slide(workshop, "## 只在幻灯片上", "## On slides only")
    text = (workshop / "lesson.py").read_text(encoding="utf-8")
    text = text.replace("# %%\n", '# %% tags=["slide"]\n', 1)
    text = text.replace('tags=["explorer"]', 'tags=["explorer", "slide"]')
    (workshop / "lesson.py").write_text(text, encoding="utf-8")
    assert make(read_lesson(workshop)) == before


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("没有标题", "No title", "begins with `## title`"),
        ("## 长\n\n" + "- 条\n" * 6, "## Long\n\n" + "- item\n" * 6, "A slide has 5 points"),
        ("## 式\n\n$x^2$", "## Formula\n\n$x^2$", "no formulas"),
    ],
)
def test_a_cell_that_cannot_be_a_slide_is_told_to_its_author(zh, en, told, workshop):
    found = [str(problem) for problem in slide_marks(read_lesson(with_slide(workshop, zh, en)))]
    assert found and all(told in line for line in found)


def test_a_misspelt_tag_does_not_reach_learners(workshop):
    path = with_slide(workshop, "## 题", "## Title") / "lesson.py"
    path.write_text(path.read_text(encoding="utf-8").replace("slide-only", "slides-only"), encoding="utf-8")
    with pytest.raises(Problem, match="slides-only"):
        read_lesson(workshop)


def test_slides_of_an_unbuilt_lesson_say_what_to_run(workshop):
    with pytest.raises(ValueError, match="custseg build 03"):
        slides(read_lesson(workshop), "en")
