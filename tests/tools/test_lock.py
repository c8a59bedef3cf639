"""The lock files: complete, hashed, without an address, in agreement with pyproject.toml and environment.yml."""

import re
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from custseg_helpers.paths import course_root
from tools import lock as locking
from tools.lock import COMPILE, environment, pins

ROOT = course_root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {name: (ROOT / name).read_text(encoding="utf-8") for name in (*locking.SETS, locking.TEST)}
EXTRAS = locking.SETS | {locking.TEST: ("test",)}
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
BROWSER = {name: (ROOT / name).read_text(encoding="utf-8") for name in locking.BROWSER}


def asked_for(extra):
    """What an extra asks for, with the extras that it names itself."""
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    for requirement in map(Requirement, PROJECT["optional-dependencies"][extra]):
        if requirement.name == "custseg":
            wanted += [deep for inner in requirement.extras for deep in asked_for(inner)]
        else:
            wanted.append(requirement)
    return list(dict.fromkeys(wanted))


def missing(lock, wanted):
    """Which of the requirements a lock does not meet."""
    pinned = {pin.name.lower(): pin for pin in map(Requirement, pins(lock))}
    return [
        str(requirement)
        for requirement in wanted
        if requirement.name.lower() not in pinned
        or not requirement.specifier.contains(
            str(pinned[requirement.name.lower()].specifier).removeprefix("==")
        )
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_meets_pyproject(name):
    assert missing(LOCKS[name], [one for extra in EXTRAS[name] for one in asked_for(extra)]) == []


@pytest.mark.parametrize("name", BROWSER)
def test_browser_lock_meets_pyproject(name):
    group = locking.BROWSER[name][1]
    assert missing(BROWSER[name], list(map(Requirement, GROUPS[group]))) == []


def test_the_browser_gets_each_package_that_is_named_and_no_other():
    names = {Requirement(pin).name for pin in pins(BROWSER["requirements-browser.lock"])}
    assert names == {Requirement(line).name for line in GROUPS["lite-browser"]}


def test_a_forgotten_or_older_package_is_noticed():
    wanted = asked_for("start")
    forgotten = LOCKS["requirements.lock"].replace("\nseaborn==", "\nseabird==")
    older = re.sub(r"\npandas==\S+", "\npandas==1.5.0", LOCKS["requirements.lock"])
    assert missing(forgotten, wanted) == ["seaborn>=0.13.2"]
    assert missing(older, wanted) == ["pandas<4,>=2.2"]


@pytest.mark.parametrize("name", [*LOCKS, *BROWSER])
def test_every_requirement_is_pinned_and_hashed(name):
    lock = (LOCKS | BROWSER)[name]
    requirements = re.split(r"\n(?=\w)", re.sub(r"^ *#.*\n", "", lock, flags=re.M))
    assert len(requirements) == len(pins(lock)) > (100 if name in LOCKS else 10)
    for requirement in requirements:
        assert re.match(r"[\w.\-\[\]]+==\S+", requirement), requirement
        assert re.search(r"\\\n    --hash=sha256:[0-9a-f]{64}", requirement), requirement


@pytest.mark.parametrize("name", [*LOCKS, *BROWSER])
def test_no_address_and_no_path(name):
    lock = (LOCKS | BROWSER)[name]
    assert not re.search(r"://|--(index|extra-index|find-links|trusted)|file:|(^|\s)/\w", lock)


@pytest.mark.parametrize("name", locking.SETS)
def test_the_versions_of_a_set_are_the_tested_ones(name):
    assert set(pins(LOCKS[name])) <= set(pins(LOCKS[locking.TEST]))


@pytest.mark.parametrize("name", locking.SETS)
def test_a_set_says_first_how_much_it_is_to_download(name):
    assert 50 < int(re.match(r"# (\d+) MB\n", LOCKS[name])[1]) < 1_000


def test_one_version_of_each_package_for_every_python():
    for lock in LOCKS.values():
        names = [pin.split("==")[0] for pin in pins(lock)]
        assert len(names) == len(set(names))


def test_environment_yml_agrees():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == environment(pins(LOCKS["requirements.lock"]))
    parsed = yaml.safe_load(text)
    python, pip, by_pip = parsed["dependencies"]
    assert (parsed["name"], pip) == ("custseg", "pip")
    assert by_pip["pip"] == [*pins(LOCKS["requirements.lock"]), "-e ."]
    assert Requirement(f"x {PROJECT['requires-python']}").specifier.contains(python.removeprefix("python="))


def test_the_command_writes_the_files(tmp_path, monkeypatch):
    """With a stand-in for uv, which needs the network."""
    commands = []

    def resolve(command, cwd, **_):
        commands.append(command)
        detailed = "--format" in command
        words = "packages = []" if detailed else "six==1.17.0 \\\n    --hash=sha256:0\n"
        (cwd / command[command.index("--output-file") + 1]).write_text(words)

    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(locking, "course_root", lambda: tmp_path)
    monkeypatch.setattr(locking.subprocess, "run", resolve)
    renewed = []
    monkeypatch.setattr(locking, "renew", lambda root, _: renewed.append(root))
    assert locking.main(["--upgrade"]) == 0
    assert (tmp_path / "environment.yml").read_text() == environment(["six==1.17.0"])
    assert [command[1 : 1 + len(COMPILE)] for command in commands] == [COMPILE] * 7
    assert renewed == [tmp_path]
    assert all(
        command[0] == sys.executable and "--upgrade" in command
        for command in commands
        if "--format" not in command
    )
    assert "--constraint" in commands[1] and (tmp_path / "requirements.lock").read_text().startswith("# 0 MB")


def test_without_network_the_command_says_so(tmp_path, monkeypatch, capsys):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(locking, "course_root", lambda: tmp_path)
    monkeypatch.setattr(locking, "COMPILE", ["-c", "raise SystemExit(2)"])
    assert locking.main([]) == 2
    assert "Could not make requirements-test.lock" in capsys.readouterr().err


def test_outside_the_source_folder_the_command_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(locking, "course_root", lambda: tmp_path)
    assert locking.main([]) == 2
    assert "pyproject.toml" in capsys.readouterr().err
