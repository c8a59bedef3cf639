"""The learner's folder: nothing a learner wrote is ever lost, nothing stale stays unnoticed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg_helpers import paths
from custseg_helpers.commands.main import main
from custseg_helpers.learn.folder import COPIED, fill, lay_afresh, originals, work_folder
from custseg_helpers.learn.start_page import sources, start_page
from custseg_helpers.paths import my_folder
from custseg_helpers.words.text import UserError

PAGE = "04_rfm.ipynb"


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != COPIED)


def read(folder, name=PAGE):
    return (folder / name).read_text(encoding="utf-8")


def test_first_time_copies(tmp_path):
    assert fill(tmp_path / "my" / "zh", {PAGE: "讲义"}) == {}
    assert read(tmp_path / "my" / "zh") == "讲义"


def test_untouched_copy_follows_the_original(tmp_path):
    fill(tmp_path, {PAGE: "1"})
    assert fill(tmp_path, {PAGE: "2"}) == {}
    assert read(tmp_path) == "2"
    assert names(tmp_path) == [PAGE]


def test_changed_copy_stays_and_the_update_goes_beside_it_once(tmp_path):
    fill(tmp_path, {PAGE: "1"})
    (tmp_path / PAGE).write_text("mine")
    assert fill(tmp_path, {PAGE: "1"}) == {}
    assert fill(tmp_path, {PAGE: "2"}) == {PAGE: "04_rfm.new.ipynb"}
    assert (read(tmp_path), read(tmp_path, "04_rfm.new.ipynb")) == ("mine", "2")
    assert fill(tmp_path, {PAGE: "2"}) == {}
    assert names(tmp_path) == [PAGE, "04_rfm.new.ipynb"]


def test_an_untouched_new_file_is_renewed_a_changed_one_is_not(tmp_path):
    fill(tmp_path, {PAGE: "1"})
    (tmp_path / PAGE).write_text("mine")
    fill(tmp_path, {PAGE: "2"})
    assert fill(tmp_path, {PAGE: "3"}) == {PAGE: "04_rfm.new.ipynb"}
    (tmp_path / "04_rfm.new.ipynb").write_text("mine too")
    assert fill(tmp_path, {PAGE: "4"}) == {PAGE: "04_rfm.new-2.ipynb"}
    assert [read(tmp_path, name) for name in names(tmp_path)] == ["mine", "4", "mine too"]


def test_a_deleted_copy_comes_back(tmp_path):
    fill(tmp_path, {PAGE: "1"})
    (tmp_path / PAGE).unlink()
    fill(tmp_path, {PAGE: "1"})
    assert read(tmp_path) == "1"


@pytest.mark.parametrize("damaged", ["", "{", "[]", None])
def test_without_its_memory_every_difference_counts_as_the_learners(tmp_path, damaged):
    fill(tmp_path, {PAGE: "1"})
    (tmp_path / PAGE).write_text("mine")
    if damaged is None:
        (tmp_path / COPIED).unlink()
    else:
        (tmp_path / COPIED).write_text(damaged)
    assert fill(tmp_path, {PAGE: "1"}) == {PAGE: "04_rfm.new.ipynb"}
    assert read(tmp_path) == "mine"


def test_saved_outputs_count_as_changed_but_not_on_the_start_page(tmp_path):
    page = start_page(tmp_path, "zh", {})
    book = json.loads(page)
    book["cells"][3]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3/8"}]
    fill(tmp_path, {PAGE: page}), fill(tmp_path, {"START.ipynb": page}, essence=sources)
    for name in (PAGE, "START.ipynb"):
        (tmp_path / name).write_text(json.dumps(book))
    newer = page.replace("Shift", "SHIFT")
    assert fill(tmp_path, {PAGE: newer}) == {PAGE: "04_rfm.new.ipynb"}
    assert fill(tmp_path, {"START.ipynb": newer}, essence=sources) == {}
    assert read(tmp_path, "START.ipynb") == newer


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("edit"), st.text("ab", max_size=2)),
            st.tuples(st.just("update"), st.sampled_from("123")),
        )
    )
)
def test_no_history_of_edits_and_updates_loses_what_was_written(tmp_path_factory, history):
    folder, written = tmp_path_factory.mktemp("my"), set()
    fill(folder, {PAGE: "0"})
    for number, (what, text) in enumerate(history):
        if what == "update":
            fill(folder, {PAGE: text})
        else:
            written.discard(read(folder))
            written.add(f"mine {number} {text}")
            (folder / PAGE).write_text(f"mine {number} {text}", encoding="utf-8")
        assert written <= {read(folder, name) for name in names(folder)}


def test_reset_keeps_every_old_one(tmp_path):
    fill(tmp_path, {PAGE: "1"})
    kept = []
    for mine in ("first try", "second try"):
        (tmp_path / PAGE).write_text(mine)
        kept.append(lay_afresh(tmp_path, PAGE, "1"))
        assert read(tmp_path) == "1"
    assert kept == ["04_rfm.old-1.ipynb", "04_rfm.old-2.ipynb"]
    assert [read(tmp_path, name) for name in kept] == ["first try", "second try"]
    assert fill(tmp_path, {PAGE: "2"}) == {}


def test_reset_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    workbook = tmp_path / "zh" / "04_rfm_exercises.ipynb"
    assert main(["reset", "04", "--lang", "zh"]) == 0
    original = workbook.read_text(encoding="utf-8")
    workbook.write_text("改过的", encoding="utf-8")
    assert main(["reset", "04", "--lang", "zh"]) == 0
    assert workbook.read_text(encoding="utf-8") == original == originals("zh")[workbook.name]
    assert "04_rfm_exercises.old-1.ipynb" in capsys.readouterr().out
    assert (workbook.parent / "04_rfm_exercises.old-1.ipynb").read_text(encoding="utf-8") == "改过的"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_is_laid_afresh_from_the_start_page(tmp_path, monkeypatch, capsys, lang):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    page = start_page(tmp_path / lang, lang, originals(lang), lab=True)
    cell = "".join(json.loads(page)["cells"][-1]["source"])
    exec(cell, {})
    assert 'reset("04")' in capsys.readouterr().out and not any(tmp_path.iterdir())
    workbook = tmp_path / lang / "04_rfm_exercises.ipynb"
    workbook.parent.mkdir(parents=True)
    workbook.write_text("mine", encoding="utf-8")
    wanted = cell.replace('""', '"04"')
    exec(wanted, {})
    assert workbook.read_text(encoding="utf-8") == originals(lang)[workbook.name]
    assert (workbook.parent / "04_rfm_exercises.old-1.ipynb").read_text(encoding="utf-8") == "mine"
    assert "04_rfm_exercises.old-1.ipynb" in capsys.readouterr().out
    filled_in = json.loads(page)
    filled_in["cells"][-1]["source"] = wanted
    assert sources(json.dumps(filled_in)) == sources(page), "a number written there is no change of the page"


def test_reset_of_an_unknown_lesson_says_which_there_are(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    assert main(["reset", "99"]) == 2
    assert "04_rfm" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_explained(tmp_path, capsys, monkeypatch):
    (tmp_path / "my").write_text("a file, where a folder should be")
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "my"))
    assert main(["reset", "04"]) == 2
    assert str(tmp_path / "my") in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_links_between_lesson_and_workbook_hold_in_one_folder(lang):
    pages = originals(lang)
    assert {PAGE, "04_rfm_exercises.ipynb"} <= set(pages)
    for text in pages.values():
        assert "../../notebooks" not in text and "../../exercises" not in text
    assert "(04_rfm_exercises.ipynb" in pages[PAGE]


def test_where_the_folder_is(tmp_path, monkeypatch):
    monkeypatch.delenv("CUSTSEG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert my_folder() == paths.course_root() / "my"
    monkeypatch.setattr(paths, "course_root", lambda: tmp_path / "site-packages")
    assert my_folder() == tmp_path / "my"
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "elsewhere"))
    assert my_folder() == tmp_path / "elsewhere"


def test_a_lessons_own_folder_is_made_and_only_its_own_files_are_renewed(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "my"))
    folder = work_folder("14_scheme", "scheme.toml")
    assert folder == tmp_path / "my" / "en" / "14_scheme"
    (folder / "scheme.toml").write_text("old")
    (folder / "mine.txt").write_text("mine")
    assert names(work_folder("14_scheme", "scheme.toml")) == ["mine.txt"]


def test_a_lessons_folder_that_cannot_be_made_says_so(tmp_path, monkeypatch):
    (tmp_path / "my").write_text("a file stands in the way")
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path / "my"))
    with pytest.raises(UserError, match="cannot be used"):
        work_folder("14_scheme")
