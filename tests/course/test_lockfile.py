import pytest

from custseg_helpers.course import lockfile
from custseg_helpers.course.twins import twins


@pytest.fixture
def locked(workshop):
    lockfile.write(workshop.folder, list(twins(workshop.lesson())))
    return workshop


def test_a_fresh_lock_agrees(locked):
    assert locked.remarks() == []
    assert not lockfile.outdated(locked.folder, list(twins(locked.lesson())))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lesson.py", "先去哪里？下面", "先去哪儿？下面", "Only the Chinese was edited. Edit the English"),
        ("lesson.py", "which one? Let us", "which? Let us", "Only the English was edited. Edit the Chinese"),
        ("lesson.py", "客户（位）", "客户数（位）", "Only the Chinese"),
        ("about.toml", "A new lesson", "A brand-new lesson", "Only the English"),
        ("quiz.toml", "那是订单数。", "那是订单的数。", "Only the Chinese"),
        ("feedback.toml", "You counted order lines.", "These are order lines.", "Only the English"),
    ],
)
def test_one_language_edited_alone_stops_the_build(locked, file, old, new, said):
    locked.change(file, old, new)
    remark = locked.remark()
    assert said in remark and remark.startswith(f"lessons/03_tiny/{file}:")


def test_of_two_texts_that_begin_alike_the_one_that_was_edited_is_told(workshop):
    alike = "You counted the order lines of every customer"
    workshop.change("feedback.toml", "You counted orders, not customers.", f"{alike}, once.")
    workshop.change("feedback.toml", "You counted order lines.", f"{alike}, twice.")
    lockfile.write(workshop.folder, list(twins(workshop.lesson())))
    workshop.change("feedback.toml", "customer, twice.", "customer, again and again.")
    lines = (workshop.folder / "feedback.toml").read_text(encoding="utf-8").splitlines()
    line = int(workshop.remark().partition("  ")[0].rsplit(":", 1)[1])
    assert "again and again" in lines[line - 1]


def test_both_languages_edited_is_fine_and_makes_the_lock_outdated(locked):
    locked.change("about.toml", "新的一课", "全新的一课")
    locked.change("about.toml", "A new lesson", "A brand-new lesson")
    assert locked.remarks() == []
    assert lockfile.outdated(locked.folder, list(twins(locked.lesson())))


def test_moving_and_inserting_twins_is_fine(locked):
    points = '[[key_points]]\nzh = "再看一遍。"\nen = "Look again."\n\n'
    locked.change("about.toml", "[[key_points]]", f"{points}[[key_points]]")
    assert locked.remarks() == []


def test_the_same_words_beside_another_translation_are_a_new_twin(locked):
    points = '[[key_points]]\nzh = "新的一课"\nen = "One more lesson"\n'
    locked.append("about.toml", f"\n{points}")
    assert locked.remarks() == []


def test_the_lock_has_one_line_a_twin(locked):
    lines = (locked.folder / "twins.lock").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) > 40
    assert all(len(line.split()) == 3 for line in lines)
