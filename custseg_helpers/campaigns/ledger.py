"""The ledger of campaigns: one line when a campaign is planned, one when it has been read; nothing is ever rewritten."""

from pathlib import Path
from typing import Any

import pandas as pd

from custseg_helpers.action.pooling import NORMAL, pool
from custseg_helpers.campaigns.plan import home
from custseg_helpers.files.whole import append_json, json_lines
from custseg_helpers.words.text import UserError

LEDGER = "ledger.jsonl"
ENTRY = [
    "campaign", "play", "channel", "start", "end", "planned", "arms", "verdict", "read",
    "response", "response_lower", "response_upper", "money", "money_lower", "money_upper", "n_treatment", "n_holdout",
]  # fmt: skip


def note(company: Path, entry: dict[str, Any]) -> None:
    """Append one line to the ledger of a company."""
    append_json(home(company) / LEDGER, entry)


def ledger(company: Path) -> pd.DataFrame:
    """Return all campaigns, one row each, the last reading of each with it; empty where nothing was planned."""
    file = home(company) / LEDGER
    entries, damaged = json_lines(file)
    if damaged:
        raise UserError(
            zh=f"“{file}”第 {damaged[0]} 行读不懂。台账只能往后加，不要改；请恢复原文件。",
            en=f"Line {damaged[0]} of “{file}” cannot be read. A ledger is only added to, never edited; restore the file.",
        )
    rows: dict[str, dict[str, Any]] = {}
    for entry in entries.values():
        rows.setdefault(str(entry.get("campaign")), {}).update(entry)
    table = pd.DataFrame(list(rows.values())).reindex(columns=ENTRY)
    return table.set_index("campaign")


def running(table: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> list[str]:
    """Return the campaigns whose days overlap with these."""
    begins, ends = (pd.to_datetime(table[name].astype("str")) for name in ("start", "end"))
    return [str(name) for name in table.index[(begins <= end) & (ends >= start)]]


def by_play(table: pd.DataFrame) -> pd.DataFrame:
    """Put the campaigns of each play together, by random effects; campaigns of different plays are never mixed.

    Returns:
        One row a play that was read at least once: `campaigns`, `n_treatment`, `n_holdout`, `measured` (share of the
        contacted who bought because of it), `lower`, `upper` (95 %), `apart` (I²: how much of the differences between
        the campaigns is no chance), `last` (day of the last one).
    """
    read = table[table["verdict"].isin(("works", "harms", "unclear"))].dropna(subset="response")
    rows = {}
    for play, tests in read.groupby("play"):
        error = (tests["response_upper"] - tests["response_lower"]).astype(float) / 2 / NORMAL
        found = pool(tests["response"].astype(float), error)
        arms = tests[["n_treatment", "n_holdout"]].sum().astype(int).tolist()
        rows[play] = (
            len(tests),
            *arms,
            found.effect,
            found.lower,
            found.upper,
            found.apart,
            tests["end"].max(),
        )
    columns = ["campaigns", "n_treatment", "n_holdout", "measured", "lower", "upper", "apart", "last"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("play")
