"""The run before: what a result folder remembers, and who has moved since.

A run counts as the one before when its snapshot is earlier. Run again with the same snapshot (a slip corrected, say),
and the comparison stays with the same earlier run: its tiers travel along as `before.parquet`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.action.migration import migration, won_and_lost
from custseg_helpers.files.folder import MANIFEST, sha256
from custseg_helpers.files.whole import read_text
from custseg_helpers.governance.personal import fingerprint
from custseg_helpers.governance.privacy import pseudonyms
from custseg_helpers.results.tiering import TIERS
from custseg_helpers.words.text import T, UserError

CUSTOMERS = "customers.parquet"
BEFORE = "before.parquet"
MODEL = "clusters.json"
MODEL_BEFORE = "before_clusters.json"


@dataclass(frozen=True)
class LastRun:
    """The tiers of the run before, its snapshot, and its clusters."""

    as_of: pd.Timestamp
    tiers: pd.DataFrame
    model: dict[str, Any] | None
    pseudonyms: str | None
    """the key's fingerprint, where ids are pseudonyms"""


def last_run(folder: Path, as_of: pd.Timestamp, *, asked: bool = False) -> tuple[LastRun | None, T | None]:
    """Read what a result folder remembers of the run before `as_of`; or say why nothing can be compared.

    Args:
        folder: what `custseg run` wrote.
        as_of: the snapshot of this run.
        asked: the user named the folder; then it is a `UserError` if there is nothing in it.
    """
    if not (folder / MANIFEST).is_file():
        if asked:
            raise UserError(
                zh=f"“{folder}”不是 custseg run 的结果文件夹（没有 {MANIFEST}），无法与它比较。",
                en=f"“{folder}” is no result folder of custseg run (there is no {MANIFEST}): nothing to compare with.",
            )
        return None, None
    told = _manifest(folder)
    then = pd.Timestamp(told["as_of"])
    if then < as_of:
        found, model = CUSTOMERS, MODEL
    elif then == as_of and told.get("since"):
        then, found, model = pd.Timestamp(told["since"]["as_of"]), BEFORE, MODEL_BEFORE
    elif then == as_of:
        return None, _same_day(then) if asked else None
    else:
        return None, T(
            zh="“{f}”里的结果比这次还新（快照日 {d}），不做比较。",
            en="The result in “{f}” is newer than this run (snapshot {d}): no comparison.",
        ).format(f=folder.name, d=f"{then:%Y-%m-%d}")
    if not (folder / found).is_file():
        return None, T(
            zh="上次的结果里没有客户明细（只供分享的结果不含明细），不能比较。",
            en="The last result holds no rows of customers (one that may be shared does not): no comparison.",
        )
    _unchanged(folder, found, told)
    table = pd.read_parquet(folder / found)
    tiers = table[[name for name in TIERS if name in table]]
    kept = json.loads(read_text(folder / model)) if (folder / model).is_file() else None
    return LastRun(then, tiers, kept, told.get("pseudonyms")), None


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads(read_text(folder / MANIFEST))
        return {
            "as_of": told["as_of"],
            "outputs": told["outputs"],
            "since": told.get("since"),
            "pseudonyms": told.get("pseudonyms"),
        }
    except (ValueError, KeyError, TypeError):
        raise UserError(
            zh=f"“{folder / MANIFEST}”读不懂，不知道上次的结果是什么。请换一个 --out 从头开始。",
            en=f"“{folder / MANIFEST}” cannot be read, so the last result is not known. Start afresh with another --out.",
        ) from None


def _unchanged(folder: Path, file: str, told: dict[str, Any]) -> None:
    if told["outputs"].get(file) != sha256(folder / file):
        raise UserError(
            zh=f"“{folder / file}”在上次运行之后被改动过，不能拿来比较。请恢复原文件，或换一个 --out 从头开始。",
            en=f"“{folder / file}” was changed after the last run and cannot be compared with. Restore it, or start afresh with another --out.",
        )


def _same_day(day: pd.Timestamp) -> T:
    return T(
        zh="上次结果的快照日也是 {d}，没有变化可比。", en="The last result has the same snapshot, {d}: nothing to compare."
    ).format(d=f"{day:%Y-%m-%d}")  # fmt: skip


def comparable(before: LastRun, key: bytes | None) -> tuple[LastRun | None, T | None]:
    """Give the customers of the last run the names of this one: real ids, or pseudonyms by the same key."""
    now = fingerprint(key) if key else None
    if before.pseudonyms == now:
        return before, None
    if before.pseudonyms is None and key is not None:
        ids = pseudonyms(before.tiers.index.to_series(), key)
        tiers = before.tiers.set_axis(pd.Index(ids.to_numpy(), name="customer_id"))
        return LastRun(before.as_of, tiers, before.model, now), None
    return None, T(
        zh="上次的编号是另一把密钥（或这次没有用密钥）生成的假名，对不上人，没有做迁移比较。请用同一把密钥。",
        en="The ids of the last run are pseudonyms by another key (or no key was given now): nobody can be recognised, so no migration. Use the same key.",
    )


def moves(before: LastRun, now: pd.DataFrame, tier: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who moved from which group to which, and won and lost for each group."""
    matrix = migration(before.tiers[tier], now[tier])
    return matrix, won_and_lost(matrix)
