"""Nothing that is handed in is merged with somebody else's, replaced or dropped without a word."""

import io
import json
import os
import zipfile
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg_helpers.grading.class_report import file_names
from custseg_helpers.grading.class_tables import Graded, file_table
from custseg_helpers.grading.handed_in import collect_files, handed_in
from custseg_helpers.grading.owners import own_name, owners, read_names
from custseg_helpers.words.text import UserError

PAIRS = [
    ("student1", "student2"), ("学员01", "学员02"), ("组1", "组2"), ("学员 04", "学员 05"), ("Group 4", "Group 5"),
    ("03", "04"), ("a_1", "a_2"), ("王芳A", "王芳B"), ("2024001", "2024002"), ("第1组", "第2组"),
]  # fmt: skip
WAYS = {
    "folders": "{name}/04_rfm_exercises.ipynb",
    "zips": "{name}.zip/en/04_rfm_exercises.ipynb",
    "names": "04_rfm_exercises_{name}.ipynb",
    "names first": "{name}_04_rfm_exercises.ipynb",
    "a class's zip": "微信.zip/04_rfm_exercises-{name}.ipynb",
    "a class's zip of folders": "2026/三班.zip/{name}/homework.ipynb",
    "a folder that says nothing": "作业/{name}.ipynb",
}

PIECES = [["王芳", "李明", "student"], list(WAYS), ["04", "05"], ["", "1", "02", " (2)"]]


def book(code, lesson="rfm"):
    mark = {"rfm": "rfm-recency", "value": "value-annual-orders"}[lesson]
    cell = {"cell_type": "code", "id": "a", "metadata": {"exercise": mark}, "source": code}
    return json.dumps({"cells": [cell], "metadata": {}})


@pytest.mark.parametrize(("pair", "way"), list(product(PAIRS, WAYS)))
def test_learners_whose_names_differ_in_a_number_are_two(pair, way):
    files = [WAYS[way].format(name=name) for name in pair]
    found = owners(dict.fromkeys(files, "04"))
    assert found[files[0]].learner != found[files[1]].learner
    assert found[files[0]].note is None and found[files[1]].note is None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*map(st.sampled_from, PIECES)), min_size=1, max_size=12))
def test_every_file_has_one_owner_and_nobody_has_two_of_one_lesson_from_two_places(given_files):
    files = {WAYS[way].format(name=name + number): lesson for name, way, lesson, number in given_files}
    found = owners(files)
    assert set(found) == set(files)
    came = {}
    for path, lesson in files.items():
        way = path.partition("/")[0] if "/" in path else own_name(path.removesuffix(".ipynb"), lesson)
        came.setdefault((found[path].learner, lesson), set()).add(way)
    assert all(len(places) == 1 for places in came.values())


def test_a_zip_with_folders_named_after_others_leaves_theirs_alone():
    theirs = {"张三/a.ipynb": "04", "王五.zip/a.ipynb": "04", "04_rfm_exercises_赵六.ipynb": "04"}
    forged = {f"李明.zip/{name}/a.ipynb": lesson for name in ("张三", "王五", "赵六") for lesson in ("04",)}
    alone, together = owners(theirs), owners(theirs | forged)
    assert [together[path].learner for path in theirs] == [alone[path].learner for path in theirs]
    assert not {together[path].learner for path in theirs} & {together[path].learner for path in forged}
    assert all(together[path].note and "分开算" in together[path].note.zh for path in theirs | forged)


def test_a_zip_with_another_lesson_in_anothers_name_leaves_theirs_alone():
    found = owners({"张三/a.ipynb": "04", "李明.zip/张三/b.ipynb": "05", "李明.zip/王五/b.ipynb": "05"})
    assert found["张三/a.ipynb"].learner == "张三" != found["李明.zip/张三/b.ipynb"].learner


def test_two_classes_with_a_learner_of_one_name_have_two_learners():
    files = [f"{room}/{name}/a.ipynb" for room in ("A班", "B班") for name in ("王芳", "李明")]
    assert len({owner.learner for owner in owners(dict.fromkeys(files, "04")).values()}) == 4


def test_a_folder_in_which_other_names_stand_says_so():
    found = owners({"B班/王芳/a.ipynb": "04", "B班/李明/a.ipynb": "05", "李明/a.ipynb": "04"})
    assert found["B班/王芳/a.ipynb"].learner == "B班" and found["李明/a.ipynb"].note is None
    assert "王芳" in found["B班/王芳/a.ipynb"].note.zh


def test_one_zip_of_the_class_for_each_lesson_is_one_class():
    files = {f"第{n}课.zip/{name}.ipynb": f"0{n}" for n in (3, 4, 5) for name in ("王芳", "李明")}
    found = owners(files)
    assert {owner.learner for owner in found.values()} == {"王芳", "李明"}


def test_one_name_on_two_folders_is_told():
    found = owners({"王芳/a.ipynb": "04", "王芳 (2)/b.ipynb": "05"})
    assert {owner.learner for owner in found.values()} == {"王芳"}
    assert all(owner.note and "算作一位" in owner.note.zh for owner in found.values())


def test_workbooks_without_any_name_are_many_learners():
    files = [
        f"{folder}04_rfm_exercises{copy}.ipynb"
        for folder in ("", "zh/", "homework/")
        for copy in ("", " (1)", " (2)")
    ]
    assert len({owner.learner for owner in owners(dict.fromkeys(files, "04")).values()}) == len(files)


def lay(folder):
    """Lay down what a class hands in, with all that may go unseen; return how many files that is."""
    for name, code in {"王芳/04.ipynb": "1", "王芳/04 v2.ipynb": "2", "王芳/04 copy.ipynb": "2"}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(book(code), encoding="utf-8")
        os.utime(path, (1e9 + len(name), 1e9 + len(name)))
    with zipfile.ZipFile(folder / "Bo.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.ipynb", book("3"))
        archive.writestr("a.ipynb", book("4"))
        archive.writestr("../a\x07.ipynb", book("5"))
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(folder / "empty.zip", "w"):
        pass
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.ipynb", book("6"))
    (folder / "nested.ipynb").write_bytes(inner.getvalue())
    (folder / ".hidden.ipynb").write_text(book("7"), encoding="utf-8")
    (folder / "Cai").mkdir()
    (folder / "link.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX/._a.ipynb").write_bytes(b"1")
    return 3 + 4 + 1 + 1 + 1 + 1 + 2


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_every_file_keeps_a_row(tmp_path):
    count = lay(tmp_path)
    entries, _ = handed_in(collect_files(tmp_path))
    rows = file_table([Graded(entry, None) for entry in entries])
    assert len(rows) == count and rows["file"].is_unique
    counting = [entry for entry in entries if entry.cells]
    assert {
        (entry.learner, entry.cells[0]["source"]) for entry in counting if entry.learner != ".hidden"
    } >= {("王芳", "2")}
    assert all(entry.problem for entry in entries if not entry.cells)
    older = {entry.file: entry.problem.en for entry in entries if entry.lesson and entry.problem}
    assert "is newer" in older["王芳/04.ipynb"]
    assert "same code" in older["王芳/04 v2.ipynb"] or "same code" in older["王芳/04 copy.ipynb"]


def test_a_list_of_names_settles_it(tmp_path):
    files = {"王芳/a.ipynb": "04", "王芳.zip/a.ipynb": "05", "x.ipynb": "04", "=2.ipynb": "04"}
    names = tmp_path / "names.csv"
    names.write_bytes("文件,学员,说明\n王芳.zip,王芳,\nx.ipynb,李明,\n'=2.ipynb,赵一,\n".encode("gb18030"))
    found = owners(files, read_names(names))
    assert [found[path].learner for path in files] == ["王芳", "王芳", "李明", "赵一"]
    names.write_text("file,learner\n王芳,Fang A\n王芳.zip/a.ipynb,Fang B\n", encoding="utf-8")
    found = owners(files, read_names(names))
    assert [found[path].learner for path in files] == ["Fang A", "Fang B", "x", "=2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\nAnn\n", "columns file and learner"),
        ("file,learner\na.ipynb,\n", "line 2"),
        ("file,learner\na.ipynb,A\na.ipynb,B\n", "line 3"),
    ],
)
def test_a_list_of_names_that_is_none(tmp_path, text, words):
    (tmp_path / "names.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        read_names(tmp_path / "names.csv")
    with pytest.raises(UserError, match="cannot be read"):
        read_names(tmp_path)
    with pytest.raises(UserError, match="nobody handed in"):
        owners({"a.ipynb": "04"}, {"b.ipynb": "Ann"})


def test_any_name_becomes_a_file_name(tmp_path):
    names = file_names(["😀" * 60, "😀" * 61, "a" * 300, "..", "CON", "王" * 200])
    assert len(set(names.values())) == 6
    for name in names.values():
        (tmp_path / f".feedback-{name}.html-12345678").write_bytes(b"")
