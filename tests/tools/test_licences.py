"""Every locked package has a licence that may be used, and says how old it is."""

from dataclasses import replace

import pytest

from custseg_helpers.paths import course_root
from tools import licences
from tools.licences import Package, allowed, faults, locked, read, renew, stated

KNOWN = read(course_root())
PINNED = locked(course_root())


def test_every_locked_package_is_in_the_table_and_allowed(capsys):
    assert licences.main([]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name, _ in PINNED) and f"{len(KNOWN)} " in said.splitlines()[-1]


def test_the_table_has_nothing_else():
    assert {(one.name, one.version) for one in KNOWN} == set(PINNED)
    assert all(licences.age(one, licences.date(2027, 1, 1)) > 0 for one in KNOWN)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0", "SSPL-1.0", "BUSL-1.1", "Elastic-2.0", "LGPL-3.0-only", "MIT AND GPL-2.0-only", "Proprietary", "?"],
)  # fmt: skip
def test_a_licence_that_is_not_allowed_fails_by_name(licence, monkeypatch, capsys):
    known = [replace(one, licence=licence) if one.name == "pandas" else one for one in KNOWN]
    monkeypatch.setattr(licences, "read", lambda _: known)
    assert licences.main([]) == 1
    assert capsys.readouterr().err.count("pandas ") == 1


def test_lgpl_comes_with_extras_alone():
    of_lgpl = {one.name for one in KNOWN if "LGPL" in one.licence}
    assert of_lgpl  # a driver of databases
    assert all(files.isdisjoint(licences.LESSONS) for (name, _), files in PINNED.items() if name in of_lgpl)
    assert allowed("LGPL-3.0-only", extra=True) and not allowed("LGPL-3.0-only")


def test_a_package_that_was_locked_since_is_told():
    known = [one for one in KNOWN if one.name != "pandas"]
    assert [str(fault).split()[0] for fault in faults(known, PINNED)] == ["pandas"]


def test_an_installed_package_says_its_licence_itself():
    assert stated("pandas") == "BSD-3-Clause" and stated("pytest") == "MIT"
    assert next(one for one in KNOWN if one.name == "pandas").licence == stated("pandas")


def test_the_table_is_written_from_the_locks(tmp_path):
    """With a stand-in for uv, which needs the network."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "requirements.lock").write_text("pandas==9.9.9 ; os_name == 'nt' \\\n    --hash=sha256:0\n")

    def resolve(root, out, *_):
        files = '{ name = "a", upload-time = 2026-05-02T00:00:00Z }, { name = "b", upload-time = 2026-05-01T00:00:00Z }'
        (root / out).write_text(f'[[packages]]\nname = "pandas"\nversion = "9.9.9"\nwheels = [{files}]\n')

    renew(tmp_path, resolve)
    assert read(tmp_path) == [Package("pandas", "9.9.9", "BSD-3-Clause", "2026-05-01")]
