"""Phrases that nobody would say, and claims without a source: `phrases.csv` lists them with what to say instead.

The columns: the language; the phrase (a regular expression); what to say instead; names in which it may stand; what in
the same paragraph makes it good (the year of a source); how often a lesson may hold it.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Phrase:
    """A phrase to avoid."""

    language: str
    said: re.Pattern[str]
    instead: str
    accepted: re.Pattern[str]
    unless: re.Pattern[str]
    most: int
    """How often a lesson may hold it; 0: never."""


_NOTHING = r"(?!)"


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases to avoid, in the order of the list."""
    with open(Path(__file__).with_name("phrases.csv"), encoding="utf-8", newline="") as lines:
        return tuple(
            Phrase(
                row["language"],
                re.compile(row["phrase"], re.IGNORECASE),
                row["instead"],
                re.compile(row["accepted"] or _NOTHING),
                re.compile(row["unless"] or _NOTHING),
                int(row["most"]),
            )
            for row in csv.DictReader(lines)
        )


def avoided(paragraph: str, language: str) -> Iterator[tuple[str, Phrase]]:
    """Yield what a paragraph holds of these phrases, and which phrase it is.

    >>> [(found, phrase.instead) for found, phrase in avoided("Half are held out by lot.", "en")]
    [('by lot', 'at random')]
    >>> len(list(avoided("Textbooks say so.", "en"))), list(avoided("Textbooks since Hughes (1994) say so.", "en"))
    (1, [])
    """
    for phrase in phrases():
        if phrase.language == language and not phrase.unless.search(paragraph):
            for match in phrase.said.finditer(phrase.accepted.sub(" ", paragraph)):
                yield match[0], phrase
