"""A cell that fails says in the learner's words where, why and what to do; and what runs notebooks still sees the error."""

import builtins
import subprocess
import sys
import tomllib

import nbformat
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from benchmarks.slips.__main__ import BANKS, run
from custseg_helpers import check, load, load_sample, order_facts, rfm, value
from custseg_helpers.errors.doubts import doubts
from custseg_helpers.errors.explain import explain
from custseg_helpers.errors.shell import start
from custseg_helpers.errors.unfinished import unfinished
from custseg_helpers.stopped.memory import MEMORY
from custseg_helpers.words.text import LANGUAGES, use_language

FIRST = tomllib.loads((BANKS / "first_bank.toml").read_text(encoding="utf-8"))["slip"]


@pytest.fixture
def shell(monkeypatch):
    use_language("en")
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_length=0)
    start(shell)
    yield shell
    InteractiveShell.clear_instance()
    MEMORY.stale.clear()
    MEMORY.begins("")


def explained(shell, capsys, *cells):
    """What the last cell prints."""
    for cell in cells:
        capsys.readouterr()
        shell.run_cell(cell, store_history=True)
    return capsys.readouterr().out


def test_the_slips_of_a_lesson_are_explained():
    assert [slip for slip in run(FIRST, "04") if slip.unmet] == []


@pytest.mark.parametrize("name", ["python", "second", "third", "fourth"])
@pytest.mark.slow
def test_slips_of_other_kinds_are_explained(name):
    bank = tomllib.loads((BANKS / f"{name}_bank.toml").read_text(encoding="utf-8"))["slip"]
    slips = list(run(bank))
    assert sum(not slip.unmet for slip in slips) >= 0.9 * len(slips)


@pytest.mark.slow
def test_nineteen_of_twenty_slips_are_explained_in_each_language():
    slips = list(run(FIRST))
    for lang in LANGUAGES:
        mine = [slip for slip in slips if slip.lang == lang]
        assert len(mine) > 160
        assert sum(not slip.unmet for slip in mine) >= 0.95 * len(mine)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    ["len(a", "if x\n  y", "x = “a”", "a b", "x = 20%", "print a", "  x = 1", "x = [1, 2", "f(a=1 b=2)"],
)
def test_an_unreadable_cell_is_explained_in_six_lines(code, lang):
    use_language(lang)
    with pytest.raises(SyntaxError) as caught:
        compile(code, "<cell>", "exec")
    said = str(explain(caught.value, code, {}).text)
    assert 2 <= len(said.splitlines()) <= 6


def test_words_do_not_depend_on_what_this_version_of_python_says():
    code = "x = (1 + 2"
    errors = SyntaxError("'(' was never closed"), SyntaxError("unexpected EOF while parsing")
    assert explain(errors[0], code, {}) == explain(errors[1], code, {})


def test_the_line_and_the_heading_lead_to_the_code_of_a_column(shell, capsys):
    said = explained(
        shell,
        capsys,
        "import pandas as pd\norders = pd.DataFrame({'customer_id': [1]})",
        "a = 1\norders['客户编号']",
    )
    assert "Line 2" in said and "(KeyError)" in said and '"customer_id"' in said and "Traceback" not in said


def test_an_error_stays_an_error_for_what_runs_notebooks(tmp_path):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in ("import custseg_helpers", "x = 1\n1 / 0")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    with pytest.raises(CellExecutionError) as caught:
        NotebookClient(book, timeout=120).execute(cwd=str(tmp_path))
    failed = book.cells[1].outputs[0]
    assert (failed.output_type, failed.ename, failed.evalue) == (
        "error",
        "ZeroDivisionError",
        "division by zero",
    )
    assert 2 <= len(failed.traceback) <= 6 and "Line 2 (ZeroDivisionError): `1 / 0`" in str(caught.value)
    original = book.cells[1].outputs[1]
    assert "<details>" in original.data["text/html"] and "1 / 0" in original.data["text/html"]


def test_an_error_in_the_explanation_shows_the_original(shell, capsys, monkeypatch):
    monkeypatch.setattr("custseg_helpers.errors.explain.failure", lambda *_: 1 / 0)
    assert "NameError" in explained(shell, capsys, "nothing_like_it")


def test_what_ipython_shows_in_its_own_way_is_explained_too(shell, capsys):
    assert "Line 1" in explained(shell, capsys, "raise ExceptionGroup('two', [ValueError(1)])")
    assert "%nosuch" in explained(shell, capsys, "%nosuch")


def test_a_value_from_before_a_failed_cell_is_not_judged(shell, capsys):
    company = load("retail")
    right = len(company.customers)
    start_cells = ["from custseg_helpers import check", f"registered = {right}"]
    assert "passed" in explained(shell, capsys, *start_cells, 'check("welcome-registered", registered)')
    said = explained(shell, capsys, "registered = len(custmers)", 'check("welcome-registered", registered)')
    assert "passed" not in said and "`registered` is still the value from before" in said
    mended = explained(shell, capsys, f"registered = {right}", 'check("welcome-registered", registered)')
    assert "passed" in mended


def test_what_was_done_before_the_line_that_failed_is_fresh(shell):
    shell.run_cell("done = 1\nnot_done = 1 / 0", store_history=True)
    assert list(MEMORY.stale) == ["not_done"]


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (None, "inplace"),
        ([1].sort, "sort()"),
        (pd.Series([1]).groupby([1]), "groupby"),
        (pd.Series([1]).iloc, ".iloc"),
        (builtins.len, "len()"),
    ],
)
def test_an_answer_that_is_none_yet_says_which_step_is_missing(answer, word):
    use_language("en")
    load("retail")
    assert word in str(unfinished(answer)) and word in str(check("welcome-registered", answer).message)


def test_a_length_of_time_is_told_from_a_number_of_days():
    use_language("en")
    company = load("retail")
    bought = company.orders[company.orders["quantity"] > 0]
    away = company.as_of - bought.groupby("customer_id")["order_date"].max()
    assert ".dt.days" in str(check("rfm-recency", away).message)


def test_a_filter_by_the_heading_of_a_code_is_recognised():
    orders = load("retail").orders
    label = {"zh": "门店", "en": "store"}
    for lang in LANGUAGES:
        use_language(lang)
        found = list(doubts(f'orders[orders["channel"] == "{label["zh"]}"]', {"orders": orders}))
        assert len(found) == 1 and "门店" in str(found[0].text)
        assert any(f'"{code}"' in str(found[0].text) for code in orders["channel"].unique())


TABLES = """import pandas as pd
from custseg_helpers import apply_tags, numbers, parse_catalogue, value
orders = pd.DataFrame({"customer_id": ["a", "b"], "amount": [1.0, 2.0], "quantity": [1, 2]})
customers = orders.drop(columns="amount").rename(columns={"quantity": "frequency"})
orders["order_date"] = pd.to_datetime(["2025-01-01", "2025-01-02"])
money, often, as_of = orders["amount"], orders["quantity"] > 1, pd.Timestamp("2026-01-01")
rules = '- {code: p, name: "x", family: value, type: rule, sensitivity: internal, rule: frequency > 60%, definition: "d"}'
"""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("n = COUNTA(customers)", "`len(customers)`"),
        ('n = number(orders["amount"])', "`numbers`"),
        ('days = (as_of - orders["order_date"]).dt.days()', "Take `()` away"),
        ('best = money.sort_values("amount")', "`money.sort_values(ascending=False)`"),
        ('best = orders.sort_values(["amount", "quantity"], ascending=[False])', "2 directions"),
        ("ids = orders[customer id]", '`ids = orders["customer_id"]`'),
        ('kept = orders[(orders["amount"] > 1) AND (orders["quantity"] == 1)]', ") & ("),
        ('cost = money * (1 orders["quantity"])', "a sign is missing"),
        ("few = (often = 0).sum()", "`few = (often == 0).sum()`"),
        ("said = 'The money isn't spread evenly.'", '`said = "The money isn\'t spread evenly."`'),
        ("said = The money is not spread evenly", '`said = "The money is not spread evenly"`'),
        ("said = 钱花在前面的人身上，客户不一样", '`said = "钱花在前面的人身上，客户不一样"`'),
        ("share = value.share_of_top(money, 20)", "20% is 0.2"),
        ("tagged = apply_tags(parse_catalogue(rules), customers)", "60% is 0.6"),
        ('many = customers["订单数"]', '"frequency"'),
    ],
)
def test_a_first_lesson_s_slips_lead_to_what_is_meant(shell, capsys, typed, told):
    said = explained(shell, capsys, TABLES, typed)
    assert told in said


def test_a_single_equals_sign_overwrites_no_column(shell, capsys):
    said = explained(shell, capsys, TABLES, 'once = orders["amount"] = 1')
    assert '`once = orders["amount"] == 1`' in said
    assert shell.user_ns["orders"]["amount"].tolist() == [1.0, 2.0] and "once" not in shell.user_ns
    assert explained(shell, capsys, TABLES, "a = b = 1") == ""


def test_names_may_wait_for_their_answers_also_where_they_hold_columns_from_before(shell, capsys):
    """A cell with blanks left is run so."""
    done = f'{TABLES}\nspent = orders["amount"]\ngaps = orders["amount"]'
    assert explained(shell, capsys, done, "spent = gaps = ...") == ""
    assert shell.user_ns["spent"] is ... and shell.user_ns["gaps"] is ...


def test_a_comparison_by_is_is_not_run(shell, capsys):
    said = explained(shell, capsys, "seen = 1", "again = 2\nonce = seen is 1")
    assert "Line 2: `seen is 1`" in said and "`seen == 1`" in said and "once" not in shell.user_ns
    assert explained(shell, capsys, "none = None is None") == ""
    assert "Line 2: `seen is 1`" in explained(shell, capsys, "%precision 2\nseen is 1")


def test_python_does_not_warn_of_it_in_words_of_its_own():
    script = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from custseg_helpers.errors.shell import start\n"
        "shell = InteractiveShell(history_length=0)\n"
        "start(shell)\n"
        "shell.run_cell('once = 1 is 1', store_history=True)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert "`1 is 1`" in run.stdout
    assert "Warning" not in run.stdout + run.stderr


@pytest.mark.parametrize("typed", ['once = orders["amount"] = 1', "once = amount is 1"])
def test_a_cell_held_back_has_no_inner_name(shell, capsys, typed):
    said = explained(shell, capsys, TABLES, typed)
    assert "✗ Line 1: " in said and "InputRejected" not in said


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("days = [30 60 90 180]", "days = [30, 60, 90, 180]"),
        ("days = [30 60, 90 180]", "days = [30, 60, 90, 180]"),
        ("days = [100 200 300]", "days = [100, 200, 300]"),
        ("days = 30 60 90 180", "days = [30, 60, 90, 180]"),
        ("f(a=1 b=2 c=3)", "f(a=1, b=2, c=3)"),
        ("total = 1 200 000", "1_200_000"),
    ],
)
def test_all_that_is_missing_between_values_is_put_in_at_once(typed, right):
    use_language("en")
    with pytest.raises(SyntaxError) as caught:
        compile(typed, "<cell>", "exec")
    assert f"`{right}`" in str(explain(caught.value, typed, {}).text)


@pytest.mark.parametrize("sales", [pd.DataFrame({"amount": [1.0, 2.0]}), pd.Series([1.0], index=["C1"])])
def test_a_text_without_quotes_is_told_although_a_table_is_called_so(sales):
    use_language("en")
    names = {"key": pd.DataFrame({"file": ["sales", "members"]}), "sales": sales, "__name__": "__main__"}
    code = 'wanted = key[key["file"] == sales]'
    with pytest.raises(ValueError) as stopped:
        exec(compile(code, "<cell>", "exec"), names)
    assert 'Write `"sales"`' in str(explain(stopped.value, code, names).text)


def test_a_text_without_quotes_is_doubted_where_it_runs():
    names = {"key": pd.DataFrame({"file": ["sales", "members"]}), "sales": len}
    found = [doubt.text.within("en") for doubt in doubts('key["file"] == sales', names)]
    assert len(found) == 1 and 'Write `"sales"`' in found[0]


def test_a_number_in_quotes_is_doubted_where_a_column_holds_numbers():
    orders = pd.DataFrame({"quantity": [1, 2]})
    found = [doubt.text.within("en") for doubt in doubts('orders["quantity"] == "1"', {"orders": orders})]
    assert len(found) == 1 and "Leave out the quotes: `1`" in found[0]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ('company.orders.merge("customers")', "company.orders.merge(company.customers)"),
        ('by_region = value.by_group(region)\nby_region["value_share"]', "value.by_group(region, money)"),
        ("value.by_group(money, region)", "by_group(region, money)"),
        ("value.share_of_top(money, 20)", "0.2"),
        (
            'orders[(orders["amount"] > 1), (orders["quantity"] > 1)]',
            '(orders["amount"] > 1) & (orders["quantity"] > 1)',
        ),
        ("money / orders", "len(orders)"),
        ("money / sum(orders)", "len(orders)"),
        ('orders.groupby("customer_id").count("order_id")', '["order_id"].count()'),
        ("isna(money)", "money.isna()"),
        ("total : money\ntotal", "total = money"),
        ("money.sort_values(ascending=False, True)", "ascending=[False, True]"),
        ("known = money.notna\nknown.mean()", ".notna()"),
        ("money[-1]", "money.iloc[-1]"),
        ('orders.loc["quantity" < 3]', 'orders["quantity"] < 3'),
        ("rfm.segments8(facts)", "`scored`"),
    ],
)
def test_habits_from_excel_are_told_the_whole_repair(code, says):
    use_language("en")
    company = load_sample("retail")
    facts = order_facts(company.orders, company.as_of)
    names = {
        "company": company, "orders": company.orders, "facts": facts, "money": facts["monetary"], "value": value, "rfm": rfm,
        "region": company.customers.set_index("customer_id")["region"], "scored": rfm.rfm_scores(facts), "__name__": "__main__",
    }  # fmt: skip
    with pytest.raises(Exception) as stopped:
        exec(compile(code, "<habit>", "exec"), names)
    assert says in str(explain(stopped.value, code, names).text)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("big = few >= 2\nlen(big)", "big.sum()"),
        ("(few > 1).count()", "(few > 1).sum()"),
        ("table.where(few > 1)", "table[few > 1]"),
        ("few == None", "few.isna()"),
    ],
)
def test_what_counts_every_row_is_doubted(code, says):
    few = pd.Series([1.0, 2.0, None])
    names = {"few": few, "table": few.to_frame("few"), "big": few >= 2}
    assert says in str(next(doubts(code, names)).text.within("en"))


@pytest.mark.parametrize("shown", ["重要保持客户", "high value to keep", "high value to keep (R↓F↑M↑)"])
def test_a_group_called_as_tables_show_it_is_answered_with_its_code(shown):
    found = [doubt.text.within("en") for doubt in doubts(f'rfm.segments8(scores) == "{shown}"', {})]
    assert len(found) == 1 and 'In code it is written `"key_retain"`' in found[0]
    assert not list(doubts('rfm.segments8(scores) == "key_retain"', {}))
