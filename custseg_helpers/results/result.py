"""Everything a run gives, in memory: what came in, what it was measured by, what came of it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from custseg_helpers.action.playbook import Playbook, load_playbook
from custseg_helpers.audit.remarks import said_of_buyers
from custseg_helpers.governance.overrides import read_overrides
from custseg_helpers.governance.personal import fields_of, ids_warning, under_pseudonyms
from custseg_helpers.governance.privacy import pseudonyms
from custseg_helpers.governance.scheme import Scheme, Standing, read_scheme, standing
from custseg_helpers.mapping.own_company import Own
from custseg_helpers.results.acting import playbook_file, priced
from custseg_helpers.results.html_parts import at_a_glance
from custseg_helpers.results.last_run import LastRun, comparable, last_run
from custseg_helpers.results.tagging import Tagged, tag_customers
from custseg_helpers.results.thresholds import thresholds
from custseg_helpers.tags.catalogue import read_catalogue
from custseg_helpers.words.text import T, listed

BESIDE = {
    "scheme": "scheme.toml",
    "catalogue": "tags.yaml",
    "playbook": "playbook.yaml",
    "overrides": "overrides.jsonl",
}
"""Files that a run uses without being told, where they stand beside `company.toml`."""


@dataclass(frozen=True)
class Choices:
    """What a run is to use besides the data."""

    out: Path | None
    """the folder that is written, and compared with before; None: neither"""
    scheme: Path | None = None
    catalogue: Path | None = None
    playbook: Path | None = None
    overrides: Path | None = None
    since: Path | None = None
    key: bytes | None = None
    shareable: bool = False
    k: int = 10
    """groups of fewer customers are hidden in what may be shared"""


@dataclass(frozen=True, repr=False)
class Result:
    """Everything a run gives."""

    own: Own
    choices: Choices
    tagged: Tagged
    scheme: Scheme | None
    standing: Standing
    playbook: Playbook
    playbook_path: Path
    plan: pd.DataFrame
    contacts: pd.DataFrame
    before: LastRun | None = None
    notes: list[T] = field(default_factory=list)
    """what a reader should know before believing the numbers"""

    @property
    def customers(self) -> pd.DataFrame:
        """One row a customer."""
        return self.tagged.customers

    def __repr__(self) -> str:
        return f"Result({self.own.company.name!r}, {len(self.customers):,} customers, as_of={self.own.company.as_of:%Y-%m-%d})"

    def _repr_html_(self) -> str:
        lead = T(zh="{t}：{n:,} 位客户，截至 {d}。", en="{t}: {n:,} customers, up to {d}.").format(
            t=self.own.company.title, n=len(self.customers), d=f"{self.own.company.as_of:%Y-%m-%d}"
        )
        return at_a_glance(
            lead, self.tagged.groups["segment"], [*self.tagged.tiers.verdicts.values(), *self.notes]
        )


def beside(company: Path, name: str, given: Path | None) -> Path | None:
    """Return the file that a run uses: the one named, else the usual one beside `company.toml` if it is there."""
    usual = (company if company.is_dir() else company.parent) / BESIDE[name]
    return given or (usual if usual.is_file() else None)


def check_files(choices: Choices) -> None:
    """Read every small file that a run uses, before the data: a slip in one is told at once and not after the work.

    Raises:
        UserError: the scheme, the tags, the playbook or the overrides cannot be used; it names the place.
    """
    if choices.scheme:
        thresholds(read_scheme(choices.scheme))
    read_catalogue(choices.catalogue)
    if choices.playbook:
        load_playbook(choices.playbook)
    if choices.overrides:
        read_overrides(choices.overrides)


def make_result(own: Own, choices: Choices) -> Result:
    """Tag, tier, profile and plan; compare with the last run; put pseudonyms in place of ids where a key is given."""
    scheme = read_scheme(choices.scheme) if choices.scheme else None
    wanted = thresholds(scheme)
    notes: list[T] = []
    folder = choices.since or choices.out
    before, why_not = (
        last_run(folder, own.company.as_of, asked=choices.since is not None) if folder else (None, None)
    )
    if before:
        before, why_not = comparable(before, choices.key)
    tagged = tag_customers(
        own.company,
        own.reduced,
        wanted,
        catalogue=choices.catalogue,
        overrides=choices.overrides,
        last_model=before.model if before else None,
    )
    notes += said_of_buyers(tagged.facts["monetary"])
    personal = ids_warning(tagged.customers.index) if choices.key is None else None
    columns = fields_of(own.mapping)
    if columns:
        notes.append(
            T(
                zh="个人信息列：{c}。报告和清单里不出现这些列的取值。",
                en="Personal columns: {c}. The report and the manifest show none of their values.",
            ).format(c=listed(columns))
        )
    if not choices.catalogue:
        notes.append(
            T(
                zh="标签目录用的是课程自带的，金额门槛按示例零售公司设定；把自己的 tags.yaml 放在 company.toml 旁边即可替换。",
                en="The tags are the course's own, with amounts set for its sample shop; put your tags.yaml beside company.toml to use yours.",
            )
        )
    if not choices.playbook:
        notes.append(
            T(
                zh="策略手册用的是示例，所以不算费用和利润；把自己的 playbook.yaml 放在 company.toml 旁边就算。",
                en="The playbook is a sample, so no cost and no profit is shown; put your playbook.yaml beside company.toml and they are.",
            )
        )
    notes += [*tagged.notes, *(note for note in (personal, why_not) if note)]
    path = playbook_file(tagged.customers, choices.playbook)
    book = load_playbook(path)
    if choices.key:
        tagged = _renamed(tagged, choices.key)
    quarter, contacts = priced(tagged.customers, book)
    return Result(
        own, choices, tagged, scheme, standing(scheme), book, path, quarter, contacts, before, notes
    )


def _renamed(tagged: Tagged, key: bytes) -> Tagged:
    overrides = tagged.overrides
    if "customer_id" in overrides:
        overrides = overrides.assign(customer_id=pseudonyms(overrides["customer_id"], key))
    return replace(
        tagged,
        facts=under_pseudonyms(tagged.facts, key),
        customers=under_pseudonyms(tagged.customers, key),
        overrides=overrides,
    )
