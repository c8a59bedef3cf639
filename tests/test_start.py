"""start.py: what it says when something is missing, and what it leaves undone the second time."""

import ast
import os
import platform
import re
import runpy
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

ROOT = course_root()
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path):
    """A copy of what start.py reads, with a space and Chinese in its path."""
    folder = tmp_path / "课程 kit"
    folder.mkdir()
    for name in ("start.py", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def start(project, monkeypatch):
    """start.py of that copy as a module's names; no command is run, all are recorded in `start.commands`."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    names = runpy.run_path(str(project / "start.py"), run_name="start")
    commands, answers = [], {}

    class Process:
        def __init__(self, command, **_):
            commands.append(" ".join(command[2:]))
            words = next((words for start, words in answers.items() if commands[-1].startswith(start)), b"")
            self.output, self.returncode = words, 1 if words else 0

        def communicate(self, timeout):
            return self.output, None

    def venv_like(command, **how):
        (project / ".venv").mkdir(exist_ok=True)
        return Process(command, **how)

    monkeypatch.setattr(subprocess, "Popen", venv_like)
    monkeypatch.setattr(subprocess, "getoutput", lambda command: answers.get("mirror", "ERROR: No such key"))
    return SimpleNamespace(**names, commands=commands, answers=answers)


def test_short_and_readable_by_any_python_3():
    ast.parse(SOURCE, feature_version=(3, 6))
    assert len(SOURCE.splitlines()) < 220


def test_standard_library_only():
    modules = [
        alias.name
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    assert set(modules) <= sys.stdlib_module_names


def test_old_python_is_told_so(start, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["start.py"])
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    monkeypatch.setattr(sys, "version", "3.10.1 (main)")
    with pytest.raises(SystemExit, match=r"需要 Python 3.11.*3\.10\.1[\s\S]*Python 3.11 or later"):
        start.main()
    assert start.commands == []


@pytest.mark.parametrize(
    ("version", "windows", "platform", "said"),
    [
        ((3, 8, 10), (6, 1), "win-amd64", "Windows 7 和 8.*browser edition"),
        ((3, 8, 10), (10, 0), "win-amd64", "需要 Python 3.11.*Python 3.11 or later.*PATH"),
        ((3, 15, 0), (10, 0), "win-amd64", "太新.*too new.*3.13"),
        ((3, 13, 1), (10, 0), "win32", "32 位.*32 bits"),
        ((3, 13, 1), (10, 0), "win-arm64", "ARM64.*pyarrow.*not the ARM64 one"),
    ],
)
def test_a_computer_or_python_that_will_not_do_is_told_so_before_anything_else(
    start, monkeypatch, version, windows, platform, said
):
    names = start.main.__globals__
    monkeypatch.setattr(sys, "argv", ["start.py"])
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(names["os"], "name", "nt")
    monkeypatch.setattr(sys, "getwindowsversion", lambda: windows, raising=False)
    monkeypatch.setattr(names["sysconfig"], "get_platform", lambda: platform)
    with pytest.raises(SystemExit, match=f"(?s){said}"):
        start.main()
    assert start.commands == []


@pytest.mark.parametrize("place", [r"C:\Users\Li\OneDrive\桌面\custseg", r"\\\\server\share\custseg"])
def test_a_folder_that_is_synchronised_or_far_away_is_named(start, monkeypatch, capsys, place):
    monkeypatch.setitem(start.unhandy.__globals__, "ROOT", place)
    assert "C:\\custseg" in start.unhandy()


def test_a_mirror_is_used_by_name_or_address(start, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(os, "execv", lambda program, command: start.commands.append(" ".join(command[2:])))
    for name, address in (*start.MIRRORS.items(), ("https://mirror.example/simple",) * 2):
        monkeypatch.setattr(sys, "argv", ["start.py", "--lang", "zh", "--mirror", name])
        start.main()
        assert os.environ["PIP_INDEX_URL"] == os.environ["UV_DEFAULT_INDEX"] == address
        assert start.commands[-1] == "custseg_helpers lab --lang zh"
    monkeypatch.setattr(sys, "argv", ["start.py", "--mirror"])
    with pytest.raises(SystemExit, match="tsinghua"):
        start.main()


@pytest.mark.parametrize(("typed", "again"), [("", True), ("n", False)])
def test_who_sits_at_the_keyboard_is_offered_the_mirror_when_nothing_comes(start, monkeypatch, typed, again):
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    monkeypatch.setattr(os, "execv", lambda program, command: start.commands.append("opened"))
    monkeypatch.setattr(sys, "argv", ["start.py"])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    start.answers |= {"pip": b"timed out", "uv": b"no"}

    def answer(question):
        start.answers.clear()
        assert "清华" in question and "Tsinghua" in question
        return typed

    monkeypatch.setattr("builtins.input", answer)
    if again:
        start.main()
    else:
        with pytest.raises(SystemExit):
            start.main()
    assert ("tsinghua" in os.environ.get("PIP_INDEX_URL", "")) == again == (start.commands[-1] == "opened")


def test_a_download_that_crawls_says_how_to_hurry(start, monkeypatch, capsys):
    waited = [subprocess.TimeoutExpired("pip", 2)] * start.PATIENCE

    class Slow:
        returncode = 0

        def communicate(self, timeout):
            if waited:
                raise waited.pop()
            return b"", None

    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: Slow())
    assert start.step("title", "pip install")
    assert "Ctrl+C" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["开始.bat", "Start.bat", "开始.command", "Start.command"])
def test_the_files_to_double_click_look_for_every_python_that_will_do(start, name):
    text = (ROOT / name).read_text(encoding="utf-8")
    versions = [
        tuple(map(int, found.split("."))) for found in re.search(r'PYTHONS="?([\d. ]+)', text)[1].split()
    ]
    assert min(versions) == start.OLDEST and max(versions) == start.NEWEST
    assert ("--lang zh" if name.startswith("开始") else "--lang en") in text
    assert name.endswith(".bat") or os.access(ROOT / name, os.X_OK)


@pytest.mark.parametrize("name", ["开始.bat", "Start.bat"])
def test_the_file_to_double_click_is_read_whole_on_a_chinese_windows(name):
    """Code page 936 reads it until `chcp`; a byte order mark, a lone LF or a label would break it there."""
    raw = (ROOT / name).read_bytes()
    before, _, after = raw.partition(b"chcp 65001")
    assert before.isascii() and (after or raw.isascii())
    assert raw.count(b"\n") == raw.count(b"\r\n") and raw.endswith(b"\r\n")
    lines = raw.decode("utf-8").splitlines()
    assert not any(re.match(r"\s*(:|goto\b)", line, re.IGNORECASE) for line in lines)
    for line in lines:
        for found in re.finditer(r"%(~dp0|CD\b[^%]*)%?", line):
            assert line[found.start() - 1] == '"', f"a path with a space: {line}"
    assert "pause" in lines[-2] and lines[-1].startswith('start "" https://')


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_file_to_double_click_opens_the_course_in_its_language(tmp_path, lang):
    """The real shell and a Python that says what it was asked; a folder with a space and Chinese in its name."""
    name = {"zh": "开始", "en": "Start"}[lang]
    folder = tmp_path / "课程 kit"
    folder.mkdir()
    shutil.copy(ROOT / f"{name}.command", folder)
    (folder / "start.py").write_text("import os, sys; print(os.getcwd(), sys.argv[1:])", encoding="utf-8")
    (tmp_path / "python3.12").symlink_to(sys.executable)
    path = os.pathsep.join([str(tmp_path), "/usr/bin", "/bin"])
    done = subprocess.run(
        [folder / f"{name}.command"], env={"PATH": path}, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.strip() == f"{folder} ['--lang', '{lang}']"


def test_first_start_installs_and_second_does_not(start):
    start.install("requirements.lock")
    assert [command.split(" -r ")[0] for command in start.commands] == [
        "venv .venv",
        "pip install --require-hashes",
        "uv pip install --system-certs --require-hashes",
        "pip install --no-deps --no-build-isolation -e .",
        "ignore -m compileall -qq .venv",
    ]
    start.commands.clear()
    start.install("requirements.lock")
    assert start.commands == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_again(start, project, changed):
    start.install("requirements.lock")
    start.commands.clear()
    with open(project / changed, "a") as file:
        file.write("# changed\n")
    start.install("requirements.lock")
    assert any(command.startswith("uv pip install") for command in start.commands)


def test_uv_alone_is_taken_from_the_lock_with_its_hashes(start, project):
    start.install("requirements.lock")
    lines = (project / ".venv" / "uv.txt").read_text().splitlines()
    assert lines[0].startswith("uv==")
    assert all(line.startswith(("    --hash=sha256:", "    #")) for line in lines[1:])
    assert any("--hash" in line for line in lines)


def test_pip_takes_over_when_uv_fails(start):
    start.answers["uv pip"] = b"invalid peer certificate"
    start.install("requirements.lock")
    assert "pip install --require-hashes -r requirements.lock" in start.commands


def test_pips_mirror_serves_uv_too(start, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    start.answers["mirror"] = "https://mirror.example/simple"
    start.install("requirements.lock")
    assert os.environ["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


@pytest.mark.parametrize(
    ("failing", "printed", "zh", "en"),
    [
        ("venv", "ensurepip is not available", "venv 模块", "apt install python3-venv"),
        ("venv", "No module named venv", "venv 模块", "venv module is missing"),
        ("pip", "OSError: [Errno 28] No space left on device", "磁盘空间不足", "disk is full"),
        ("pip", "failed to write (os error 112)", "磁盘空间不足", "disk is full"),
        ("pip", "Retrying after connection broken by 'NewConnectionError'", "连不上软件源", "No network"),
        ("pip", "HTTPSConnectionPool: Read timed out.", "连不上软件源", "No network"),
        ("pip", "THESE PACKAGES DO NOT MATCH THE HASHES", "没有成功", "This step failed"),
    ],
)
def test_failures_are_explained_in_both_languages(start, capsys, failing, printed, zh, en):
    start.answers |= {failing: printed.encode(), "uv": b"no"}
    with pytest.raises(SystemExit) as stopped:
        start.install("requirements.lock")
    assert zh in stopped.value.code and en in stopped.value.code
    assert printed in capsys.readouterr().err


def test_full_disk_is_seen_before_the_download(start, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1e9))
    with pytest.raises(SystemExit, match="磁盘空间不足"):
        start.install("requirements.lock")
    assert start.commands == []


def test_no_network_for_real(project):
    """The real pip, sent to a port where nobody listens."""
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    cleared = {key: "" for key in os.environ if key.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        [sys.executable, "start.py", "--no-browser"],
        cwd=project,
        env=os.environ | cleared | nowhere,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1
    assert "[1/4]" in done.stdout and "[2/4]" in done.stdout
    assert "连不上软件源" in done.stderr and "No network" in done.stderr
    assert not (project / ".venv" / "requirements.lock.done").exists()


@pytest.mark.parametrize(("platform", "call"), [("posix", "execv"), ("nt", "call")])
@pytest.mark.parametrize(
    ("arguments", "lock", "command"),
    [
        (
            ["--lang", "zh", "--port", "9000"],
            "requirements.lock",
            "custseg_helpers lab --lang zh --port 9000",
        ),
        (["test"], "requirements-test.lock", "tools.suite"),
        (["test", "--fast"], "requirements-test.lock", "tools.suite --fast"),
        (["lock", "--upgrade"], "requirements.lock", "tools.lock --upgrade"),
        (["app"], "requirements.lock", "custseg_helpers app"),
        (["run", "company.toml"], "requirements.lock", "custseg_helpers run company.toml"),
        (["--lang", "en", "init", "a.csv"], "requirements.lock", "custseg_helpers --lang en init a.csv"),
    ],
)
def test_hands_over_with_a_clean_environment(start, monkeypatch, platform, call, arguments, lock, command):
    done = []
    monkeypatch.setattr(os, "environ", os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    monkeypatch.setattr(os, "execv", lambda program, command: done.append(("execv", command)))
    monkeypatch.setattr(subprocess, "call", lambda command: done.append(("call", command)) or 3)
    monkeypatch.setitem(start.main.__globals__, "install", lambda lock: done.append(lock))
    monkeypatch.setattr(sys, "argv", ["start.py", *arguments])
    monkeypatch.setattr(start.main.__globals__["os"], "name", platform)
    try:
        start.main()
    except SystemExit as stopped:
        assert (platform, stopped.code) == ("nt", 3)
    assert done[0] == lock
    assert done[1][0] == call and " ".join(done[1][1][2:]) == command
    assert not os.environ["PYTHONDONTWRITEBYTECODE"]
    assert os.environ["OMP_NUM_THREADS"] == os.environ["PYTHONUTF8"] == "1"


def test_wheels_beside_it_take_the_place_of_the_network(start, project, monkeypatch):
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    version = "{}.{}".format(*sys.version_info)
    here = project / "wheels" / f"{platform.system()}-{platform.machine()}-{version}"
    here.parent.mkdir()
    here.touch()
    start.install("requirements.lock")
    assert os.environ["PIP_NO_INDEX"] == os.environ["UV_OFFLINE"] == "1"
    assert (
        os.environ["PIP_FIND_LINKS"] == os.environ["UV_FIND_LINKS"] == "wheels"
    )  # a path with a space would be two
    assert "pip install --require-hashes -r .venv/uv.txt" in start.commands


def test_wheels_for_another_machine_are_left_and_said(start, project, monkeypatch, capsys):
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    (project / "wheels").mkdir()
    (project / "wheels" / "Windows-ARM64-3.10").touch()
    start.install("requirements.lock")
    assert "PIP_NO_INDEX" not in os.environ
    assert "改从网上安装" in capsys.readouterr().out
