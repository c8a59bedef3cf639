"""The table builder's fields, lines and results, as someone at the mouse meets them."""

import inspect

import pandas as pd
import pytest

from custseg_helpers import load_sample, order_facts
from custseg_helpers.builder.form import columns, fields_of, offered, tables
from custseg_helpers.builder.functions import functions
from custseg_helpers.builder.preview import preview
from custseg_helpers.builder.recipe import run, steps
from custseg_helpers.builder.show import Builder
from custseg_helpers.builder.values import value_code
from custseg_helpers.learn.pointer import written
from custseg_helpers.words.text import UserError, speaking, use_language


@pytest.fixture
def names():
    company = load_sample("retail")
    orders = company.orders
    return {
        "company": company,
        "orders": orders,
        "as_of": company.as_of,
        "facts": order_facts(orders, company.as_of),
    }


@pytest.fixture
def built(names):
    use_language("en")
    return Builder(lambda: names, lambda ran: f"used {ran.code}", opens="orders", result="answer")


def test_it_opens_with_the_exercise_s_table_and_shows_a_line_for_every_choice(built):
    assert built.controls["table"].value == "orders"
    built.fill("keep", {"column": "quantity", "test": ">", "value": "0"})
    assert "answer = orders[orders[&quot;quantity&quot;] &gt; 0]" in built.code.value
    assert "27,164 rows" in built.shown.value


def test_a_step_stands_and_the_next_begins_on_its_result(built):
    built.fill("keep", {"column": "quantity", "test": ">", "value": "0"})
    assert built.add() is None
    built.fill("group", {})
    assert built.controls["table"].value == "kept"
    built.fill("group", {"by": "customer_id", "column": "order_id", "measure": "nunique"})
    assert built.ran().result.equals(built.names()["facts"]["frequency"].rename("order_id"))
    built.back()
    assert built.steps == []


def test_the_notebook_s_own_names_stay_as_they_are_until_the_result_is_used(built, names):
    before = set(names)
    built.fill("measure", {"table": "orders", "column": "amount", "measure": "sum"})
    built.add()
    assert set(names) == before
    built.fill("measure", {"table": "orders", "measure": "size"})
    built.use()
    assert built.told.value.startswith("used ")


@pytest.mark.filterwarnings("error:obj.round")
def test_nothing_is_said_against_a_step_before_its_columns_are_chosen(built):
    for _, block in built.block.options:
        built.fill(block, {})
        assert built.told.value == "", block


def test_an_unfinished_step_says_what_is_missing_and_does_not_stand(built):
    built.fill("keep", {"column": "quantity", "test": ">"})
    assert "still empty" in built.told.value
    assert built.add() and built.steps == []


def test_only_functions_that_the_workbook_imports_are_offered(names):
    assert "rfm.rfm_scores" not in offered(names)
    assert "rfm.rfm_scores" in offered(names | {"rfm": object()})


def test_an_argument_begins_with_the_name_that_the_notebook_has_for_it(names):
    begins = {field.name: field.start for field in fields_of("order_facts", names)}
    assert begins["orders"] == "orders" and begins["as_of"] == "as_of"


def test_tables_inside_the_company_can_be_chosen(names):
    assert "company.customers" in [code for _, code in tables(names)]


def test_only_tables_are_offered_as_tables_and_their_remarks_where_one_entry_is_looked_up(names):
    names["ranked"] = names["orders"].head()
    names["ranked"].attrs["agreement"] = 0.9
    assert names["company"].borrowed
    offered_tables = [code for _, code in tables(names)]
    assert "ranked" in offered_tables
    assert not {"ranked.attrs", "company.borrowed"} & set(offered_tables)
    assert "ranked.attrs" in [code for _, code in tables(names, looked_up=True)]


def test_how_many_rows_stands_in_the_language_s_own_brackets(names):
    with speaking("en"):
        assert "orders (27,961)" in [text for text, _ in tables(names)]
    with speaking("zh"):
        assert "orders（27,961）" in [text for text, _ in tables(names)]


def test_columns_are_shown_in_words_beside_their_names(names):
    with speaking("zh"):
        assert ("数量 quantity", "quantity") in columns("orders", names)


@pytest.mark.parametrize("path", functions())
def test_every_field_of_a_function_is_an_argument_of_it(path):
    function = functions()[path]
    assert set(function.fields) <= set(inspect.signature(function.itself()).parameters)
    required = [
        name
        for name, parameter in inspect.signature(function.itself()).parameters.items()
        if parameter.default is inspect.Parameter.empty
        and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    assert set(required) <= set(function.fields)


@pytest.mark.parametrize(
    "typed",
    ["__import__('os')", "orders.to_csv('x')", "open('x')", "().__class__", "[x for x in orders]", "a := 3"],
)
def test_a_field_calls_nothing(typed, names):
    code = ""
    try:
        code = value_code(typed, names)
    except UserError:
        return
    assert code.startswith(('"', "["))  # read as a text, or as a list of texts


def test_a_label_typed_in_chinese_is_the_code_in_the_column():
    stage = pd.Series(["dormant", "loyal", "dormant"])
    with speaking("zh"):
        way = [{"do": "compare", "table": "stage", "test": "==", "value": "休眠客户"}]
        assert run(steps(way), {"stage": stage}).code == 'chosen = stage == "dormant"'


def test_full_width_signs_count_as_the_plain_ones(names):
    way = [{"do": "keep", "table": "orders", "column": "quantity", "test": ">", "value": "０"}]
    assert run(steps(way), names).code == 'kept = orders[orders["quantity"] > 0]'


def test_a_name_that_is_not_there_names_those_close_to_it(names):
    way = [{"do": "top", "table": "facs", "rows": "3"}]
    use_language("en")
    assert "facts" in str(run(steps(way), names).failed)


def test_what_the_code_needs_is_imported_by_it(names):
    way = [{"do": "call", "function": "value.abc", "values": 'facts["monetary"]'}]
    ran = run(steps(way, "grade"), names)
    assert ran.code == 'from custseg_helpers import value\ngrade = value.abc(facts["monetary"])'
    exec(ran.code, dict(names))


def test_rows_named_by_pairs_are_shown():
    pairs = pd.Index([("C1", "loyal"), ("C2", "dormant")], tupleize_cols=False)
    assert "2 rows" in preview(pd.Series([1, 2], index=pairs))


def test_numbers_are_shown_as_people_read_them():
    shown = preview(pd.Series([1234567.5, 0.25, None], name="amount"))
    assert "1,234,567.50" in shown and "0.25" in shown and "e+06" not in shown


def test_the_line_goes_where_the_answer_was_left_open():
    code = "kept = orders\nfrequency = 3"
    assert written('build("rfm-frequency")', "rfm-frequency", "frequency", code) == code
    assert (
        written("a = 1\nfrequency = ...\nb = 2", "rfm-frequency", "frequency", code)
        == f"a = 1\n{code}\nb = 2"
    )
    assert written("frequency = orders.____()", "rfm-frequency", "frequency", code) == code
    attempt = "bought = orders\nfrequency = 5"
    assert written(attempt, "rfm-frequency", "frequency", code) == f"bought = orders\n{code}"
    assert written("print(frequency)", "rfm-frequency", "frequency", code) is None
    assert written("money = ____", "rfm-frequency", "frequency", code) is None
    assert written("not python (", "rfm-frequency", "frequency", code) is None


@pytest.mark.parametrize(
    "cell",
    [
        'frequency = orders.groupby("customer_id"',
        "a = 1\nfrequency = orders.groupby(“customer_id”)[“order_id”].nunique()",
        "frequency ＝ orders",
        'build("rfm-frequency"',
    ],
)
def test_an_attempt_that_python_cannot_read_stays_as_a_remark_above_the_line(cell):
    text = written(cell, "rfm-frequency", "frequency", "frequency = 3")
    assert text is not None and text.endswith("\nfrequency = 3")
    assert all(f"# {line}" in text.splitlines() for line in cell.splitlines())
    held = {}
    exec(text, held)
    assert held["frequency"] == 3


def test_a_cell_that_only_speaks_of_the_result_is_left_alone():
    code = "frequency = 3"
    assert written("check('rfm-frequency', frequency", "rfm-frequency", "frequency", code) is None
    assert written("print(frequency == 3", "rfm-frequency", "frequency", code) is None


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"do": "calculate", "left": "orders", "sign": "/", "right": "2"}, "`orders` is a whole table"),
        ({"do": "calculate", "left": "both", "sign": "/", "right": "both"}, "columns of yes and no"),
        ({"do": "calculate", "left": "words", "sign": "*", "right": "words"}, "This "),
    ],
)
def test_a_step_that_fails_says_why_in_the_learners_words(step, said):
    use_language("en")
    names = {
        "orders": pd.DataFrame({"customer_id": ["a", "b"], "amount": [1.0, 2.0]}),
        "both": pd.Series([True, False]),
        "words": pd.Series(["a", "b"]),
    }
    failed = run(steps([step]), names).failed
    assert said in failed.en and not any(word in failed.en for word in ("Error", "dtype", "operand"))
