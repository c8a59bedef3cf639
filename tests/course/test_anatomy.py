import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lesson.py", '# %% [markdown] about="opening"\n', "", 'about="opening" is missing'),
        ("lesson.py", "## 故事与数据", "## 从前", "“## Story and data” is missing"),
        ("lesson.py", 'use_language(t(zh="zh", en="en"))\n', "", "use_language"),
        ("lesson.py", ' tags=["explorer"]', "", "explorer"),
        ("lesson.py", 'quiz("03")', 'quiz("04")', 'quiz("03") is missing'),
        ("lesson.py", '# %% [markdown] about="key_points"\n', "", 'about="key_points" is missing'),
        ("lesson.py", "## 在你的公司", "## 回到公司", "“## In your company” is missing"),
        ("lesson.py", '# %% [markdown] about="next"\n', "", 'about="next" is missing'),
        ("lesson.py", '# %% [markdown] try="tiny-first-region tiny-to-manager"\n', "", "each once, in the same order"),
        ("lesson.py", 'try="tiny-first-region tiny-to-manager"', 'try="tiny-to-manager tiny-first-region"', "each once, in the same order"),
        ("lesson.py", "import ipywidgets as W\n", "from ipywidgets import interact\nimport ipywidgets as W\n", "No interact"),
        ("lesson.py", "least = W.IntSlider", "out = W.Output()\nleast = W.IntSlider", "No Output"),
        ("lesson.py", "import ipywidgets as W\n", "from custseg_helpers.tiers.rfm import score\nimport ipywidgets as W\n", "“custseg_helpers.tiers.rfm” is an inner place"),
        ("exercise.py", "import check,", "import check\nimport custseg_helpers.tiers.rfm\nfrom custseg_helpers import", "“custseg_helpers.tiers.rfm” is an inner place"),
        ("exercise.py", '# %% [markdown] about="opening"\n', "", 'must be about="opening"'),
        ("exercise.py", 'kind="decide"', 'kind="compute"', 'no exercise with kind="decide"'),
        ("exercise.py", 'level="stretch"', 'level="core"', 'no exercise with level="stretch"'),
        ("exercise.py", 'check("tiny-buyers", buyers)', 'check("tiny-too-many", buyers)', 'No check("tiny-buyers", …) follows'),
        ("exercise.py", ' tags=["nbval-ignore-output"]', "", "something else to everyone"),
        ("answers.py", '"tiny-to-manager"', '"tiny-5"', "exercise.py has no exercise tiny-5"),
    ],
)  # fmt: skip
def test_what_a_lesson_lacks_is_told(workshop, file, old, new, said):
    workshop.change(file, old, new)
    if old == "## 故事与数据":
        workshop.change(file, "## Story and data", "## Once")
    if old == "## 在你的公司":
        workshop.change(file, "## In your company", "## Back home")
    assert any(said in remark for remark in workshop.remarks())


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("tiny-1", "cannot be called tiny-1"),
        ("tiny-Buyers", "cannot be called tiny-Buyers"),
        ("other-buyers", "cannot be called other-buyers: write tiny-"),
        ("tiny-the-buyers-of-the-last-year", "30 characters at most"),
    ],
)
def test_an_exercise_is_called_by_what_it_asks(workshop, identity, said):
    for file in ("lesson.py", "exercise.py", "answers.py", "feedback.toml"):
        text = (workshop.folder / file).read_text(encoding="utf-8").replace("tiny-buyers", identity)
        (workshop.folder / file).write_text(text, encoding="utf-8")
    assert said in workshop.remark()


def test_an_old_id_leads_to_an_exercise_and_is_none(workshop):
    workshop.append("old_ids.toml", '# Older names.\ntiny-1 = "tiny-buyers"\n')
    assert workshop.remarks() == []
    workshop.append("old_ids.toml", 'tiny-2 = "tiny-gone"\n')
    assert "old_ids.toml:3" in workshop.remark() and "no exercise of this lesson" in workshop.remark()
    workshop.change("old_ids.toml", 'tiny-2 = "tiny-gone"', 'tiny-too-many = "tiny-buyers"')
    assert "old notebooks still mean that one" in workshop.remark()


def test_sections_out_of_order_are_told(workshop):
    marker = '# %% [markdown] about="key_points"\n'
    workshop.change("lesson.py", marker, "")
    workshop.change(
        "lesson.py", '# %% [markdown] try="tiny-buyers', f'{marker}\n# %% [markdown] try="tiny-buyers'
    )
    assert any(
        'about="key_points" is missing; it belongs after quiz' in remark for remark in workshop.remarks()
    )


def test_a_lesson_without_a_word_to_the_trainer(workshop):
    workshop.change("lesson.py", ' tags=["trainer"]', "")
    workshop.change("lesson.py", ' tags=["trainer"]', "")
    assert any("no note for the trainer" in remark for remark in workshop.remarks())


def test_only_the_trainer_edition_shows_the_trainers_notes(workshop):
    from custseg_helpers.course.compose import lesson_cells

    lesson = workshop.lesson()
    for trainer in (True, False):
        shown = "\n".join(cell.text for cell in lesson_cells(lesson, "en", trainer=trainer))
        assert ("**Trainer:**" in shown) is trainer
