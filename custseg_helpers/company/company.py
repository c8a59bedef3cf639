"""A company: its tables and its story, and the sample companies that come with the course."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from custseg_helpers.company.schema import TABLES, conform, fields
from custseg_helpers.files.whole import read_text
from custseg_helpers.paths import course_root
from custseg_helpers.words.text import T, UserError, listed


def samples() -> tuple[str, ...]:
    """Return the sample companies: the folders of `datasets/`, in the `place` that each `company.toml` gives.

    >>> samples()[:2]
    ('retail', 'b2b')
    """
    found = (course_root() / "datasets").glob("*/company.toml")
    places = {file.parent.name: tomllib.loads(read_text(file)).get("place", math.inf) for file in found}
    return tuple(sorted(places, key=lambda name: (places[name], name)))


SAMPLES = samples()
"""The sample companies, the default first."""

LENDERS = ("retail", "b2b")
"""A table that a company lacks is borrowed from the first of these that has it."""


def _table(name: str) -> Any:
    return property(lambda company: company.table(name), doc=f"A fresh copy of the standard table `{name}`.")


@dataclass(frozen=True, eq=False, repr=False)
class Company:
    """One company's tables and story. It cannot be changed: every access to a table gives a fresh copy.

    A table that the company lacks is borrowed whole from a sample: `borrowed` says from which, and
    `owner("contacts")` is the company whose customers that table speaks of.

    >>> company = load_sample("retail")
    >>> orders = company.orders
    >>> orders["amount"] = 0
    >>> bool(company.orders["amount"].sum() > 0)
    True
    """

    name: str
    as_of: pd.Timestamp
    _tables: Mapping[str, pd.DataFrame]
    title: T
    industry: T
    story: T
    goal: T
    question: T
    people: tuple[tuple[T, T], ...] = ()
    """who they are, and what each of them wants"""
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    seed: int | None = None
    """the seed of a freshly simulated company"""
    folder: Path | None = None

    customers = _table("customers")
    products = _table("products")
    orders = _table("orders")
    interactions = _table("interactions")
    contacts = _table("contacts")
    campaigns = _table("campaigns")
    responses = _table("responses")
    reps = _table("reps")
    channels = _table("channels")
    targets = _table("targets")

    def __repr__(self) -> str:
        return (
            f"Company({self.name!r}, as_of={self.as_of:%Y-%m-%d}, customers={len(self._tables['customers'])})"
        )

    def table(self, name: str) -> pd.DataFrame:
        """Return a fresh copy of a standard table; one that the company lacks comes from its lender."""
        if name in self._tables:
            return self._tables[name].copy(deep=True)
        fields(name)
        return self.owner(name).table(name)

    @property
    def own(self) -> bool:
        """Whether it is a team's own company, and none of the samples."""
        return self.folder is not None and not self.folder.resolve().is_relative_to(
            course_root() / "datasets"
        )

    @property
    def borrowed(self) -> dict[str, str]:
        """The tables this company lacks, and the sample company each is borrowed from."""
        return {table: _lender(table) for table in TABLES if table not in self._tables}

    def owner(self, table: str) -> "Company":
        """Return the company whose customers a table speaks of: this one, or the lender."""
        return self if table in self._tables else load_sample(_lender(table))

    def truth(self) -> dict[str, pd.DataFrame]:
        """Return what really drives a simulated company. For trainers and tests; lesson 09 alone opens it.

        `customers`: latent type, uplift type, rate, dropout, mean_spend, alive. `responses`: would the customer have
        bought if contacted, and if held out, and for how much money. `parameters`: of the purchase process (per day) and of spend (yuan).
        """
        from custseg_helpers.company.simulate import simulate_with_truth

        if self.seed is not None:
            return simulate_with_truth(self.name, self.seed)[1]
        if self.folder is None or not (self.folder / "truth").is_dir():
            raise UserError(
                T(
                    zh="“{title}”是真实数据，没有真值表。", en="{title} is real; nobody knows its truth."
                ).format(title=self.title)
            )
        files = sorted((self.folder / "truth").iterdir())
        return {
            file.stem: pd.read_parquet(file) if file.suffix == ".parquet" else pd.read_csv(file)
            for file in files
        }


@cache
def load_sample(name: str, seed: int | None = None) -> Company:
    """Return a sample company without putting it in play."""
    folder = course_root() / "datasets" / name
    if name not in SAMPLES:
        raise UserError(
            T(
                zh="没有公司“{name}”。示例公司有：{known}；自己的数据请写文件夹或 company.toml 的路径。",
                en="There is no company “{name}”. The samples are {known}; for your own data give its folder.",
            ).format(name=name, known=listed(SAMPLES))
        )
    if seed is None:
        return read_folder(folder)
    from custseg_helpers.company.simulate import simulate

    return company(folder / "company.toml", simulate(name, seed), seed=seed)


@cache
def _lender(table: str) -> str:
    for sample in LENDERS:
        if any((course_root() / "datasets" / sample).glob(f"{table}.*")):
            return sample
    raise UserError(zh=f"没有公司可以借出“{table}”表。", en=f"No sample company has a table {table} to lend.")


def read_folder(path: Path) -> Company:
    """Read a company from a folder of standard tables (CSV or parquet) with its `company.toml`."""
    files = {table: file for table in TABLES for file in sorted(path.glob(f"{table}.*"))[:1]}
    return company(path / "company.toml", {table: read_table(table, file) for table, file in files.items()})


def company(about: Path, tables: Mapping[str, pd.DataFrame], seed: int | None = None) -> Company:
    """Make a company of its `company.toml` and its standard tables."""
    words = tomllib.loads(read_text(about))

    def text(key: str) -> T:
        return T(**words[key]) if key in words else T(zh=words.get("name", ""), en=words.get("name", ""))

    return Company(
        name=words["name"],
        as_of=pd.Timestamp(words["as_of"]),
        _tables=MappingProxyType({table: conform(table, frame) for table, frame in tables.items()}),
        title=text("title"),
        industry=text("industry"),
        story=text("story"),
        goal=text("goal"),
        question=text("question"),
        people=tuple((T(zh=p["zh"], en=p["en"]), T(**p["wants"])) for p in words.get("people", [])),
        currency=words.get("currency", Company.currency),
        time_zone=words.get("time_zone", Company.time_zone),
        seed=seed,
        folder=about.parent,
    )


def read_table(table: str, file: Path) -> pd.DataFrame:
    """Read one standard table from CSV or parquet."""
    if file.suffix == ".parquet":
        return pd.read_parquet(file)
    text = {field.name: str for field in fields(table) if field.kind in ("id", "text", "code")}
    return pd.read_csv(file, dtype=text, encoding="utf-8-sig", keep_default_na=False, na_values=[""])


def table_csv(frame: pd.DataFrame, table: str | None = None) -> bytes:
    """Return a table as CSV that Excel opens (UTF-8 with byte order mark, ISO dates).

    Of a standard table, optional columns that hold nothing are left out and whole numbers are written whole.
    """
    if table:
        frame = conform(table, frame)
        empty = [
            field.name for field in fields(table) if not field.required and frame[field.name].isna().all()
        ]
        whole = [field.name for field in fields(table) if field.kind == "integer" and field.name not in empty]
        frame = frame.drop(columns=empty).astype(dict.fromkeys(whole, "Int64"))
    return frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n").encode("utf-8-sig")
