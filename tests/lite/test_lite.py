"""The browser's course without a browser: Python laid out and checked, doors for two languages, start pages, pages."""

import hashlib
import io
import json
import re
import zipfile

import pytest

from custseg_helpers.lite import app, contents, pyodide, start, tools, wheels
from custseg_helpers.words.text import UserError
from tools.pyodide_pins import FOLDER, constraints

from .small import small_site

pytestmark = pytest.mark.slow


def wheel(path, files):
    """A small wheel."""
    name = "-".join(path.name.split("-")[:2])
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for file, text in {**files, f"{name}.dist-info/METADATA": "", f"{name}.dist-info/RECORD": ""}.items():
            packed.writestr(file, text)
    return path


@pytest.fixture
def release(tmp_path):
    """A tiny Pyodide: the right names, a few bytes each."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    packages = {}
    added = {
        "anywidget",
        "attrs",
        "cattrs",
        "charset-normalizer",
        "ipywidgets",
        "narwhals",
        "openpyxl",
        "pyyaml",
        "rich",
        "seaborn",
    }
    added |= {"tzdata", "comm", "et-xmlfile", "psygnal", "typing-extensions"}
    for name in {*pyodide.KERNEL, *pyodide.COURSE, *pyodide.ON_DEMAND, "pygments", "unused"}:
        file = f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
        (folder / file).write_text(name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        packages[name] = {"depends": [], "file_name": file, "sha256": digest, "imports": [name]}
    for name in pyodide.CORE:
        (folder / name).write_bytes(b"x" * 60_000)
    lock = {"info": {"version": pyodide.VERSION}, "packages": packages}
    (folder / pyodide.LOCK).write_text(json.dumps(lock))
    ours = [
        wheel(tmp_path / "w" / f"{n.replace('-', '_')}-2.0-py3-none-any.whl", {f"{n}/__init__.py": ""})
        for n in added
    ]
    ours.append(wheel(tmp_path / "w" / "custseg-0.1.0-py3-none-any.whl", {"custseg_helpers/__init__.py": ""}))
    return folder, ours


def test_python_holds_what_is_used_and_a_plain_import_finds_ours(release, tmp_path):
    folder, ours = release
    lock = pyodide.lay_out(folder, tmp_path / "out", ours)
    assert json.loads((tmp_path / "out" / pyodide.LOCK).read_text()) == lock
    assert "unused" not in lock["packages"] and not list((tmp_path / "out").glob("unused*"))
    assert lock["packages"]["custseg"]["imports"] == ["custseg_helpers"]
    assert set(lock["packages"]["custseg"]["depends"]) >= {"pandas", "seaborn", "ipywidgets"}
    assert "pyarrow" not in pyodide.closure(lock["packages"], ["custseg"])
    for package in lock["packages"].values():
        content = (tmp_path / "out" / package["file_name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == package["sha256"]


def test_a_changed_or_missing_file_of_pyodide_stops_the_build(release, tmp_path):
    folder, ours = release
    (folder / "numpy-1.0-py3-none-any.whl").write_text("another")
    with pytest.raises(UserError, match="numpy"):
        pyodide.lay_out(folder, tmp_path / "out", ours)
    (folder / "numpy-1.0-py3-none-any.whl").unlink()
    with pytest.raises(UserError, match=r"numpy.*missing"):
        pyodide.lay_out(folder, tmp_path / "out", ours)


@pytest.mark.parametrize("lock", [None, "{", '{"info": {"version": "314.0.7"}}', "[]"])
def test_another_pyodide_is_refused_with_the_address_of_the_right_one(tmp_path, lock):
    if lock is not None:
        (tmp_path / pyodide.LOCK).write_text(lock)
    with pytest.raises(UserError, match=rf"pyodide-{pyodide.VERSION}\.tar\.bz2"):
        pyodide.read_lock(tmp_path)


def test_a_compiled_wheel_loses_its_compiled_part_only(tmp_path):
    compiled = wheel(
        tmp_path / "pyyaml-6.0-cp311-cp311-linux_x86_64.whl",
        {"yaml/__init__.py": "", "yaml/_yaml.so": "machine"},
    )
    pure = wheels.pure(compiled, tmp_path / "pure")
    assert pure.name == "pyyaml-6.0-py3-none-any.whl" and wheels.modules(pure) == ["yaml"]
    with zipfile.ZipFile(pure) as packed:
        assert "yaml/_yaml.so" not in packed.namelist()
        assert b"yaml/__init__.py,sha256=" in packed.read("pyyaml-6.0.dist-info/RECORD")
    assert wheels.pure(pure, tmp_path) == pure


def test_our_wheel_carries_data_and_answers_and_no_second_copy_of_the_notebooks(tmp_path):
    course = "custseg_helpers/shipped"
    files = {f"{course}/{k}/zh/04.ipynb": k for k in ("notebooks", "exercises", "solutions")}
    full = wheel(tmp_path / "custseg-0.1.0-py3-none-any.whl", files | {"custseg_helpers/teach/deck.py": ""})
    lean = wheels.own(full, tmp_path / "lean", {"zh/04.ipynb": "print"})
    with zipfile.ZipFile(lean) as packed:
        names = set(packed.namelist())
        assert json.loads(packed.read(wheels.PAGES)) == {"zh/04.ipynb": "print"}
    assert f"{course}/solutions/zh/04.ipynb" in names
    assert not any("notebooks" in name or "exercises" in name or "teach" in name for name in names)
    assert lean.read_bytes() == wheels.own(full, tmp_path / "again", {"zh/04.ipynb": "print"}).read_bytes()


@pytest.fixture
def site(tmp_path):
    return small_site(tmp_path / "lite")


def test_the_course_s_own_additions_to_jupyterlab_are_there_and_told(site):
    root = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]
    told = {one["name"]: one["load"] for one in root["federated_extensions"]}
    assert told == {"custseg-kept": "kept.js", "custseg-start": "beside.js", "custseg-tables": "tables.js"}
    assert all((site / "extensions" / name / load).is_file() for name, load in told.items())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_start_page_opens_a_lesson_and_its_workbook_side_by_side(lang):
    text = contents.pages(lang)[contents.NAME]
    assert "04_rfm.ipynb#beside" in text


def test_a_door_for_each_language_and_nothing_from_elsewhere(site):
    root = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]
    kernel = root["litePluginSettings"][app.KERNEL]
    assert kernel["pyodideUrl"] == "./static/pyodide/pyodide.js" and kernel["disablePyPIFallback"] is True
    assert (
        root["fileTypes"]["json"]["fileFormat"] == "text"
        and ".jsonl" in root["fileTypes"]["json"]["extensions"]
    )
    for lang, locale in (("zh", "zh_CN"), ("en", "default")):
        door = json.loads((site / lang / "jupyter-lite.json").read_text())["jupyter-config-data"]
        assert door["settingsOverrides"]["@jupyterlab/translation-extension:plugin"] == {"locale": locale}
        assert door["settingsOverrides"][app.SAVING]["autosaveInterval"] <= 10
        options = door["litePluginSettings"][app.KERNEL]["loadPyodideOptions"]
        assert options["env"]["CUSTSEG_LANG"] == lang and options["packages"] == ["custseg"]
        page = (site / lang / "lab" / "index.html").read_text()
        assert 'root="../.."' in page and 'src="../../build/lab/bundle.js"' in page and "manifest" not in page
        assert page.index("Content-Security-Policy") < page.index("<script")
    assert not (site / "lab").exists()


def test_the_start_page_says_what_is_loaded_and_how_much(site):
    files = start.downloads(site)
    assert [file["kind"] for file in files] == ["pages", "python", "course_data", "packages"]
    assert json.loads((site / "downloads.json").read_text()) == files
    assert all((site / file["url"]).stat().st_size == file["bytes"] for file in files)
    assert not any("pyarrow" in file["url"] for file in files)
    for lang in app.LANGUAGES:
        page = (site / lang / "index.html").read_text(encoding="utf-8")
        assert f'data-open="{lang}/START.ipynb"' in page and "<progress" in page and 'role="status"' in page
        assert "2 MB" in page and not re.search(r"(src|href)=.(https?:)?//", page)
        assert 'id="jupyter-config-data"' in page
    chinese = re.findall("[\u4e00-\u9fff]+", (site / "en" / "index.html").read_text(encoding="utf-8"))
    assert chinese == ["简体中文"]


@pytest.mark.parametrize("lang", app.LANGUAGES)
def test_the_file_panel_holds_the_course_with_the_browsers_kernel(lang):
    pages = contents.pages(lang)
    assert {"START.ipynb", "adapt.ipynb", "04_rfm.ipynb", "04_rfm_exercises.ipynb"} <= set(pages)
    books = {name: json.loads(text) for name, text in pages.items()}
    for book in books.values():
        assert book["metadata"]["kernelspec"] == contents.KERNEL
        assert book["metadata"]["language_info"] == contents.SPEECH
    first = {cell["id"]: "".join(cell["source"]) for cell in books["START.ipynb"]["cells"]}
    assert "custseg reset" not in "".join(first.values()) and "work.show()" in first["work"]
    assert any("import pyarrow" in "".join(cell["source"]) for cell in books["adapt.ipynb"]["cells"])


def test_a_build_step_that_fails_says_what_it_said():
    with pytest.raises(UserError, match="no such thing"):
        tools.run(["python3", "-c", "raise SystemExit('no such thing')"])


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_pins_are_what_the_command_writes(file):
    pinned = dict(re.findall(r"^(?:# )?([\w-]+)==([\w.]+)", file.read_text(), flags=re.M))
    lock = {"packages": {name: {"version": version} for name, version in pinned.items()}}
    assert constraints(lock, file.stem.removeprefix("pyodide-")) == file.read_text(encoding="utf-8")


def test_the_course_ships_with_pins_of_its_own():
    assert (FOLDER / f"pyodide-{pyodide.VERSION}.txt").is_file()


def test_a_wheel_is_read_by_its_names():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("six.py", "")
        packed.writestr("six-1.0.dist-info/RECORD", "")
    assert wheels.modules(held) == ["six"]
