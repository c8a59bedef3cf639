"""What every run of pytest needs, the notebooks' own runs included.

Every test and every example of a docstring starts from English, no progress file, and reproducible random examples.
"""

import os

import pytest
from hypothesis import settings
from nbval import kernel, plugin

from custseg_helpers.words import text

STARTS = 3
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["CUSTSEG_PROGRESS"] = os.devnull

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def speak_english(monkeypatch):
    """Whatever ran before, a test starts in English."""
    monkeypatch.setattr(text, "_current", "en")


class RunningKernel(kernel.RunningKernel):
    """A kernel that is started again when it dies at once.

    A kernel is told which ports to take a moment before it takes them; on a busy machine another program can be
    quicker. The next start asks for other ports.
    """

    def __init__(self, *args, **kwargs):
        for start in range(1, STARTS + 1):
            try:
                super().__init__(*args, **kwargs)
            except RuntimeError:
                if start == STARTS:
                    raise
            else:
                break


KEPT = '<div class="custseg-kept" hidden></div>'
"""Where a text's marks will stand: hidden and empty until she marks, and not stored by the build."""
_outputs = plugin.transform_streams_for_comparison


def _shown(outputs):
    return _outputs([output for output in outputs if output.get("data", {}).get("text/html") != KEPT])


def pytest_configure():
    """Let the notebooks run with kernels that start again, and compare what is shown."""
    plugin.RunningKernel = RunningKernel
    plugin.transform_streams_for_comparison = _shown
