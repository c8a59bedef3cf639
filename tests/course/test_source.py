import pytest

from custseg_helpers.course.source import Problem, paired, read_cells, read_lesson
from custseg_helpers.words.text import use_language


def test_the_skeleton_is_without_fault(workshop):
    assert workshop.remarks() == []


def test_cells_know_their_lines(workshop):
    lines = (workshop.folder / "lesson.py").read_text(encoding="utf-8").splitlines()
    for cell in read_cells(workshop.folder / "lesson.py"):
        if cell.text:
            assert lines[cell.place.line - 1] == cell.text.splitlines()[0]


def test_twins_come_in_pairs_and_code_alone(workshop):
    cells = list(paired(workshop.lesson().lesson))
    assert all(pair[0].lang == "zh" and pair[1].lang == "en" for pair in cells if isinstance(pair, tuple))
    assert sum(isinstance(pair, tuple) for pair in cells) == 8


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lesson.py", '# %% [markdown] lang="en"\n', '# %% [markdown] lang="zh"\n', "lacks its twin"),
        ("lesson.py", 'lang="en" tags=["trainer"]', 'lang="en"', "lacks its twin"),
        ("lesson.py", '[markdown] lang="zh"\n', "[markdown]\n", "needs lang="),
        ("lesson.py", 'tags=["explorer"]', 'tag=["explorer"]', "Unknown after `# %%`: tag"),
        ("lesson.py", '[markdown] lang="zh"', 'lang="zh" [markdown]', "Unknown after `# %%`"),
        ("lesson.py", "# %% [markdown]", "import pandas\n\n# %% [markdown]", "must begin with a `# %%` cell"),
        ("lesson.py", 'about="next"', 'about="nxt"', "Unknown about="),
        ("lesson.py", 'try="tiny-buyers tiny-too-many"', 'try="tiny-buyers tiny-7"', "no exercise tiny-7"),
        ("about.toml", "[question]", "[frage]", "'question' is missing"),
        ("about.toml", 'en = "A new lesson"', "", "zh and en must come together|missing"),
        ("about.toml", 'topic = "tiny"', 'topic = "other"', "must be the folder's name"),
        ("about.toml", 'zh = "新的一课"', "zh = 新的一课", "Cannot be read"),
        ("quiz.toml", 'en = "1"\n', "", "zh and en must come together"),
        ("feedback.toml", "en = '''You counted order lines.'''\n", "", "zh and en must come together"),
        ("answers.py", "EXERCISES = [", "EXERCISES = [[", "Not valid Python"),
    ],
)
def test_a_damaged_source_stops_the_build(workshop, file, old, new, said):
    workshop.change(file, old, new)
    remark = workshop.remark()
    assert remark.startswith(f"lessons/03_tiny/{file}:")
    assert any(part in remark for part in said.split("|"))


def test_a_missing_twin_at_the_end_of_the_file(workshop):
    workshop.append("lesson.py", '\n# %% [markdown] lang="zh"\n"""\n只有中文。\n"""\n')
    assert "lacks its twin" in workshop.remark()


def test_a_missing_file(workshop):
    (workshop.folder / "exercise.py").unlink()
    with pytest.raises(Problem, match=r"exercise\.py:1  There is no such file"):
        read_lesson(workshop.folder)


def test_remarks_are_told_in_chinese_too(workshop):
    workshop.change("about.toml", "[question]", "[frage]")
    use_language("zh")
    assert "缺少 'question'" in workshop.remark()
