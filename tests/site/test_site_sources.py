"""What the site is made from, without building it: links looked over, texts that agree with the code, the download."""

import re
import zipfile
from pathlib import Path

import pytest

import custseg_helpers
from custseg_helpers.course.prose import remarks
from custseg_helpers.course.source import Place, Twin
from custseg_helpers.files.fonts import characters
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.learn.papers import PAGES, paper
from custseg_helpers.paths import course_root
from custseg_helpers.site import build, download, home, make, written
from custseg_helpers.site.lessons import lesson_page
from custseg_helpers.site.links import faults
from custseg_helpers.site.reference import MODULES, NAMES, ROOMS, entries, modules
from custseg_helpers.site.workbooks import workbook_page
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

LANGUAGES = ("zh", "en")


@pytest.fixture
def small_site(tmp_path):
    """A site of two good pages."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.html").write_text(
        '<h2 id="客户">A</h2><a href="b.html#x">B</a><a href="#客户">up</a>'
    )
    (tmp_path / "zh" / "b.html").write_text('<p id="x"><a href="https://www.python.org/">outside</a></p>')
    return tmp_path


def test_a_good_site_has_no_faults(small_site):
    assert list(faults(small_site)) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('<a href="gone.html">x</a>', "broken link: gone.html"),
        ('<a href="b.html#gone">x</a>', "broken link: b.html#gone"),
        ('<a href="../../outside.html">x</a>', "broken link: ../../outside.html"),
        ('<a href="../lite/index.html">x</a>', "broken link: ../lite/index.html"),
        ('<img alt="x" src="https://example.org/x.png">', "fetched from outside: https://example.org/x.png"),
        ('<script src="//example.org/x.js"></script>', "fetched from outside: //example.org/x.js"),
        ('<link rel="stylesheet" href="http://example.org/x.css">', "fetched from outside"),
        ('<a href="b.html"><img src="b.html"></a>', "a picture without words: b.html"),
    ],
)
def test_a_planted_fault_is_told_with_its_page(small_site, planted, said):
    (small_site / "zh" / "bad.html").write_text(planted)
    (fault,) = faults(small_site)
    assert fault.en.startswith("zh/bad.html: ") and said in fault.en


def test_styles_fetch_nothing_from_outside(small_site):
    (small_site / "site.css").write_text(
        "@import 'https://example.org/fonts.css'; a { background: url(b.png) }"
    )
    (fault,) = faults(small_site)
    assert fault.en == "site.css: fetched from outside: https://example.org/fonts.css"


def test_the_browser_edition_is_taken_on_trust_where_it_is_announced(small_site):
    (small_site / "zh" / "bad.html").write_text('<a href="../lite/index.html">x</a>')
    assert list(faults(small_site, elsewhere=("lite",))) == []


def test_pages_bring_the_fonts_of_their_characters(small_site):
    (small_site / "zh" / "_static").mkdir()
    build.write_fonts(small_site / "zh")
    fonts = small_site / "zh" / "_static"
    assert 'font-family:"Custseg Sans";src:url(custseg-sans.woff)' in (fonts / "fonts.css").read_text()
    assert {ord("客"), ord("户"), ord("B")} <= characters(fonts / "custseg-sans.woff")
    assert ord("林") not in characters(fonts / "custseg-sans.woff")


def test_a_character_that_the_font_lacks_is_told_with_its_page(small_site):
    (small_site / "zh" / "b.html").write_text("<p>𰻝</p>", encoding="utf-8")
    with pytest.raises(UserError, match=r"zh/b\.html.*𰻝 \(U\+30EDD\)"):
        build.write_fonts(small_site / "zh")


def test_pages_of_others_are_not_overwritten(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UserError, match="custseg did not write"):
        make.make(tmp_path, ["zh"], {})
    assert (tmp_path / "index.html").read_text() == "mine"


def test_missing_packages_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(make, "NEEDED", ("sphinx", "no_such_package"))
    with pytest.raises(UserError, match=r"no_such_package. Run: pip install .custseg\[site\]"):
        make.make(tmp_path / "site", ["zh"], {})
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lite", [True, False])
def test_the_browser_edition_is_offered_only_where_it_is(lang, lite):
    for page in (home.home_page(lang, lite=lite), home.start_guide(lang, 1, lite=lite)):
        assert (f"../lite/{lang}/index.html" in page) == ("lite/" in page) == lite


def without_places(text):
    """A page of `pages/` with a word for all that is filled in."""
    return re.sub(r"\{%.*?%\}\n?", "", re.sub(r"\{\{.*?\}\}", "x", text))


def test_the_texts_are_well_written_in_both_languages():
    names = [
        sorted(
            (pages.parent.name, path.name)
            for pages in (PAGES, written.PAGES)
            for path in (pages / lang).iterdir()
        )
        for lang in LANGUAGES
    ]
    assert names[0] == names[1]
    for room, name in names[0]:
        zh, en = (course_root() / "custseg_helpers" / room / "pages" / lang / name for lang in LANGUAGES)
        texts = [without_places(path.read_text(encoding="utf-8")) for path in (zh, en)]
        assert list(remarks(Twin(*texts, Place(zh, 1), Place(en, 1)))) == []
        shapes = [re.findall(r"^(#+|-|\d\.|```|\|)", text, re.MULTILINE) for text in texts]
        assert shapes[0] == shapes[1], f"{name}: the two languages are built differently"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_faq_quotes_what_the_program_says(lang):
    package = Path(make.__file__).parents[1]
    sources = [path for path in package.rglob("*.py") if path.parent.name != "site"]
    said = "".join(path.read_text(encoding="utf-8") for path in [course_root() / "start.py", *sources])
    quotes = re.findall(r"^### “(.+)”$", paper("faq", lang), re.MULTILINE)
    parts = [part.strip() for quote in quotes for part in re.split("……|…", quote)]
    assert len(quotes) >= 10 and [part for part in parts if part not in said] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exercise_has_its_answer_and_both_hints(lang):
    for number, folder in lesson_folders().items():
        page, files = workbook_page(folder.name, lang)
        for place, identity in enumerate(exercises(number), 1):
            assert f"\n({identity})=\n## {place} ·" in page
        count = len(exercises(number))
        assert page.count('<details class="answer">') == count, folder.name
        assert page.count("<details>") == 2 * count and page.count("</details>") == 3 * count
        assert "progress()`" not in page.rpartition("##")[2] and f"{folder.name}_exercises.ipynb" in files


def test_a_lesson_offers_its_exercises_by_name():
    page = lesson_page("08_clusters", "zh")
    for place, identity in enumerate(exercises("08"), 1):
        assert f"[{place}](../workbooks/08_clusters.md#{identity})" in page


def test_the_reference_has_every_name_of_the_lessons():
    listed = {name for room in ROOMS for name in modules(room)}
    assert {*NAMES.values(), *MODULES.values()} - {"plots", "explore"} <= listed
    assert NAMES.keys() | MODULES.keys() == set(custseg_helpers.__all__)
    for name, module in NAMES.items():
        assert name in {entry.name for entry in entries(module)}, name


def test_the_download_is_what_start_py_needs_and_nothing_private(tmp_path):
    megabytes = download.write_zip(course_root(), tmp_path / "course.zip")
    names = set(zipfile.ZipFile(tmp_path / "course.zip").namelist())
    assert {"start.py", "pyproject.toml", "requirements.lock", "README.md", "LICENSE"} <= {
        name.removeprefix("custseg/") for name in names
    }
    assert "custseg/lessons/04_rfm/answers.py" in names and "custseg/datasets/retail/orders.csv" in names
    assert not [name for name in names if re.search(r"/(my|tests|\.venv|__pycache__|\..*)/|\.pyc$", name)]
    assert megabytes < 30
