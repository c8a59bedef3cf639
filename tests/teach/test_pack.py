"""The class pack: opens on Windows, holds no answers that are held back, and its first lesson runs by itself."""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.course import syllabus
from custseg_helpers.files.zips import LONGEST, faults, write_zip
from custseg_helpers.learn.lessons import about, lesson_folders
from custseg_helpers.paths import course_root
from custseg_helpers.teach import pack
from custseg_helpers.teach.pack_wheels import SYSTEMS, VERSIONS, collect_wheels, requirements, target
from custseg_helpers.words.text import UserError, use_language

pytestmark = pytest.mark.slow

ROOT = course_root()
BWRAP = shutil.which("bwrap")
NO_NETWORK = [BWRAP, "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent", "--"] if BWRAP else []
if NO_NETWORK and subprocess.run([*NO_NETWORK, sys.executable, "-c", ""], capture_output=True).returncode:
    NO_NETWORK = []  # a container that may not make namespaces
RUN = """
import sys, nbformat
from pathlib import Path
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
client = NotebookClient(book, timeout=300, kernel_name="python3")
client.widget_registry = {}
client.execute(cwd=str(Path(sys.argv[1]).parent))
import custseg_helpers
print("ran", len(book.cells), custseg_helpers.__file__)
"""


def made(folder, *arguments):
    use_language("en")
    out = folder / "out.zip"
    assert cli.main(["pack", str(out), *arguments]) == 0
    return out


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A pack of lessons 00 to 04 in Chinese, its solutions held back, and the second zip with them."""
    folder = tmp_path_factory.mktemp("pack")
    chosen = ("--lessons", "00-04", "--lang", "zh")
    first = made(folder, *chosen, "--no-solutions").rename(folder / "first.zip")
    return first, made(folder, *chosen, "--solutions-only")


@pytest.fixture(scope="module")
def unpacked(packed, tmp_path_factory):
    """The first zip, unpacked where a salesperson would: under a name with Chinese and a space."""
    folder = tmp_path_factory.mktemp("home") / "桌面 1"
    zipfile.ZipFile(packed[0]).extractall(folder)
    return folder / "custseg"


def python(folder, *arguments, walls=NO_NETWORK, **more):
    """Run Python on the unpacked pack: its package before this checkout, an empty home, no network."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CUSTSEG", "JUPYTER"))}
    return subprocess.run(
        [*walls, sys.executable, *map(str, arguments)],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(folder), "HOME": str(home), "OMP_NUM_THREADS": "1", **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_windows_can_open_every_name(packed):
    for path in packed:
        entries = zipfile.ZipFile(path).infolist()
        names = [entry.filename for entry in entries]
        assert not faults(names) and max(map(len, names)) <= LONGEST
        assert len({name.casefold() for name in names}) == len(names)
        for entry in entries:
            assert entry.filename.isascii() or entry.flag_bits & 0x800  # the name is said to be UTF-8
            assert stat.S_ISREG(entry.external_attr >> 16)
        assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc") or "/." in name]


def test_names_that_windows_cannot_open_are_refused(tmp_path):
    bad = ["a/con.txt", "COM1", "x.", "y ", "a:b", "q?", "a\\b", "../up", "n" * 151, "Same", "same", "t\tb"]
    found = faults(bad)
    assert set(found) == set(bad) - {"Same"}
    with pytest.raises(UserError, match="Windows"):
        write_zip({"con.txt": b""}, tmp_path / "out.zip")
    assert not list(tmp_path.iterdir())


def test_an_exercise_opens_its_other_data_and_is_judged_on_it(unpacked):
    code = (
        "from custseg_helpers import elsewhere\nfrom custseg_helpers.learn.lessons import exercise\n"
        "print(elsewhere('rfm-money-share').name, exercise('rfm-money-share').on.name)"
    )
    done = python(unpacked, "-c", code)
    assert done.stdout.splitlines()[-1] == "pharma pharma", done.stderr


def test_what_people_open_has_windows_line_ends(packed):
    archive = zipfile.ZipFile(packed[0])
    read_me, script = archive.read("custseg/先读我.txt"), archive.read("custseg/开始.bat")
    assert read_me.startswith(b"\xef\xbb\xbf") and not script.startswith(b"\xef\xbb\xbf")
    for content in (read_me, script):
        assert content.count(b"\n") == content.count(b"\r\n") > 10
    assert b"\r" not in archive.read("custseg/开始.command")
    assert (archive.getinfo("custseg/开始.command").external_attr >> 16) & 0o111
    assert "{" not in read_me.decode() and b"--lang zh" in script
    for number in ("00", "04"):
        assert f"{number}  {about(number)['title']['zh']}" in read_me.decode()


def test_the_same_input_gives_the_same_bytes(packed, tmp_path):
    chosen = ("--lessons", "00-04", "--lang", "zh", "--no-solutions")
    first, again = packed[0].read_bytes(), made(tmp_path, *chosen).read_bytes()
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()


def test_another_content_has_another_date(tmp_path):
    """Python would take an old compiled file for a source of the same date and size."""
    dates = set()
    for content in (b"a = 1", b"a = 2"):
        write_zip({"a.py": content}, tmp_path / "a.zip")
        dates.add(zipfile.ZipFile(tmp_path / "a.zip").infolist()[0].date_time)
    assert len(dates) == 2


def test_a_zip_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    out = tmp_path / "out.zip"
    write_zip({"a.txt": b"old"}, out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(UserError, match="No space left"):
        write_zip({"a.txt": b"new"}, out)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert zipfile.ZipFile(out).read("a.txt") == b"old"


def test_only_the_chosen_lessons_in_the_chosen_language(packed):
    names = zipfile.ZipFile(packed[0]).namelist()
    wanted = [folder.name for number, folder in lesson_folders().items() if number <= "04"]
    for kind, suffix in (("notebooks", ""), ("exercises", "_exercises")):
        found = [name for name in names if name.startswith(f"custseg/{kind}/")]
        assert found == [f"custseg/{kind}/zh/{name}{suffix}.ipynb" for name in wanted]
    assert {name.split("/")[2] for name in names if name.startswith("custseg/lessons/")} == set(wanted)


def test_no_answers_in_a_pack_without_solutions(packed):
    archive = zipfile.ZipFile(packed[0])
    assert not [name for name in archive.namelist() if "solutions/" in name]
    lessons = [
        name for name in archive.namelist() if name.split("/")[1] in ("lessons", "notebooks", "exercises")
    ]
    assert {Path(name).name for name in lessons if "/lessons/" in name} <= set(pack.FOR_LEARNERS)
    for name in lessons:
        assert b"BEGIN SOLUTION" not in archive.read(name) and b"END SOLUTION" not in archive.read(name)
    answers = zipfile.ZipFile(packed[1])
    for name in answers.namelist():
        workbook = name.replace("solutions", "exercises")
        given = json.loads(archive.read(f"custseg/{workbook}"))["cells"]
        blank = {cell["metadata"].get("exercise"): "".join(cell["source"]) for cell in given}
        for cell in json.loads(answers.read(name))["cells"]:
            exercise = cell["metadata"].get("exercise")
            if cell["cell_type"] == "code" and exercise:
                assert blank[exercise] != "".join(cell["source"])


def test_a_marker_that_was_not_cut_out_stops_the_pack():
    with pytest.raises(UserError, match="BEGIN SOLUTION"):
        pack._no_answers({"exercises/zh/x.ipynb": b"# BEGIN SOLUTION"})


def test_links_lead_to_lessons_that_are_there(packed):
    archive = zipfile.ZipFile(packed[0])
    names = {Path(name).name for name in archive.namelist()}
    away = 0
    for name in archive.namelist():
        if name.endswith(".ipynb"):
            text = archive.read(name).decode()
            json.loads(text)
            assert {Path(link).name for link in re.findall(r"\]\(([^)]+\.ipynb)\)", text)} <= names
            away += text.count("不在这个课程包里")
    assert away  # lesson 04 ends with a word about lesson 05


def test_the_first_lesson_runs_from_the_pack_alone(unpacked):
    done = python(unpacked, "-c", RUN, unpacked / "notebooks" / "zh" / "00_welcome.ipynb")
    assert done.returncode == 0, done.stderr[-3000:]
    assert str(unpacked / "custseg_helpers") in done.stdout


def test_the_start_page_shows_the_packs_lessons(unpacked):
    script = "from custseg_helpers.learn.lab import prepare; from custseg_helpers.learn.folder import *; print(languages()); prepare(my_folder(), 'zh')"
    done = python(unpacked, "-c", script, CUSTSEG_LANG="en")
    assert done.returncode == 0 and done.stdout.strip() == "['zh']", done.stderr
    text = (unpacked / "my" / "zh" / "START.ipynb").read_text(encoding="utf-8")
    assert "](04_rfm.ipynb)" in text and "05_lifecycle" not in text
    reset = python(unpacked, "-m", "custseg_helpers", "reset", "04")
    assert reset.returncode == 0 and (unpacked / "my/zh/04_rfm_exercises.old-1.ipynb").is_file()
    away = python(unpacked, "-m", "custseg_helpers", "reset", "09", CUSTSEG_LANG="en")
    assert away.returncode == 2 and "There is no lesson" in away.stderr


def test_answers_come_with_the_second_zip(packed, unpacked):
    script = (
        "import sys, zipfile; from custseg_helpers import *; use_language('zh'); print(repr(solution('welcome-registered')));"
        "zipfile.ZipFile(sys.argv[1]).extractall('.'); print('---', repr(solution('welcome-registered')), progress())"
    )
    done = python(unpacked, "-c", script, packed[1])
    assert done.returncode == 0, done.stderr
    before, after = done.stdout.split("---")
    assert "老师会在课后给大家" in before and "参考答案" not in before
    assert "参考答案" in after and "老师会" not in after


def test_a_part_of_the_course_says_what_came_before(tmp_path):
    zipfile.ZipFile(made(tmp_path, "--lessons", "05-06", "--lang", "en")).extractall(tmp_path)
    folder = tmp_path / "custseg"
    script = "from custseg_helpers.learn.lab import prepare; from custseg_helpers.learn.folder import *; prepare(my_folder(), 'en')"
    done = python(folder, "-c", script)
    assert done.returncode == 0, done.stderr
    text = (folder / "my/en/START.ipynb").read_text(encoding="utf-8")
    assert (
        "Lesson 05 goes on from lesson 04, which is not here" in text
        and 'hint(\\"lifecycle-rhythm\\")' in text
    )
    assert (folder / "solutions/en/05_lifecycle_solutions.ipynb").is_file()


def test_in_a_pack_the_trainers_commands_say_where_they_belong(monkeypatch):
    monkeypatch.setattr(syllabus, "numbers", list)
    with pytest.raises(UserError, match=r"not in a class pack|不能在课程包里"):
        syllabus.chosen("00-15")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["out.rar"], "end with .zip"),
        (["out.zip", "--lessons", "77"], "no lesson"),
        (["out.zip", "--wheels-for", "amiga-3.12"], "no kind of machine"),
        (["out.zip", "--solutions-only", "--wheels"], "takes no --wheels"),
    ],
)
def test_slips_are_explained(arguments, said, tmp_path, monkeypatch, capsys):
    use_language("en")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["pack", *arguments]) == 2
    assert said in capsys.readouterr().err and not list(tmp_path.iterdir())


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_is_read_for_the_machine_it_is_for(system):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for version in VERSIONS:
        wanted = requirements(lock, target(f"{system}-{version}"))
        assert ("pywinpty==" in wanted) == ("colorama==" in wanted) == (system == "windows")
        assert ("appnope==" in wanted) == (system == "mac") and ("pexpect==" in wanted) == (
            system != "windows"
        )
        assert re.search(r"^uv==", wanted, re.M) and re.search(r"^hatchling==", wanted, re.M)
        assert ";" not in wanted
        assert wanted.count("==") <= wanted.count("--hash=sha256:")


def wheel(folder, name, tag):
    """Write the smallest wheel there is; return its line for a lock file."""
    path = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        about = f"{name}-1.0.dist-info"
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{about}/RECORD", "")
    return f"    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def test_wheels_are_those_of_the_machine_and_hold_what_the_lock_says(tmp_path):
    pytest.importorskip("pip", reason="collecting wheels takes pip")
    source, found = tmp_path / "got", tmp_path / "found"
    source.mkdir()
    found.mkdir()
    hashes = "".join(
        wheel(source, "fast", f"cp312-cp312-{tag}") for tag in ("win_amd64", "manylinux_2_17_x86_64")
    )
    only = wheel(source, "winonly", "py3-none-any")
    lock = f"fast==1.0 \\\n{hashes}winonly==1.0 ; sys_platform == 'win32' \\\n{only}"
    lock = lock.replace(hashes, hashes.replace("\n", " \\\n", 1))
    collect_wheels(lock, target("windows-3.12"), found, source)
    assert sorted(path.name for path in found.iterdir()) == [
        "fast-1.0-cp312-cp312-win_amd64.whl",
        "winonly-1.0-py3-none-any.whl",
    ]
    (source / "winonly-1.0-py3-none-any.whl").write_bytes(
        (source / "fast-1.0-cp312-cp312-win_amd64.whl").read_bytes()
    )
    shutil.rmtree(found)
    found.mkdir()
    with pytest.raises(UserError, match=r"windows-3\.12"):
        collect_wheels(lock, target("windows-3.12"), found, source)


@pytest.mark.skipif(
    not os.environ.get("CUSTSEG_PACK_PROOF"), reason="CUSTSEG_PACK_PROOF=1: downloads 270 MB, takes minutes"
)
def test_the_real_offline_start(tmp_path, capsys):
    """A pack with this machine's wheels, unpacked in an empty home without network: it opens, and lesson 00 runs."""
    assert BWRAP, "the proof takes bubblewrap"
    began = time.monotonic()
    out = made(tmp_path, "--lessons", "00-07", "--lang", "zh", "--no-solutions", "--wheels")
    zipfile.ZipFile(out).extractall(tmp_path)
    made_in, folder, home = time.monotonic() - began, tmp_path / "custseg", tmp_path / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    began = time.monotonic()
    base = Path(sys.base_prefix, "bin", "python3")
    with subprocess.Popen(
        ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent", "--", base, "start.py", "--no-browser"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as server:  # fmt: skip
        assert server.stdout
        said = []
        while not said or ("token=" not in said[-1] and server.poll() is None):
            said.append(server.stdout.readline())
        started_in = time.monotonic() - began
        server.terminate()
    assert "/lab/tree/zh/START.ipynb?token=" in said[-1], said
    inside = folder / ".venv" / "bin" / "python"
    done = subprocess.run(
        [*NO_NETWORK, inside, "-c", RUN, folder / "my" / "zh" / "00_welcome.ipynb"],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0 and str(folder) in done.stdout, done.stderr[-3000:]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    with capsys.disabled():
        print(
            f"\nzip {out.stat().st_size / 1e6:.0f} MB in {made_in:.0f} s; open after {started_in:.0f} s; {size / 1e6:.0f} MB on disk"
        )
