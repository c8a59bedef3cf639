"""Kinds of slips of people who know Excel, each where it is made: what is read names the cause and the repair."""

import re

import pandas as pd
import pytest

from custseg_helpers import parse_catalogue, value
from custseg_helpers.errors.doubts import doubts
from custseg_helpers.errors.explain import explain
from custseg_helpers.steps.departure import departure
from custseg_helpers.steps.stored import steps_of
from custseg_helpers.words.text import use_language

ORDERS = pd.DataFrame({"customer_id": ["C1", "C2"], "amount": [10.0, 20.0], "product_id": ["P1", "P2"]})


def names():
    """Return the names of a notebook."""
    return {
        "__name__": "__main__",
        "orders": ORDERS,
        "money": ORDERS.set_index("customer_id")["amount"],
        "facts": pd.DataFrame({"frequency": [1, 2]}),
        "tagged": pd.DataFrame({"high_spender": [True, False]}),
        "as_of": pd.Timestamp("2026-01-01"),
        "pd": pd,
        "value": value,
        "parse_catalogue": parse_catalogue,
    }


def read(code):
    """Return what is said of a cell that stops."""
    use_language("en")
    there = names()
    with pytest.raises(Exception) as stopped:
        exec(compile(code, "<cell>", "exec"), there)
    return str(explain(stopped.value, code, there).text)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("registered  len(orders)", r"registered = len\(orders\)"),
        ("x = orders..head(3)", r"orders\.head\(3\)"),
        ("x = max(orders,, 3)", r"max\(orders, 3\)"),
        ("next-visit = 'b'", "next_visit"),
        ("for champions = 'b'", "for_champions"),
        ("take the amounts of the first 300 and add them up", "# take the amounts"),
        ("先留下购买的行，再数有几个", "# 先留下"),
        (">>> x = 1\ny =", "`y =`|>>>"),
        ("let x = 0.2", "`x = 0.2`"),
        ("x = 0.2:", "`x = 0.2`"),
        ("x =\n  len(orders)", r"x = len\(orders\)"),
        ("x = orders['amount']\n.sum()", r"x = orders\['amount'\]\.sum\(\)"),
        ("x = 'It is the customer's money that counts here'", "\"It is the custo"),
        ("x = “我们的客户大多两个月来一次，不必每周打电话”", '"我们的客户'),
        ("x = orders orders['amount'] > 15", r"orders\[orders\['amount'\] > 15\]"),
        ("x = orders.groupby('product_id').['amount'].sum()", r"\)\['amount'\]"),
        ("x = orders[['amount'].sum()", r"orders\[\['amount'\]\]\.sum"),
        ("x = orders['amount'].sum(()", r"sum\(\)`"),
        ("if len(orders) > 3 print('a')", r"> 3: print"),
        ("x = 100 元", "`x = 100`"),
        ("x = 1 if orders['amount'] > 5", "else"),
        ("x = orders[[orders['amount'] > 15]]", r"orders\[orders\['amount'\] > 15\]"),
        ("x = orders['product_id'].mean()", "texts"),
        ("x = sum(orders['product_id'])", "texts"),
        ("x = orders['amount'].quantile(20)", r"quantile\(0\.2\)"),
        ("x = orders['amount'].mean(1)", r"mean\(\)"),
        ("x = [1, 2, 3][5]", "has 3 only"),
        ("x = {'a': 1}['b']", "`\"a\"`"),
        ("assert len(orders) == 9, 'nine'", r"nine.*`len\(orders\)`"),
        ("x = orders[product_id == 'P1']", r'orders\["product_id"\] =='),
        ("x = orders['product_id' == 'P1']", r"orders\['product_id'\] =="),
        ("x = orders[orders['amount'] > 1,000]", "> 1000"),
        ("x = money.customer_id", r"money\.index"),
        ("x = sorted(money[customer_id])", r"money\.index"),
        ("x = [1, 2].mean()", r"pd\.Series"),
        ("x = value.parse_catalogue('a')", r"`parse_catalogue\(…\)`"),
        ("total = orders['amount'].sum()\nx = total.groupby('product_id')", "line 1"),
        ("x = orders['amount'].agg('summ')", '"sum"'),
        ("x = as_of - orders.groupby('product_id')", "grouped"),
        ("x = len(5)", "one number"),
        ("x = max()", "empty"),
        ("x = sumif(orders['amount'], '>0')", r"orders\['amount'\]\.sum\(\)"),
        ("x = COUNTIFS(orders['amount'], '>15')", r"\(orders\['amount'\] > 15\)\.sum\(\)"),
        ("x = distinct(orders['product_id'])", r"orders\['product_id'\]\.nunique\(\)"),
        ("x = count(orders)", r"len\(orders\)"),
        ("=COUNTA(orders)", r"name = len\(orders\)"),
        ("x = orders['amount'] group by 'product_id'", r"orders\.groupby\('product_id'\)"),
        ("x = orders{'amount'}", r"orders\['amount'\]"),
        ("x = orders['amount'] > 1.sum()", r"\(orders\['amount'\] > 1\)\.sum\(\)"),
        ("x = orders['amount'] >== 5", ">= 5"),
        ("x = len(orders) 数一数", "#"),
        ("客户表有几行", "# 客户表有几行"),
        ("x = orders['amount'] 大于 120", r"orders\['amount'\] > 120"),
        ("x = orders['amount'].isblank()", "isna"),
        ("x = orders['amount'] in [10, 20]", r"\.isin\(\[10, 20\]\)"),
        ("x = as_of - 01.01.2025", "2025-01-01.*as_of"),
        ("x = today", "as_of"),
        ("x = '2025-01-01' - orders['amount'].map(lambda _: as_of)", "Timestamp.*as_of"),
        ("x = 'a' & 'b'", r"\+"),
        ("x = parse(x)", "right side|Nothing"),
        ("x = orders['high_spender']", r'tagged\["high_spender"\]'),
        ("x = facts['file'] == sales_orders.csv", "file"),
        ("x = value.abc(...)", r"\.\.\."),
        ("x = value.abc(orders)", "takes a column; `orders` is a table"),
        ("x = value.ABC(money)", r"value\.abc"),
        ("x = orders['amount'] (1 - 0.5)", r"\* \(1 - 0\.5\)"),
        ("x = orders.sort_values('amount', descending=True)", "ascending=False"),
        ("groups = orders.groupby('product_id')\nx = orders['amount'].sum(groups)", r"groups\['amount'\]\.sum\(\)"),
        ("x = orders['amount'].sort_values(ascending=No)", "False"),
        ("top = 0,20\nx = value.share_of_top(money, top)", r"0\.20"),
        ('top = "20%"\nx = value.share_of_top(money, top)', r"0\.2\b"),
        ("x = len.orders", r"len\(orders\)"),
        ("x = orders['amount'].nunique(orders['amount'])", r"orders\['amount'\]\.nunique\(\)"),
        ("x = orders['amount'].sum().groupby('product_id')", r"orders\.groupby\('product_id'\)\['amount'\]\.sum\(\)"),
        ("high = orders['amount'].max()\nx = orders.loc[high]", r"Line 1.*orders\['amount'\]\.idxmax\(\)"),
        ("x = orders['customer_id' + 'amount']", r"orders\['customer_id'\] \+ orders\['amount'\]|customer_idamount"),
        ("x = orders['amount' * 'amount']", r"orders\['amount'\] \* orders\['amount'\]"),
        ("x = (orders['product_id'] == 'P1' or 'P2')", r"\.isin\(\['P1', 'P2'\]\)"),
        ("x = orders['amount'].isna\nlen(x)\nx.sum()", r"Line 1|isna"),
        ("x = orders['product_id'].count_values()", "value_counts"),
        ("x == len(orders)", r"x = len\(orders\)"),
        ("x = 1.1²", r"1\.1\*\*2"),
        ("x = (orders['amount'] > 1) and also (orders['amount'] < 5)", "also"),
        ("x = orders['amount'] > 2025-01", "2025-01-01"),
        ("x = orders['amount'].sum(axis=columns)", 'axis="columns"'),
        ("x = value.share_of_top(money, 20)", r"20% is 0\.2"),
    ],
)  # fmt: skip
def test_a_kind_of_slip_is_explained(typed, says):
    said = read(typed)
    assert re.search(says, said, re.DOTALL), said
    assert len(said.splitlines()) <= 6


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("x = 137,379.19", r"137379\.19"),
        ('x = "len(orders)"', "quotes"),
        ('x = len("orders")', "quotes"),
        ("x = 100% - money", r"1 - money"),
        ("x = 50 * 80% - 3", r"50 \* 0\.8 - 3"),
        ("x = money ^ 2", r"money \*\* 2"),
        ("x = (500, 2,000)", r"\(500, 2000\)"),
    ],
)
def test_what_runs_and_cannot_be_meant_is_told(typed, says):
    use_language("en")
    said = [str(one.text) for one in doubts(typed, names())]
    assert any(re.search(says, one) for one in said), said


@pytest.mark.parametrize(
    "typed",
    [
        "x, y = 1, 2", "pair = 3, 4\n", "x = [1000, 2000]", "x = (100,200,300)", 'code = "C0012"', 'note = "orders"',
        "x = 100 % 7", "x = orders[[\"amount\"]]", 'day = "2026-01-01"', 'x = len("abc")', 'lines = ("a", "b")',
    ],
)  # fmt: skip
def test_code_that_means_what_it_says_is_left_alone(typed):
    assert [str(one.text) for one in doubts(typed, names())] == []


def test_the_step_tells_what_no_rule_knows():
    use_language("en")
    code = "registered = lenght(customers)"
    found = departure(code, 1, steps_of(code))
    assert found is not None and (found.typed, found.meant) == ("lenght", "len")


def test_a_cell_that_is_no_answer_has_no_step():
    assert steps_of("mine = orders.merge(customers)") == ()
    assert steps_of("registered = 5 + 7") == ()
