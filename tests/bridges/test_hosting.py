"""docs/hosting.md: the files it gives are read as Jupyter reads them, for two learners, on a read-only installation."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from custseg_helpers.learn.folder import originals
from custseg_helpers.learn.start_page import NAME
from custseg_helpers.paths import course_root

from .pages import blocks

pytestmark = pytest.mark.slow

SERVER, HUB = 0, 1
"""Which of the page's Python blocks is which file."""

START = """
import json, os, sys
from traitlets.config.loader import PyFileConfigLoader
config = PyFileConfigLoader(sys.argv[1]).load_config()
import custseg_helpers as course
said = course.check("welcome-registered", len(course.load().customers)).outcome
print(json.dumps([config.LabApp, config.ServerApp, os.environ["CUSTSEG_LANG"], said]))
"""


def saved(block, folder):
    path = folder / "jupyter_server_config.py"
    path.write_text(blocks("hosting.md", "python")[block], encoding="utf-8")
    return path


def starting(config, home, *before, **environment):
    """Start what a hub starts for a learner, as far as her settings go."""
    names = ("CUSTSEG_HOME", "CUSTSEG_PROGRESS", "CUSTSEG_COMPANY", "CUSTSEG_LANG")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.Popen(
        [*before, sys.executable, "-c", START, str(config)],
        cwd=home,
        env=kept | {"HOME": str(home), "PYTHONPATH": str(course_root())} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_learners_at_once_get_a_folder_each(tmp_path):
    config = saved(SERVER, tmp_path)
    homes = {name: tmp_path / name for name in ("wangfang", "李雷")}
    servers = {}
    for name, home in homes.items():
        home.mkdir()
        servers[name] = starting(config, home, JUPYTERHUB_USER=name, CUSTSEG_LANG="zh")
    for name, server in servers.items():
        lab, served, language, said = json.loads(server.communicate(timeout=120)[0])
        home = homes[name]
        assert server.returncode == 0 and (language, said) == ("zh", "passed")
        assert served == {"root_dir": str(home), "default_url": f"/lab/tree/custseg/zh/{NAME}"}
        assert {path.name for path in (home / "custseg/zh").glob("*.ipynb")} == {NAME, *originals("zh")}
        menus = json.loads((home / "custseg/.jupyter/lab/overrides.json").read_text(encoding="utf-8"))
        assert lab["app_settings_dir"] == str(home / "custseg/.jupyter/lab")
        assert menus["@jupyterlab/translation-extension:plugin"] == {"locale": "zh_CN"}
        progress = (home / "custseg/progress.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["exercise"] for line in progress] == ["welcome-registered"]


def test_a_second_start_leaves_the_learners_work_alone(tmp_path, monkeypatch):
    config = saved(SERVER, tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JUPYTERHUB_USER", "wangfang")
    monkeypatch.setenv("CUSTSEG_LANG", "en")
    for name in ("CUSTSEG_HOME", "CUSTSEG_PROGRESS", "PATH", "OMP_NUM_THREADS", "PYTHONUTF8"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # so that what is set here is undone
    PyFileConfigLoader(str(config)).load_config()
    work = tmp_path / "custseg/en/00_welcome_exercises.ipynb"
    work.write_text("mine", encoding="utf-8")
    PyFileConfigLoader(str(config)).load_config()
    assert work.read_text(encoding="utf-8") == "mine"


def test_outside_a_hub_nothing_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    assert PyFileConfigLoader(str(saved(SERVER, tmp_path))).load_config() == Config()
    assert not (tmp_path / "custseg").exists()


@pytest.mark.skipif(not shutil.which("bwrap"), reason="needs bubblewrap")
def test_a_read_only_installation_will_do(tmp_path):
    config, home = saved(SERVER, tmp_path), tmp_path / "home"
    home.mkdir()
    shut_in = (
        "bwrap",
        "--ro-bind",
        "/",
        "/",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
        "--bind",
        str(home),
        str(home),
    )
    server = starting(config, home, *shut_in, JUPYTERHUB_USER="wangfang", CUSTSEG_LANG="zh")
    assert json.loads(server.communicate(timeout=120)[0])[-1] == "passed"
    assert (home / "custseg/progress.jsonl").is_file()


def test_the_hubs_settings_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setenv("CLASS_PASSWORD", "for-a-day")
    config = PyFileConfigLoader(str(saved(HUB, tmp_path))).load_config()
    assert config.Spawner.environment["CUSTSEG_LANG"] == "zh"
    assert config.SharedPasswordAuthenticator.user_password == "for-a-day"
