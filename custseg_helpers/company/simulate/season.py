"""Seasons as a change of clock: busy days are long, quiet days short, and a year lasts a year.

Purchases happen at a steady pace on the seasonal clock, so a model that ignores seasons still recovers
the parameters; read on the calendar they crowd into busy days.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from custseg_helpers.company.simulate.settings import Settings


@dataclass(frozen=True)
class Calendar:
    """The days of a simulation, counted from `start`; `elapsed[d]` is the seasonal time when day d begins."""

    start: np.datetime64
    elapsed: np.ndarray

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.elapsed) - 1

    @property
    def as_of(self) -> np.datetime64:
        """The snapshot day: the day after the last possible order."""
        return self.start + self.days

    def day(self, moment: date) -> int:
        """Day number of a date."""
        return int((np.datetime64(moment, "D") - self.start).astype(int))

    def date(self, day: Any) -> np.ndarray:
        """Date of a day number."""
        return self.start + np.asarray(day).astype("timedelta64[D]")

    def clock(self, day: Any) -> np.ndarray:
        """Seasonal time of a moment given in (fractional) days."""
        return np.interp(day, np.arange(self.days + 1), self.elapsed)

    def day_at(self, clock: Any) -> np.ndarray:
        """Whole day of a moment given in seasonal time."""
        day = np.interp(clock, self.elapsed, np.arange(self.days + 1))
        return np.minimum(day.astype(np.int64), self.days - 1)


def calendar(settings: Settings) -> Calendar:
    """Return the calendar of a company: weekday and month weights, scaled to a mean of 1 over the whole time."""
    start, end = np.datetime64(settings["start"], "D"), np.datetime64(settings["end"], "D")
    days = np.arange(start, end + 1)
    weekday = (days.astype(int) + 3) % 7  # 1970-01-01 was a Thursday
    month = days.astype("datetime64[M]").astype(int) % 12
    season = settings["season"]
    weight = np.asarray(season["weekday"])[weekday] * np.asarray(season["month"])[month] + 1e-6
    elapsed = np.concatenate([[0.0], np.cumsum(weight / weight.mean())])
    return Calendar(start, elapsed)
