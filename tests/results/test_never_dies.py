"""Small files that no textbook has: a run gives a result with its verdict, or says in one message why it cannot."""

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.commands.main import main

pytestmark = pytest.mark.slow

MAPPING = """
name = "shop"
as_of = 2025-07-01
[orders]
file = "orders.csv"
[orders.columns]
order_id = "order"
customer_id = "customer"
order_date = "date"
amount = "amount"
"""
RESULT = "net (CNY)"
BY_INDUSTRY = (
    '[customers]\nfile = "customers.csv"\n[customers.columns]\ncustomer_id = "id"\nindustry = "branch"\n'
)


def orders(n: int = 120, customers: int = 40, **columns: Callable[[int], object]) -> pd.DataFrame:
    """Return a year of orders; `columns` give one value for each row's number."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "order": [f"A{row:04d}" for row in range(n)],
            "customer": [f"C{who:03d}" for who in rng.integers(0, customers, n)],
            "date": pd.Timestamp("2024-07-01") + pd.to_timedelta(rng.integers(0, 360, n), unit="D"),
            "amount": np.round(rng.lognormal(4, 0.8, n), 2),
        }
    )
    return table.assign(**{name: [value(row) for row in range(n)] for name, value in columns.items()})


def cycle(*values: object) -> Callable[[int], object]:
    return lambda row: values[row % len(values)]


FILES: dict[str, tuple[pd.DataFrame, str]] = {
    "one row": (orders(1, 1), RESULT),
    "one customer": (orders(50, 1), "too few customers"),
    "two customers": (orders(6, 2), "Only 2 customers: fifths need at least 100."),
    "one price for all": (orders(amount=lambda row: 20.0), RESULT),
    "everybody once at one price": (orders(60, customer=lambda row: f"C{row}", amount=lambda row: 20.0), "nobody has come back"),
    "everybody on one day": (orders(date=lambda row: "2025-06-30"), "nobody has come back"),
    "twelve customers of two kinds": (orders(customer=lambda row: f"C{row % 12}", amount=cycle(10, 30), date=cycle("2025-05-01", "2025-06-01")), RESULT),
    "everybody every month alike": (orders(400, customer=lambda row: f"C{row % 100}", amount=lambda row: 9.9, date=lambda row: f"2025-0{1 + row // 100}-15"), RESULT),
    "thirty regions": (orders(3000, 800, region=lambda row: f"R{row % 30:02d}"), RESULT),
    "hundreds of regions": (orders(3000, 800, region=lambda row: f"R{row * row % 211:03d}"), "together as “other”"),
    "a region for each": (orders(500, 300, region=lambda row: f"No. {row} High Street"), "like names or addresses"),
    "control characters in ids and names": (orders(customer=lambda row: f"C\x08{row % 40}", region=cycle("ea\x07st", "no\x1brth", "so\x0buth")), RESULT),
    "signs of markup and of formulas": (orders(customer=lambda row: f"=1+$C_{row % 40}^{{", region=cycle("<script>alert(1)</script>", "{{x}}", "$a_b$", "%s")), RESULT),
    "letters from everywhere": (orders(region=cycle("😀", "مرحبا", "\u202eevil", "𠮷野", "\ufffe")), RESULT),
    "infinite amounts": (orders(amount=lambda row: ["inf", "-inf", "1e400"][row % 3] if row % 20 == 0 else row + 1.5), "6 values could not be read"),
    "minus nought": (orders(amount=lambda row: "-0" if row % 10 == 0 else "-0.00" if row % 10 == 1 else row + 1.5), "24 rows left out: amount is zero"),
    "amounts beyond reason": (orders(amount=lambda row: "99999999999999999999" if row == 5 else row + 1), "amount above ten billion"),
    "more returned than bought": (orders(200, amount=cycle(10, -30)), RESULT),
    "everything returned": (orders(200, customer=lambda row: f"C{row // 2}", amount=cycle(10, -10)), "0.00 net"),
    "half of the dates empty": (orders(date=cycle("", "2025-01-05")), "date empty or unreadable"),
    "ids as long as a page": (orders(customer=lambda row: "K" * 5000 + f"{row % 40}"), RESULT),
    "dates of the first day that counts": (orders(date=lambda row: "1970-01-02"), "the data are stale"),
}  # fmt: skip
"""A file, and something that is said of it."""
REFUSED: dict[str, tuple[pd.DataFrame, str]] = {
    "returns alone": (orders(amount=lambda row: -5.0), "customer has only returns"),
    "gifts alone": (orders(amount=lambda row: "-0"), "amount is zero"),
    "no customer": (orders(customer=lambda row: ""), "is all empty"),
    "no row": (orders(1).iloc[:0], "has a header and no data"),
    "everything in the future": (orders(date=lambda row: "2031-01-01"), "after the snapshot"),
}


@pytest.fixture
def ran(tmp_path, capsys):
    """Run a table; return exit code, what was said, and the complaints; nothing of a library may slip through."""

    def run(table: pd.DataFrame, *more: str) -> tuple[int, str, str]:
        table.to_csv(tmp_path / "orders.csv", index=False)
        mapping = MAPPING + ('region = "region"\n' if "region" in table else "") + "\n".join(more)
        (tmp_path / "company.toml").write_text(mapping, encoding="utf-8")
        with warnings.catch_warnings(record=True) as slipped:
            warnings.simplefilter("ignore")
            for shown in (UserWarning, RuntimeWarning, FutureWarning):
                warnings.simplefilter("default", shown)
            code = main(
                ["--lang", "en", "run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "result")]
            )
        said = capsys.readouterr()
        assert [str(warning.message) for warning in slipped] == []
        return code, said.out, said.err

    return run


def report(folder: Path) -> str:
    return (folder / "result" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_degenerate_file_gives_a_result_with_its_verdict(name, ran, tmp_path):
    table, words = FILES[name]
    code, said, complaints = ran(table)
    assert (code, complaints) == (0, "")
    page = report(tmp_path)
    assert RESULT in said and words in said + page
    assert "Traceback" not in page and "Warning" not in page and "What the data can carry" in page


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_can_give_none_is_refused_in_one_message(name, ran, tmp_path):
    table, words = REFUSED[name]
    code, said, complaints = ran(table)
    assert (code, said) == (2, "") and words in complaints and complaints.count("\n") == 1
    assert not (tmp_path / "result").exists()


def test_of_hundreds_of_industries_the_commonest_are_compared_and_every_customer_keeps_her_own(ran, tmp_path):
    """Half of the four hundred customers share ten industries, the others have one in two."""
    ids = [f"C{who:03d}" for who in range(400)]
    branch = [f"big {who % 10}" if who % 2 else f"small {who // 4}" for who in range(400)]
    pd.DataFrame({"id": ids, "branch": branch}).to_csv(tmp_path / "customers.csv", index=False)
    code, said, _ = ran(orders(3000, 400), BY_INDUSTRY)
    assert code == 0 and "“industry” has 105 values: the personas compare the 29" in said
    kept = pd.read_parquet(tmp_path / "result" / "customers.parquet")["industry"]
    assert kept.to_dict() == {who: name for who, name in zip(ids, branch, strict=True) if who in kept.index}


def test_customers_who_are_hardly_one_are_told_with_their_money(ran):
    """The best buyers are a test, walk-ins, and a number cut by a spreadsheet; a masked number counts for nobody."""
    who = ["test@test.com", "138****1000", "散客", "1.39E+10"]
    table = orders(
        customer=lambda row: who[row // 10] if row < 40 else f"C{row % 40}", amount=lambda row: 25.0
    )
    code, said, _ = ran(table)
    assert code == 0
    for words in ("Test customers", "guests and walk-ins", "damaged by a spreadsheet"):
        assert words in said
    assert said.count(": 1, with 250.00 net (9%)") == 3
    assert "10 rows left out: customer id is masked" in said
