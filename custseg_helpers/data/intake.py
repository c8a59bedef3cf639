"""What `custseg run` works from: files, a database or facts handed over; in memory, on DuckDB or on Spark."""

import argparse
from pathlib import Path
from typing import Any

from custseg_helpers.data.export import sha256
from custseg_helpers.data.fetch import about
from custseg_helpers.data.mapping import OwnData
from custseg_helpers.data.own import Own, read_own
from custseg_helpers.data.parts import files_of


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that say where the lines are counted."""


def read_company(options: argparse.Namespace) -> Own:
    """Read the company that the options of `custseg run` name, on the engine that they name."""
    return read_own(options.company)


def inputs(own: OwnData) -> dict[str, Any]:
    """Return, for the manifest, every file that was read with its hash."""
    found: dict[str, Any] = {own.path.name: _hashed(own.path)}
    for source in own.sources.values():
        found |= {source.database.name: about(source.database)} if source.database else {}
        for stated in source.files:
            inside = files_of([stated])
            found |= {str(file.relative_to(stated.parent).as_posix()): _hashed(file) for file in inside}
    return found


def _hashed(file: Path) -> dict[str, Any]:
    return {"sha256": sha256(file), "bytes": file.stat().st_size}
