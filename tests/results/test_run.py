"""A team's own file to a result folder: the published numbers, the lessons, whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.company.company import SAMPLES, load_sample
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.files.folder import whole_folder
from custseg_helpers.mapping.load import load
from custseg_helpers.mapping.own_company import read_own
from custseg_helpers.paths import course_root
from custseg_helpers.results.tagging import tag_customers
from custseg_helpers.results.thresholds import Thresholds
from custseg_helpers.results.tiering import tier_customers
from custseg_helpers.tiers.quadrant import quadrants
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

RETAIL = course_root().parent / "shared" / "data" / "online_retail.parquet"
EXAMPLE = Path(__file__).parents[2] / "examples" / "online_retail" / "company.toml"
needs_retail = pytest.mark.skipif(not RETAIL.is_file(), reason="UCI Online Retail is not on this machine")

MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
file = "orders.csv"
[orders.columns]
order_id = "单号"
customer_id = "会员号"
order_date = "日期"
amount = "金额"
"""
ORDERS = """单号,会员号,日期,金额
A1,C1,2025-03-01,"￥1,200.00"
A2,C1,2025年3月20日,30
A3,C2,20250305,0.5万
A4,,2025-03-06,10
R1,C2,2025-03-30,(100)
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setattr("custseg_helpers.plots.style.Picture._repr_png_", lambda picture: b"")
    (tmp_path / "company.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "orders.csv").write_bytes(ORDERS.encode("gbk"))
    return tmp_path / "company.toml"


@pytest.fixture(scope="module")
def online_retail(tmp_path_factory):
    folder = tmp_path_factory.mktemp("online_retail")
    mapping = EXAMPLE.read_text(encoding="utf-8")
    (folder / "company.toml").write_text(
        mapping.replace('"online_retail.parquet"', f'"{RETAIL.as_posix()}"'), encoding="utf-8"
    )
    return folder / "company.toml"


@needs_retail
def test_online_retail_gives_the_published_numbers(online_retail):
    own = read_own(online_retail)
    orders = own.company.orders
    facts = order_facts(orders, own.company.as_of)
    assert len(own.cleaned.lines) == 541_909
    assert own.cleaned.left_out == {"no_customer": 135_080, "zero_amount": 40, "no_purchase": 88}
    assert (orders["quantity"] > 0).sum() == 397_884
    assert (len(facts), facts["frequency"].sum(), round(facts["gross"].sum(), 2)) == (
        4338,
        18_532,
        8_911_407.90,
    )
    assert facts["monetary"].sum().round(2) == 8_310_477.05
    assert facts.loc["12346", "monetary"] == 0


@needs_retail
def test_lesson_04_passes_on_online_retail(online_retail, monkeypatch):
    sys.path.insert(0, str(Path(__file__).parents[1] / "lessons"))
    try:
        from test_three_sides import run
    finally:
        sys.path.pop(0)
    monkeypatch.setenv("CUSTSEG_COMPANY", str(online_retail))
    monkeypatch.delenv("CUSTSEG_SEED", raising=False)
    said = run(course_root() / "solutions" / "zh" / "04_rfm_solutions.ipynb")
    load("retail")
    assert said and {identity: feedback for identity, feedback in said.items() if not feedback.done} == {}


def test_a_small_shop_from_file_to_folder(shop, tmp_path, capsys):
    assert main(["run", str(shop), "--out", str(tmp_path / "result")]) == 0
    assert "5 rows read, 4 count (3 bought, 1 returned)" in capsys.readouterr().out
    customers = pd.read_parquet(tmp_path / "result" / "customers.parquet")
    assert customers["monetary"].to_dict() == {"C1": 1230.0, "C2": 4900.0}
    told = json.loads((tmp_path / "result" / "manifest.json").read_text(encoding="utf-8"))
    assert (told["rows_in"], told["rows_kept"], told["left_out"]) == (5, 4, {"no_customer": 1})
    assert "interactions" in told["borrowed"]
    assert set(told["outputs"]) == {
        "contacts.csv",
        "customers.csv",
        "customers.parquet",
        "customers.xlsx",
        "playbook.yaml",
        "report.html",
        "report.ipynb",
        "scheme_draft.toml",
        "segments.csv",
        "tags.yaml",
    }
    page = (tmp_path / "result" / "report.html").read_text(encoding="utf-8")
    assert "://" not in page and "4,900" in page and page.count("data:image/png;base64,") >= 4
    assert told["scheme"]["standing"] == "unapproved" and "nobody approved these thresholds" in page
    assert set(told["groups"]) == {"segment", "grade", "stage", "quadrant"}
    assert "too few customers" in told["verdicts"]["clusters"] and "no numbers" in told["verdicts"]["clv"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_run_puts_customers_where_the_course_puts_them(sample):
    """Average order value is net of returns: before returns, 60 customers of the retail company stood elsewhere."""
    company = load_sample(sample)
    facts = order_facts(company.orders, company.as_of)
    course = quadrants(facts["frequency"], facts["monetary"] / facts["frequency"])["quadrant"]
    pd.testing.assert_series_equal(tier_customers(facts, None, Thresholds()).table["quadrant"], course)
    before_returns = quadrants(facts["frequency"], facts["gross"] / facts["frequency"])["quadrant"]
    assert (course != before_returns).sum() >= 18


def test_every_tier_that_the_data_carry_is_given(tmp_path):
    file = (course_root() / "datasets" / "retail" / "orders.csv").as_posix()
    names = ("order_id", "customer_id", "order_date", "quantity", "amount")
    mapping = f'name = "retail"\nas_of = 2026-01-01\n[orders]\nfile = "{file}"\n[orders.columns]\n'
    (tmp_path / "company.toml").write_text(
        mapping + "".join(f'{name} = "{name}"\n' for name in names), encoding="utf-8"
    )
    tagged = tag_customers(read_own(tmp_path).company)
    facts = order_facts(load("retail").orders, "2026-01-01")
    assert tagged.customers["monetary"].equals(facts["monetary"])
    assert tagged.customers["clv"].notna().all() and tagged.customers["stage"].ne("unknown").all()
    assert all(groups["customers"].sum() == len(facts) for groups in tagged.groups.values())


def test_the_same_run_gives_the_same_tables_and_report(shop, tmp_path):
    made = []
    for _ in range(2):
        main(["run", str(shop), "--out", str(tmp_path / "result")])
        made.append(
            {
                file: (tmp_path / "result" / file).read_bytes()
                for file in ("customers.csv", "customers.parquet", "report.html")
            }
        )
    assert made[0] == made[1]


def test_load_gives_the_lessons_a_company_of_ones_own(shop):
    company = load(shop)
    load("retail")
    assert (company.name, len(company.orders), list(company.customers["customer_id"])) == (
        "shop",
        4,
        ["C1", "C2"],
    )
    assert company.borrowed["campaigns"] == "retail"


def test_a_dry_run_writes_nothing(shop, tmp_path, capsys):
    assert main(["run", str(shop), "--out", str(tmp_path / "result"), "--dry-run"]) == 0
    assert "5 rows read" in capsys.readouterr().out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["company.toml", "orders.csv"]


def test_a_failed_run_leaves_the_old_result_and_nothing_else(shop, tmp_path, capsys):
    main(["run", str(shop), "--out", str(tmp_path / "result")])
    before = (tmp_path / "result" / "manifest.json").read_bytes()
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "result") as draft:
        (draft / "customers.csv").write_text("half")
        raise ZeroDivisionError
    assert (tmp_path / "result" / "manifest.json").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["company.toml", "orders.csv", "result"]


def test_a_run_stopped_between_the_two_renames_is_put_right(tmp_path):
    (tmp_path / ".result-old").mkdir()
    (tmp_path / ".result-old" / "manifest.json").write_text("{}")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "result"):
        raise ZeroDivisionError
    assert [file.name for file in tmp_path.iterdir()] == ["result"]


KILLED = """
import os, signal, sys
from pathlib import Path
from custseg_helpers.files.folder import whole_folder
with whole_folder(Path(sys.argv[1])) as draft:
    (draft / "customers.csv").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_run_leaves_the_old_result_and_the_next_one_clears_up(shop, tmp_path):
    main(["run", str(shop), "--out", str(tmp_path / "result")])
    before = (tmp_path / "result" / "customers.csv").read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "result")], check=False)
    assert killed.returncode < 0
    assert (tmp_path / "result" / "customers.csv").read_bytes() == before
    main(["run", str(shop), "--out", str(tmp_path / "result")])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["company.toml", "orders.csv", "result"]


def test_a_folder_of_somebody_else_is_not_replaced(shop, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work")
    assert main(["run", str(shop), "--out", str(tmp_path / "mine")]) == 2
    assert "not written by custseg" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["thesis.docx"]


def test_formulas_are_neutralised(shop, tmp_path):
    text = ORDERS.replace(",C1,", ',"=HYPERLINK(""x"")",')
    (tmp_path / "orders.csv").write_bytes(text.encode("gbk"))
    main(["run", str(shop), "--out", str(tmp_path / "result")])
    assert "\"'=HYPERLINK" in (tmp_path / "result" / "customers.csv").read_text(encoding="utf-8-sig")
    book = pd.read_excel(tmp_path / "result" / "customers.xlsx", engine="calamine")
    assert book.iloc[0, 0].startswith("'=HYPERLINK")


@pytest.mark.parametrize("out", ["company.toml", "company.toml/below", ".", "..", "/"])
def test_an_unwritable_output_is_a_clear_answer(shop, tmp_path, out, capsys):
    assert main(["run", str(shop), "--out", str(tmp_path / out)]) == 2
    with pytest.raises(UserError), whole_folder(tmp_path / out):
        pass
