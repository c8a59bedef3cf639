"""Browsers are found where their installers put them, also off the path."""

import sys
from pathlib import Path

import pytest

from custseg_helpers.files import browsers


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A computer with nothing on its path."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browsers.shutil, "which", lambda name: None)
    for room in browsers.ROOMS:
        monkeypatch.delenv(room, raising=False)
    monkeypatch.setattr(browsers.Path, "home", lambda: tmp_path)
    return tmp_path


def laid(path):
    path.parent.mkdir(parents=True)
    path.touch()
    return path


def test_edge_on_windows_lies_in_program_files(bare, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMFILES(X86)", str(bare))
    monkeypatch.setitem(browsers.PRINTING, "edge", (("msedge",), "Microsoft/Edge/Application/msedge.exe", ""))
    edge = laid(bare / "Microsoft" / "Edge" / "Application" / "msedge.exe")
    assert browsers.find_browser(printing=True) == edge


def test_chrome_on_a_mac_lies_in_applications(bare, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    chrome = laid(bare / "Applications" / browsers.PRINTING["chrome"][2])
    assert browsers.find_browser(printing=True) == chrome


def test_firefox_shows_pages_and_prints_none(bare, monkeypatch):
    monkeypatch.setattr(browsers.shutil, "which", {"firefox": "/usr/bin/firefox"}.get)
    assert browsers.find_browser() == Path("/usr/bin/firefox")
    assert browsers.find_browser(printing=True) is None
