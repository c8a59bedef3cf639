"""What `custseg run` works from: files, a database or facts handed over; in memory, on DuckDB or on Spark."""

import argparse
from typing import Any

from custseg_helpers.data.export import sha256
from custseg_helpers.data.mapping import OwnData
from custseg_helpers.data.own import Own, read_own


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that say where the lines are counted."""


def read_company(options: argparse.Namespace) -> Own:
    """Read the company that the options of `custseg run` name, on the engine that they name."""
    return read_own(options.company)


def inputs(own: OwnData) -> dict[str, Any]:
    """Return, for the manifest, every file that was read with its hash."""
    files = [own.path, *(file for source in own.sources.values() for file in source.files)]
    return {file.name: {"sha256": sha256(file), "bytes": file.stat().st_size} for file in files}
