"""The company in play: the one that a notebook loaded last."""

from custseg_helpers.company.company import Company

_last: list[Company] = []


def put_in_play(company: Company) -> None:
    """Make a company the one in play."""
    _last[:] = [company]


def last_loaded() -> Company | None:
    """Return the company in play; `None` before the first was loaded."""
    return _last[0] if _last else None


def forget() -> None:
    """Let no company be in play, as in a new kernel."""
    _last.clear()
