"""What a code host reads: the workflow that runs the suite, and the forms for problems, ideas and changes."""

import subprocess
import sys
import tomllib

import pytest
import yaml

from custseg_helpers.paths import course_root

pytestmark = pytest.mark.slow

ROOT = course_root()
HOST = ROOT / ".github"
FORMS = sorted((HOST / "ISSUE_TEMPLATE").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def workflow():
    """The workflow; YAML 1.1 reads its key `on` as true."""
    return yaml.safe_load((HOST / "workflows" / "test.yml").read_text(encoding="utf-8"))


def schema_of(path):
    """The schema, shipped with the linter, that a file of the code host has to follow."""
    if path.parent.name == "workflows":
        return "github-workflows"
    return "github-issue-config" if path.stem == "config" else "github-issue-forms"


@pytest.mark.parametrize(
    "path", [*sorted((HOST / "workflows").iterdir()), *FORMS], ids=lambda path: path.name
)
def test_the_code_host_can_read_it(path):
    linter = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema_of(path)}"]
    said = subprocess.run([*linter, str(path)], capture_output=True, text=True, encoding="utf-8")
    assert said.returncode == 0, said.stdout


def test_the_linter_finds_a_fault(tmp_path):
    text = (HOST / "workflows" / "test.yml").read_text(encoding="utf-8")
    (tmp_path / "test.yml").write_text(text.replace("runs-on", "run-on"), encoding="utf-8")
    linter = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    assert subprocess.run([*linter, str(tmp_path / "test.yml")], capture_output=True).returncode == 1


def test_every_system_and_every_python_run_the_suite():
    linux, elsewhere = (workflow()["jobs"][name] for name in ("linux", "elsewhere"))
    oldest = int(PROJECT["project"]["requires-python"].rsplit(".", 1)[1])
    pythons = linux["strategy"]["matrix"]["python"]
    assert pythons == elsewhere["strategy"]["matrix"]["python"] == [f"3.{n}" for n in range(oldest, 15)]
    assert {name.split("-")[0] for name in elsewhere["strategy"]["matrix"]["os"]} == {"windows", "macos"}
    assert linux["steps"][-1]["run"] == "bash .ci/run"
    assert "python3 start.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert elsewhere["steps"][-1]["run"] == "python start.py test"


def test_forms_speak_both_languages():
    for path in FORMS:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [form[key] for key in ("name", "description") if key in form]
        texts += [part["attributes"]["label"] for part in form.get("body", ())]
        assert all(" · " in text for text in texts), path.name
    assert " · " in (HOST / "pull_request_template.md").read_text(encoding="utf-8")
