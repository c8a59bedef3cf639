"""How far a check and a run go through the package: counted, and held where they are."""

import pytest

from custseg_helpers.paths import course_root
from tools.journeys import CHECK, RUN, travel

pytestmark = pytest.mark.slow

CHECK_FILES, RUN_FILES = 42, 127
"""At most so many files of the package a journey loads; a longer one wants a reason."""


def test_a_check_goes_no_farther_than_it_must():
    passed = travel(CHECK, course_root())
    assert {"learn/check.py", "diagnosis/compare.py", "facts/kernels.py"} <= set(passed.at_work)
    assert not [file for file in passed.loaded if file.startswith(("plots/", "explore/", "results/"))]
    assert len(passed.loaded) <= CHECK_FILES


def test_a_run_goes_no_farther_than_it_must():
    passed = travel(RUN, course_root())
    assert {"mapping/clean.py", "tiers/rfm.py", "results/report.py"} <= set(passed.at_work)
    assert not [file for file in passed.loaded if file.startswith(("learn/", "teach/", "course/", "site/"))]
    assert len(passed.loaded) <= RUN_FILES
