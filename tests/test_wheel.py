"""The wheel stands alone: with nothing but it in an empty folder, the course opens."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
import zipfile

import pytest

from custseg_helpers.learn.lessons import lesson_folders
from custseg_helpers.paths import course_root
from custseg_helpers.teach.pack import FOR_LEARNERS

pytestmark = pytest.mark.slow

ROOT = course_root()
COURSE = "custseg_helpers/shipped"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this folder by the installed hatchling: no network."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = target.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """The wheel as pip lays it out."""
    target = tmp_path_factory.mktemp("site")
    install = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps"]
    subprocess.run([*install, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def python(site, folder, *arguments):
    """Start Python in `folder` with the unpacked wheel before this checkout, in an empty home."""
    environment = os.environ | {"PYTHONPATH": str(site), "HOME": str(folder), "CUSTSEG_LANG": "zh"}
    for name in ("CUSTSEG_HOME", "CUSTSEG_PROGRESS", "JUPYTER_CONFIG_DIR"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def test_carries_the_course_and_not_its_sources(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert wheel.name.endswith("-py3-none-any.whl")
    for folder in ("notebooks", "exercises", "solutions", "datasets"):
        here = {
            f"{COURSE}/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
        }
        assert here and here <= names
    for lesson in lesson_folders().values():
        inside = {
            name.rsplit("/", 1)[1] for name in names if name.startswith(f"{COURSE}/lessons/{lesson.name}/")
        }
        now_and_then = ("rubric.toml", "old_ids.toml", "builder.toml", "elsewhere.py")
        some = {name for name in now_and_then if (lesson / name).is_file()}
        assert (
            inside
            == {"about.toml", "answers.py", "feedback.toml", "minutes.toml", "quiz.toml", "rungs.json"} | some
        )
    assert {"custseg_helpers/words/glossary.csv", "custseg_helpers/fonts/NotoSansSC-Regular.otf"} <= names
    assert any(name.endswith("licenses/custseg_helpers/fonts/OFL.txt") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "custseg_helpers",
        f"{wheel.name[: -len('-py3-none-any.whl')]}.dist-info",
    }
    assert not [name for name in names if name.endswith((".pyc", ".ipynb_checkpoints"))]


def test_a_class_pack_carries_of_each_lesson_what_the_wheel_does():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["include"]
    assert [f"/lessons/*/{name}" for name in FOR_LEARNERS] == [
        one for one in included if one.startswith("/lessons/")
    ]


def test_package_data_is_complete(wheel):
    """Every file of the package that git knows is in the wheel: CSV, TOML, YAML, fonts."""
    listing = subprocess.run(["git", "ls-files", "custseg_helpers"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    assert set(listing.stdout.split()) <= set(zipfile.ZipFile(wheel).namelist())


def test_checks_and_data_work_from_it(unpacked, tmp_path):
    script = (
        "import custseg_helpers as c; from custseg_helpers.paths import course_root; print(course_root());"
        "c.load('retail').customers.shape; print(c.check('rfm-recency', ...).outcome); print(repr(c.progress()))"
    )
    process = python(unpacked, tmp_path, "-c", script)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    assert said.splitlines()[0] == str(unpacked / "custseg_helpers" / "shipped")
    assert "todo" in said


def test_opens_in_an_empty_folder(unpacked, tmp_path):
    server = python(unpacked, tmp_path, "-m", "custseg_helpers", "lab", "--no-browser")
    try:
        lines = [server.stdout.readline() for _ in range(2)]
        address = re.search(r"(http://127\.0\.0\.1:\d+)/lab/tree/zh/START\.ipynb\?token=(\w+)", lines[-1])
        assert address, [*lines, server.stdout.read()]
        with urllib.request.urlopen(f"{address[1]}/api/contents/zh?token={address[2]}", timeout=30) as answer:
            files = {entry["name"] for entry in json.load(answer)["content"]}
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert {"START.ipynb", "04_rfm.ipynb", "04_rfm_exercises.ipynb"} <= files
    assert (tmp_path / "my" / "zh" / "04_rfm.ipynb").is_file()


def test_source_archive_builds_the_same_wheel(wheel, tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run([*build, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    careful = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and later
    shutil.unpack_archive(archive, tmp_path, **careful)
    source = archive.with_name(archive.name.removesuffix(".tar.gz"))
    subprocess.run([*build, "-t", "wheel"], cwd=source, check=True, capture_output=True)
    (again,) = tmp_path.glob("*.whl")
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
