"""The check of a laptop: what is wrong is named, with the way out, in both languages."""

import re
import socket

import pytest

from custseg_helpers.commands import main as cli
from custseg_helpers.paths import my_folder
from custseg_helpers.teach import doctor
from custseg_helpers.words.text import use_language

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("lang", "last"), [("zh", "可以上课了。"), ("en", "Ready for class.")])
def test_a_laptop_that_is_ready(lang, last, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "browser", lambda: doctor.python((3, 12)))
    use_language(lang)
    assert cli.main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == last and all(line.startswith("✓") for line in lines[:-1]) and len(lines) == 9
    assert lang == "zh" or not re.search(r"[一-鿿]", "".join(lines).replace(str(my_folder()), ""))


def test_what_is_wrong_is_named_with_the_way_out(capsys, monkeypatch, tmp_path):
    use_language("en")

    def blocked(*_, **__):
        raise OSError

    monkeypatch.setattr(socket, "create_server", blocked)
    monkeypatch.setattr(doctor.tempfile, "TemporaryDirectory", blocked)
    monkeypatch.setattr(doctor, "needs", lambda: ["pandas", "no-such-package"])
    monkeypatch.setattr(doctor, "find_browser", lambda: None)
    monkeypatch.setattr(doctor.webbrowser, "get", lambda: (_ for _ in ()).throw(doctor.webbrowser.Error()))
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().out
    for words in ("missing: no-such-package", "cannot be written", "ports are blocked", "Install Edge"):
        assert words in said
    assert said.endswith("4 to put right.\n")


def test_a_slow_laptop_and_a_full_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "SLOW", 0)
    assert not doctor.speed(["json"]).well
    assert doctor.disk(tmp_path / "not" / "there").seen
    assert not doctor.disk(tmp_path, free=10).well


def test_the_packages_are_those_the_project_declares():
    assert {"pandas", "seaborn", "jupyterlab"} <= set(doctor.needs())
    assert not {"pyspark", "icalendar", "pytest"} & set(doctor.needs())
