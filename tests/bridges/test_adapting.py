"""docs/adapting.md, step by step in a copy of the course: a lesson, two companies, a third language."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from custseg_helpers.paths import course_root
from custseg_helpers.words.glossary import glossary

from .pages import blocks, run

pytestmark = pytest.mark.slow

PAGE = "adapting.md"
NEW_LESSON, BUILD, EXPORT, COPY, SIMULATE = range(5)
EXERCISE, ANSWERS = range(2)
FEEDBACK = 0
"""Which of the page's bash, Python and TOML blocks is which step."""

TEAM = "lessons/16_team"
EARLIER = ("00_welcome", "00b_python", "01_tags", "02_data", "03_value", "04_rfm")
"""Lessons that teach the names which the new one needs."""


class House:
    """A copy of the course in which a trainer works."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(
            course_root() / "custseg_helpers",
            root / "custseg_helpers",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        shutil.copytree(course_root() / "datasets", root / "datasets")
        for name in EARLIER:
            shutil.copytree(course_root() / "lessons" / name, root / "lessons" / name)
        (root / "pyproject.toml").touch()

    def surroundings(self):
        return {
            "PYTHONPATH": str(self.root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CUSTSEG_HOME": str(self.root / "my"),
        }

    def do(self, step):
        """Run a bash block of the page."""
        return run(blocks(PAGE, "bash")[step], self.root, **self.surroundings())

    def ask(self, code, **environment):
        """Run Python in this copy and return what it prints, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", f"import json\n{code}"],
            cwd=self.root,
            env=os.environ | self.surroundings() | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def edit(self, file, *changes):
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (file, old)
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    def append(self, file, language, step):
        """Append a block of the page."""
        with open(self.root / file, "a", encoding="utf-8") as lines:
            lines.write(f"\n{blocks(PAGE, language)[step]}")

    def book(self, kind, lang):
        suffix = {"notebooks": "", "exercises": "_exercises", "solutions": "_solutions"}[kind]
        path = self.root / kind / lang / f"16_team{suffix}.ipynb"
        return "\n".join(
            "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house"))
    made.do(NEW_LESSON)
    made.append(f"{TEAM}/exercise.py", "python", EXERCISE)
    made.append(f"{TEAM}/answers.py", "python", ANSWERS)
    made.append(f"{TEAM}/feedback.toml", "toml", FEEDBACK)
    made.edit(
        f"{TEAM}/lesson.py",
        ('try="team-first-region team-to-manager"', 'try="team-first-region team-to-manager team-orders"'),
    )
    return made


def test_an_exercise_of_ones_own_with_its_mistakes(house):
    house.do(BUILD)
    for lang, title in (("zh", "平均下几单"), ("en", "Orders per buyer")):
        workbook = house.book("exercises", lang)
        assert f"### 5 · {title}" in workbook and "per_buyer = ..." in workbook
        assert "per_buyer = purchases" in house.book("solutions", lang)
    outcomes = house.ask(
        """
from custseg_helpers import check, load
said = []
for seed in (None, 7):
    company = load("retail", seed=seed)
    orders = company.orders
    bought = orders[orders["quantity"] > 0]
    buyers = bought["customer_id"].nunique()
    for answer in (bought["order_id"].nunique() / buyers, orders["order_id"].nunique() / buyers, len(bought) / buyers,
                   bought["order_id"].nunique() / len(company.customers), 1.5, ...):
        feedback = check("team-orders", answer)
        listed = str(feedback.cause).startswith("mistake:")
        said.append([feedback.outcome, feedback.cause if listed else None])
print(json.dumps(said))
"""
    )
    assert outcomes == 2 * [
        ["passed", None],
        ["wrong", "mistake:returns_counted"],
        ["wrong", "mistake:order_lines"],
        ["wrong", "mistake:all_customers"],
        ["wrong", None],
        ["todo", None],
    ]


LESSON_RUNS = """
from custseg_helpers import check, load, rfm, order_facts
company = load()
facts = order_facts(company.orders, company.as_of)
print(json.dumps([company.name, company.own, len(facts), check("team-buyers", len(facts)).outcome]))
"""


def test_a_company_of_ones_own_export(house):
    orders = house.root / "datasets/b2b/orders.csv"
    with open(orders, encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {
        "order_id": "订单编号",
        "customer_id": "客户编号",
        "order_date": "下单日期",
        "quantity": "数量",
        "amount": "实付金额",
    }
    with open(house.root / "orders.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(names.values())
        table.writerows([row[name] for name in names] for row in rows)
    look, check, _ = blocks(PAGE, "bash")[EXPORT].splitlines()
    for command in (look, check):  # the third opens a server: tests/learn/test_lab.py
        run(f'PATH="{house.root}/bin:$PATH"\n{command}', house.root, **house.surroundings())
    name, own, buyers, outcome = house.ask(LESSON_RUNS, CUSTSEG_COMPANY="company.toml")
    assert own and outcome == "passed" and name not in ("retail", "b2b")
    assert buyers == len({row["customer_id"] for row in rows if float(row["quantity"]) > 0})


def test_an_invented_company_in_five_steps(house):
    house.do(COPY)
    house.edit("custseg_helpers/company/simulate/tea.toml", ("customers = 3000", "customers = 400"))
    house.edit("datasets/tea/company.toml", ('name = "retail"', 'name = "tea"'), ("place = 1", "place = 6"))
    house.do(SIMULATE)
    name, own, buyers, outcome = house.ask(LESSON_RUNS, CUSTSEG_COMPANY="tea")
    assert (name, own, outcome) == ("tea", False, "passed") and 200 < buyers <= 400
    again = house.ask("from custseg_helpers import load\nprint(json.dumps(len(load('tea', seed=7).orders)))")
    assert again > 400
    kept = [path for path in (course_root() / "datasets").rglob("*.csv")]
    assert all(
        (house.root / path.relative_to(course_root())).read_bytes() == path.read_bytes() for path in kept
    )


BUILD_THIS = """
from pathlib import Path
from custseg_helpers.course.build import MINUTES, _minutes, make, problems
from custseg_helpers.course.execute import execute
from custseg_helpers.course.notebooks import as_text
from custseg_helpers.files.whole import write_whole
from custseg_helpers.course.source import read_lesson
lesson = read_lesson(Path("lessons/16_team"))
wrong, books = [str(problem) for problem in problems(lesson)], make(lesson)
execute({path: books[path] for path in ("notebooks/de/16_team.ipynb", "solutions/de/16_team_solutions.ipynb")})
for path, book in books.items():
    write_whole(Path(path), as_text(book))
write_whole(lesson.folder / MINUTES, _minutes(lesson))
print(json.dumps(wrong))
"""
"""What `custseg build 16` does, with only the new language run."""


def test_a_third_language(house):
    house.edit(
        "custseg_helpers/words/text.py",
        (
            '    "en": Speech("English", "en", "en"),\n',
            '    "en": Speech("English", "en", "en"),\n' + blocks(PAGE, "text")[-1],
        ),
    )
    texts = house.root / "custseg_helpers/words/texts"
    texts.mkdir()
    (texts / "de.csv").write_text(blocks(PAGE, "csv")[0] + "Right.,Stimmt.\n", encoding="utf-8")
    names = house.root / "custseg_helpers/words/glossary.csv"
    rows = [row | {"de": {"east": "Osten"}.get(code, "")} for code, row in glossary().items()]
    with open(names, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    house.edit(f"{TEAM}/about.toml", ('en = "A new lesson"', 'en = "A new lesson"\nde = "Eine neue Lektion"'))
    german = '\n\n# %% [markdown] lang="de"\n"""\n## 2. Zeichnen\n\nBeide Achsen sagen, was sie messen.\n"""'
    drawn = '## 2. Draw it\n\nBoth axes of a figure say what they measure.\n"""'
    house.edit(
        f"{TEAM}/lesson.py",
        (drawn, drawn + german),
        ('use_language(t(zh="zh", en="en"))', 'use_language(t(zh="zh", en="en", de="de"))'),
        ('en="region"', 'en="region", de="Gebiet"'),
    )
    house.edit(f"{TEAM}/quiz.toml", ('en = "1"\n', 'en = "1"\nde = "Eins"\n'))
    house.edit(
        f"{TEAM}/feedback.toml",
        (
            "en = '''You counted orders, not customers.'''",
            "en = '''You counted orders, not customers.'''\nde = '''Das sind Bestellungen.'''",
        ),
    )
    assert house.ask(BUILD_THIS) == []
    lesson = house.book("notebooks", "de")
    for words in (
        "# 16 · Eine neue Lektion",
        "## 2. Zeichnen",
        'use_language("de")',
        '"Gebiet"',
        "## 1. Count customers",
    ):
        assert words in lesson
    assert "## 2. Draw it" not in lesson and "## 2. Draw it" in house.book("notebooks", "en")
    assert "### 5 · Orders per buyer" in house.book("exercises", "de")
    said = house.ask(
        """
from pathlib import Path
from custseg_helpers import check, label, load
from custseg_helpers.learn.lab import prepare
from custseg_helpers.words.text import T, use_language
use_language("de")
company = load("retail")
orders = company.orders
count = orders[orders["quantity"] > 0]["order_id"].nunique()
prepare(Path("my"), "de")
from custseg_helpers.learn.quiz import questions
print(json.dumps([label("east"), label("dormant"), str(check("team-buyers", count).message),
                  str(questions("16")[0].options[1].text), str(questions("16")[0].options[0].text)[:2],
                  (Path("my") / "de" / "16_team.ipynb").is_file(), str(T(zh="对。", en="Right."))]))
"""
    )
    assert said == ["Osten", "dormant", "Das sind Bestellungen.", "Eins", "3,", True, "Stimmt."]
