"""What every test starts from: English, no progress file, reproducible random examples."""

import os

import pytest
from hypothesis import settings

from custseg_helpers.words import text

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["CUSTSEG_PROGRESS"] = os.devnull

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def speak_english(monkeypatch):
    monkeypatch.setattr(text, "_current", "en")
