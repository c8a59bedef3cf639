"""Small files kept by hand: read clearly, written whole or not at all, appended line by line."""

import os
import stat
import subprocess
import sys

import pytest

from custseg_helpers.files.whole import append_json, json_lines, read_text, write_whole
from custseg_helpers.words.text import UserError, use_language


def test_utf8_with_and_without_a_byte_order_mark_is_read(tmp_path):
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "a.txt").write_text("分层\n", encoding=encoding)
        assert read_text(tmp_path / "a.txt") == "分层\n"


def test_another_encoding_is_named_by_line_in_both_languages(tmp_path):
    (tmp_path / "a.txt").write_bytes("a\nb\n分层".encode("gb18030"))
    with pytest.raises(UserError, match=r"Line 3 of .*a.txt” is not UTF-8"):
        read_text(tmp_path / "a.txt")
    use_language("zh")
    with pytest.raises(UserError, match="第 3 行不是 UTF-8 编码"):
        read_text(tmp_path / "a.txt")


def test_on_the_browsers_drive_no_file_is_renamed_over_another(tmp_path, monkeypatch):
    replace, path = os.replace, tmp_path / "a.txt"

    def onto_nothing(draft, target):
        assert not target.exists()
        replace(draft, target)

    monkeypatch.setattr(os, "replace", onto_nothing)
    monkeypatch.setattr(sys, "platform", "emscripten")
    for text in ("旧\n", "新\n"):
        write_whole(path, text)
        assert path.read_text(encoding="utf-8") == text
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "a.txt"
    write_whole(path, "旧\n")
    path.chmod(0o640)
    write_whole(path, "新\n")
    assert path.read_bytes() == "新\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="No space left"):
        write_whole(path, "更新\n")
    assert path.read_text(encoding="utf-8") == "新\n"
    assert os.listdir(path.parent) == ["a.txt"]


def test_a_half_written_last_line_costs_itself_and_not_the_next_entry(tmp_path):
    path = tmp_path / "a.jsonl"
    append_json(path, {"n": 1})
    with path.open("ab") as file:
        file.write(b'{"n": 2, "half')
    append_json(path, {"n": 3})
    assert json_lines(path) == ({1: {"n": 1}, 3: {"n": 3}}, [2])


def test_a_short_write_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "write", lambda handle, data: len(data) - 1)
    with pytest.raises(UserError, match="cannot be written"):
        append_json(tmp_path / "a.jsonl", {"n": 1})


def test_no_file_has_no_lines(tmp_path):
    assert json_lines(tmp_path / "none.jsonl") == ({}, [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such lock")
def test_a_draft_that_a_killed_writer_left_is_cleared_away_and_one_being_written_is_not(tmp_path):
    file = tmp_path / "customers.csv"
    code = f"""
from custseg_helpers.files.whole import whole_file
with whole_file({str(file)!r}) as draft:
    draft.write_text("half")
    print("begun", flush=True)
    input()
"""
    writing = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writing.stdout.readline() == b"begun\n"
    write_whole(file, "mine")
    assert len(list(tmp_path.iterdir())) == 2 and file.read_text() == "mine"
    writing.kill()
    writing.communicate()
    write_whole(file, "whole")
    assert list(tmp_path.iterdir()) == [file] and file.read_text() == "whole"
