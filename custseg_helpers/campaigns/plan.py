"""A campaign as it was planned: written once, before anybody is contacted, and read again when it is over."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd

from custseg_helpers.files.folder import sha256
from custseg_helpers.files.whole import read_text
from custseg_helpers.words.text import T, UserError

FOLDER = "campaigns"
PLAN, ARMS, CONTROL = "plan.toml", "arms.csv", "control.toml"
COLUMNS = ["customer_id", "arm", "tier", "before", "rep"]
NAME = re.compile(r"[^\W_][\w .-]{0,39}")
"""Names of campaigns are names of folders: letters of any language, digits, spaces, dots and dashes."""
PRIVATE = 0o600


@dataclass(frozen=True)
class Plan:
    """What was decided of a campaign."""

    name: str
    tiers: tuple[str, ...]
    tags: tuple[str, ...]
    snapshot: pd.Timestamp
    """the day the audience was drawn from"""
    start: pd.Timestamp
    end: pd.Timestamp
    """the last day on which orders count"""
    holdout: float
    play: str
    channel: str
    currency: str
    contacts: int
    """how often one customer is contacted"""
    cost: float | None
    """what contacting one customer costs in all; None: nobody said"""
    margin: float | None
    """share of sales left after the goods; None: nobody said"""
    rule: str = ""
    """a rule of the audience, in the language of tags"""
    arms: str = ""
    """SHA-256 of the file that says who is in which arm"""

    @property
    def days(self) -> int:
        """How many days orders count."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Control:
    """The permanent control group: which share of all customers stays out of every campaign, until when."""

    share: float
    until: pd.Timestamp


def home(company: Path) -> Path:
    """Return the folder of campaigns of a company: beside its `company.toml`, never inside a result."""
    return (company if company.is_dir() else company.parent) / FOLDER


def folder_of(company: Path, name: str) -> Path:
    """Return the folder of a campaign.

    Raises:
        UserError: the name cannot be the name of a folder on every computer.
    """
    if not NAME.fullmatch(name) or name.rstrip(". ") != name:
        raise UserError(
            zh=f"“{name}”不能用作活动名：只用文字、数字、空格、点和短横线，最多 40 个字，如 2026 春季回访。",
            en=f"“{name}” cannot be the name of a campaign: use letters, digits, spaces, dots and dashes, 40 at most, such as spring-2026.",
        )
    return home(company) / name


def write_plan(folder: Path, plan: Plan, arms: pd.DataFrame) -> Plan:
    """Write plan and arms into a (draft) folder that only their owner may read; return the plan with the arms' hash.

    Args:
        folder: where to write.
        plan: what was decided.
        arms: one row a planned customer with `COLUMNS`.
    """
    arms[COLUMNS].to_csv(folder / ARMS, index=False, lineterminator="\n")
    written = replace(plan, arms=sha256(folder / ARMS))
    (folder / PLAN).write_text(_toml(_values(written)), encoding="utf-8", newline="\n")
    for name in (ARMS, PLAN):
        os.chmod(folder / name, PRIVATE)
    return written


def read_plan(company: Path, name: str) -> tuple[Plan, pd.DataFrame]:
    """Read a campaign as it was planned, and who is in which arm (indexed by `customer_id`).

    Raises:
        UserError: there is no such campaign (those there are are named), or the arms were changed after the draw.
    """
    folder = folder_of(company, name)
    if not (folder / PLAN).is_file():
        known = ", ".join(sorted(one.parent.name for one in home(company).glob(f"*/{PLAN}")))
        raise UserError(
            T(
                zh="没有叫“{n}”的活动。有：{k}。先用 custseg campaign plan 做计划。",
                en="There is no campaign “{n}”. There are: {k}. Plan one with custseg campaign plan.",
            ).format(n=name, k=known or "—")
        )
    plan = _read(folder / PLAN)
    if sha256(folder / ARMS) != plan.arms:
        raise UserError(
            zh=f"“{folder / ARMS}”在抽签之后被改过：谁在哪一组已经不可信，不能再读出效果。请恢复原文件。",
            en=f"“{folder / ARMS}” was changed after the draw: who was in which arm can no longer be trusted, so no effect is read. Restore the file.",
        )
    arms = pd.read_csv(
        folder / ARMS, dtype={"customer_id": str, "tier": str, "rep": str}, keep_default_na=False
    )
    arms["before"] = pd.to_numeric(arms["before"])
    return plan, arms.set_index("customer_id")


def read_control(company: Path) -> Control | None:
    """Read the permanent control group, if the company has one."""
    file = home(company) / CONTROL
    if not file.is_file():
        return None
    told = tomllib.loads(read_text(file))
    return Control(float(told["share"]), pd.Timestamp(told["until"]))


def control_text(control: Control) -> str:
    """Return the file of a permanent control group."""
    return _toml({"share": control.share, "until": control.until})


def _values(plan: Plan) -> dict[str, object]:
    return {field.name: getattr(plan, field.name) for field in fields(plan)}


def _toml(values: Mapping[str, object]) -> str:
    lines = []
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, pd.Timestamp):
            written = f"{value:%Y-%m-%d}"
        else:
            written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
        lines.append(f"{name} = {written}\n")
    return "".join(lines)


def _read(file: Path) -> Plan:
    try:
        told = tomllib.loads(read_text(file))
        for name in ("snapshot", "start", "end"):
            told[name] = pd.Timestamp(told[name])
        for name in ("tiers", "tags"):
            told[name] = tuple(told[name])
        return Plan(**{"cost": None, "margin": None, **told})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        raise UserError(
            zh=f"“{file}”读不懂：计划写下之后不要改。请恢复原文件。",
            en=f"“{file}” cannot be read: a plan is not edited once it is written. Restore the file.",
        ) from None
