"""Each known system's export comes out with the expected sums, and is recognised with columns dropped, added or shuffled."""

import io
import random

import pandas as pd
import pytest

from custseg_helpers.decision.decide import decide
from custseg_helpers.evidence.systems import AHEAD, SURE, match, scores, systems
from custseg_helpers.paths import course_root
from tools.systems import PAGE, renewed

pytestmark = pytest.mark.slow

SYSTEMS = {system.key: system for system in systems()}
BELIEVED = [key for key, system in SYSTEMS.items() if system.sure and "customers" in (system.expected or {})]


def sample(key):
    return pd.read_csv(io.StringIO(SYSTEMS[key].sample), dtype=object, keep_default_na=False, na_values=[""])


@pytest.mark.parametrize("key", SYSTEMS)
def test_a_sample_comes_out_with_its_expected_sums(key):
    system, made = SYSTEMS[key], decide(sample(key))
    assert made.match is not None and made.match.system.key == key
    for name, value in system.expected.items():
        assert made.plain.totals[name] == pytest.approx(value, abs=0.005), name
    asked = {question.about for question in made.questions}
    assert ("system" in asked) is not system.sure, "what rests on general knowledge asks once"
    assert ("customer_id" in asked) is ("customers" not in system.expected)
    assert asked <= {"system", "customer_id"}


@pytest.mark.parametrize("key", SYSTEMS)
def test_no_two_systems_are_taken_for_each_other(key):
    for row in SYSTEMS[key].headers.values():
        (best, first), (second, _) = scores(row)[:2]
        assert first.key == key and best == pytest.approx(1) and best - second >= AHEAD


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("key", SYSTEMS)
def test_a_system_is_recognised_with_columns_dropped_and_foreign_ones_added(key, seed):
    names = list(next(iter(SYSTEMS[key].headers.values())))
    chance = random.Random(f"{key} {seed}")
    kept = chance.sample(names, max(2, round(0.6 * len(names))))
    foreign = [f"own field {place}" for place in range(round(0.3 * len(names)))]
    found = match(kept + foreign)
    assert found is None or not found.sure or found.system.key == key
    assert scores(kept + foreign)[0][1].key == key


def test_a_header_row_of_nobody_is_no_system():
    assert match(["colour", "shape", "weight of the cat"]) is None
    assert SURE > 0


def test_every_file_says_where_its_headers_come_from():
    assert len(SYSTEMS) >= 40
    for system in SYSTEMS.values():
        known = "general knowledge" in system.source or "一般了解" in system.source
        assert system.source and (not known or not system.sure), system.key


def test_the_scoreboard_in_the_documentation_is_current():
    page = (course_root() / PAGE).read_text(encoding="utf-8")
    assert "<!-- systems zh -->" in page and "<!-- systems en -->" in page
    assert renewed(page) == page, "write it again: python -m tools.systems"
