"""The course as it opens: the start page, the settings, the server's one line."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request

import nbformat
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.files.cells import run_cell
from custseg_helpers.learn.folder import originals
from custseg_helpers.learn.lab import prepare, settings, surroundings, without_file_panel
from custseg_helpers.learn.lessons import exercises, lesson_folders
from custseg_helpers.learn.marks import record
from custseg_helpers.learn.papers import papers
from custseg_helpers.learn.start_page import NAME, start_page

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_start_page_is_a_valid_notebook_that_links_to_what_is_there(tmp_path, lang):
    assert prepare(tmp_path, lang) == {}
    book = nbformat.read(tmp_path / lang / NAME, as_version=4)
    nbformat.validate(book)
    text = "\n".join(cell.source for cell in book.cells)
    links = re.findall(r"\]\(([^)#]+)\)", text)
    other = {"zh": "../en/START.ipynb", "en": "../zh/START.ipynb"}[lang]
    assert sorted(links) == sorted([*originals(lang), *papers(lang), other])
    beside = re.findall(r"\]\(([^)#]+)#beside\)", text)
    assert set(beside) == {name for name in originals(lang) if name.replace(".", "_exercises.") in links}
    assert all((tmp_path / lang / link).is_file() for link in links)
    assert str(tmp_path / lang) in text


def test_the_start_page_leads_back_to_where_the_learner_was(tmp_path, monkeypatch):
    def line():
        prepare(tmp_path, "en")
        cells = nbformat.read(tmp_path / "en" / NAME, as_version=4).cells
        return next(cell.source for cell in cells if cell.id == "continue")

    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    assert line().startswith("**Begin here:** lesson 00.")
    first, second, *_ = exercises("04")
    record("check", exercise=first, outcome="passed")
    assert line().startswith("**Go on where you were:** lesson 04, exercise 2.") and "04_rfm.ipynb#" in line()
    record("check", exercise=second, outcome="wrong")
    assert "lesson 04, exercise 2" in line()
    for name in exercises("04"):
        record("check", exercise=name, outcome="passed")
    assert "lesson 05, exercise 1" in line()
    for number in ("05", *(number for number in lesson_folders() if number > "05")):
        for name in exercises(number):
            record("check", exercise=name, outcome="passed")
    assert "All exercises are done" in line()


def test_a_start_page_that_the_learner_changed_is_left_alone(tmp_path):
    prepare(tmp_path, "en")
    page = tmp_path / "en" / NAME
    page.write_text(page.read_text(encoding="utf-8").replace("Map of the course", "My map"), encoding="utf-8")
    record_of = page.read_text(encoding="utf-8")
    assert prepare(tmp_path, "en") == {} and page.read_text(encoding="utf-8") == record_of


def test_another_python_changes_no_page(tmp_path, monkeypatch):
    prepare(tmp_path, "en")
    before = {path.name: path.read_bytes() for path in (tmp_path / "en").iterdir()}
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert prepare(tmp_path, "en") == {}
    after = {path.name: path.read_bytes() for path in (tmp_path / "en").iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {NAME}


def test_the_file_panel_is_closed_at_first_and_left_alone_later(tmp_path):
    rooms = without_file_panel(tmp_path, "zh")
    (room,) = rooms.iterdir()
    assert json.loads(room.read_text())["data"]["layout-restorer:data"]["left"]["collapsed"]
    room.write_text("{}")
    assert without_file_panel(tmp_path, "zh") == rooms and room.read_text() == "{}"


def test_start_page_leaves_out_lessons_without_a_notebook(tmp_path):
    assert "](04_rfm" not in start_page(tmp_path, "zh", {})
    only_lesson = start_page(tmp_path, "zh", {"04_rfm.ipynb": ""})
    assert "](04_rfm.ipynb)" in only_lesson and "](04_rfm_exercises.ipynb)" not in only_lesson


def test_the_start_pages_say_the_same(tmp_path):
    def shape(lang):
        cells = json.loads(start_page(tmp_path, lang, originals(lang)))["cells"]
        text = "\n".join(cell["source"] for cell in cells)
        code = [part for part in re.findall(r"`([^`]+)`", text) if str(tmp_path) not in part]
        marks = re.findall(r"^(#+|- |\|)", text, re.M)
        return [cell["id"] for cell in cells], sorted(code), marks, re.findall(r"\]\((.+?)\)", text)

    assert shape("zh") == shape("en")


def test_the_start_page_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("CUSTSEG_PROGRESS", str(tmp_path / "progress.jsonl"))
    book = nbformat.reads(start_page(tmp_path, "en", {}), as_version=4)
    first, *others = (cell.source for cell in book.cells if cell.cell_type == "code")
    assert "0/" in run_cell(first, {})._repr_html_()
    for code in others:
        run_cell(code, {})


def test_settings_by_language():
    assert settings("zh")["@jupyterlab/translation-extension:plugin"] == {"locale": "zh_CN"}
    assert settings("en")["@jupyterlab/translation-extension:plugin"] == {"locale": "default"}


def test_a_terminal_in_the_lab_knows_the_command(tmp_path):
    found = shutil.which("custseg", path=surroundings(tmp_path, "zh")["PATH"])
    assert found and os.path.dirname(found) == os.path.dirname(sys.executable)


def test_a_taken_port_is_explained(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["lab", "--lang", "zh", "--port", str(port)]) == 2
        assert main(["lab", "--lang", "en", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert f"端口 {port} 用不了" in said.err and f"Port {port} cannot be used" in said.err
    assert said.out == ""


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_does_not_exist_is_explained(tmp_path, monkeypatch, capsys, port):
    monkeypatch.setenv("CUSTSEG_HOME", str(tmp_path))
    assert main(["lab", "--lang", "en", f"--port={port}"]) == 2
    assert "--port" in capsys.readouterr().err


def test_the_server_says_one_line_and_asks_for_its_token(tmp_path):
    """In an empty home, with a learner's own Jupyter settings that must not matter."""
    settings_of_others = tmp_path / ".jupyter"
    settings_of_others.mkdir()
    (settings_of_others / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"ip": "0.0.0.0", "port": 1, "allow_origin": "*", "allow_remote_access": true, "disable_check_xsrf": true}}'
    )
    environment = os.environ | {"HOME": str(tmp_path), "CUSTSEG_HOME": str(tmp_path / "my")}
    environment.pop("JUPYTER_CONFIG_DIR", None)
    server = subprocess.Popen(
        [sys.executable, "-m", "custseg_helpers", "lab", "--lang", "zh", "--no-browser"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert server.stdout
    try:
        starting, ready = (server.stdout.readline() for _ in range(2))
        assert "JupyterLab" in starting
        address = re.search(r"http://127\.0\.0\.1:(\d+)/lab/tree/zh/START\.ipynb\?token=(\w+)$", ready)
        assert address, ready
        base, token = f"http://127.0.0.1:{address[1]}", address[2]
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{base}/api/contents/zh", timeout=30)
        with urllib.request.urlopen(f"{base}/api/contents/zh?token={token}", timeout=30) as answer:
            files = {entry["name"] for entry in json.load(answer)["content"]}
        assert {NAME, *originals("zh"), *papers("zh")} == files
        mine = f"{base}/api/contents/zh?token={token}"
        with pytest.raises(urllib.error.HTTPError, match="403"):  # a name made to mean this computer
            urllib.request.urlopen(urllib.request.Request(mine, headers={"Host": "evil.example"}), timeout=30)
        page = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page.open(f"{base}/lab?token={token}", timeout=30).close()
        for about in ({"Origin": "http://evil.example"}, {}):  # another page, with the learner's cookies
            asked = urllib.request.Request(f"{base}/api/kernels", b"{}", about, method="POST")
            with pytest.raises(urllib.error.HTTPError, match=r"40[34]"):
                page.open(asked, timeout=30)
    finally:
        server.terminate()
        rest = server.communicate(timeout=30)[0]
    assert server.returncode == 0
    assert "Traceback" not in rest
