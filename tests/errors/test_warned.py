"""A warning of a learner's cell is one line in her language, or none; what Python says itself is one click away."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from custseg_helpers.errors.shell import start
from custseg_helpers.words.text import LANGUAGES, use_language

COPY = """import pandas as pd, warnings
class SettingWithCopyWarning(Warning): ...
warnings.warn("A value is trying to be set on a copy", SettingWithCopyWarning)"""
CELLS = {
    "copy": (COPY, {"zh": "副本", "en": r"copy"}),
    "divide": (
        "import numpy as np\nx = np.array([1.0]) / np.array([0.0])",
        {"zh": "除以了 0", "en": "divided by 0"},
    ),
    "escape": ("path = 'C:\\d'", {"zh": "反斜杠", "en": "backslash"}),
    "other": ("import warnings\nwarnings.warn('mind the gap')", {"zh": "照常运行", "en": "the cell has run"}),
}


@pytest.fixture
def shell(monkeypatch):
    import warnings

    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    published: list[dict[str, str]] = []
    monkeypatch.setattr(shell, "published", published, raising=False)
    monkeypatch.setattr(
        shell,
        "display_pub",
        type("Pub", (), {"is_publishing": False, "publish": lambda _, data, **__: published.append(data)})(),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        start(shell)
        yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", CELLS)
def test_a_warning_is_one_line_in_her_language_with_the_original_folded(shell, capsys, kind, lang):
    use_language(lang)
    code, words = CELLS[kind]
    assert shell.run_cell(code).success
    (shown,) = shell.published
    assert words[lang] in shown["text/plain"] and len(shown["text/plain"].splitlines()) == 1
    assert "<details>" in shown["text/html"] and "Warning" in shown["text/html"]
    assert capsys.readouterr().err == ""


def test_what_a_later_version_will_change_is_not_her_business(shell, capsys):
    assert shell.run_cell("import warnings\nwarnings.warn('will change', FutureWarning)").success
    assert shell.published == [] and capsys.readouterr().err == ""


def test_a_warning_that_the_learner_turns_into_an_error_stops_the_cell(shell):
    done = shell.run_cell("import warnings\nwarnings.simplefilter('error')\nwarnings.warn('stop')")
    assert isinstance(done.error_in_exec, UserWarning)


def test_warnings_that_are_caught_in_a_cell_are_not_shown(shell):
    done = shell.run_cell(
        "import warnings\nwith warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter('always')\n    warnings.warn('x')\nassert len(seen) == 1"
    )
    assert done.success and shell.published == []
