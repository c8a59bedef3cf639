"""What a run works from: files, a database or facts handed over; in memory, on DuckDB or on Spark."""

from pathlib import Path
from typing import Any

from custseg_helpers.files.folder import sha256
from custseg_helpers.mapping.company_toml import read_mapping
from custseg_helpers.mapping.keys import Orders, OwnData
from custseg_helpers.mapping.own_company import Own, read_own
from custseg_helpers.reading.fetch import about
from custseg_helpers.reading.parts import files_of

ENGINES = ("pandas", "duckdb", "spark")


def read_company(
    company: Path, engine: str = "pandas", *, memory: str | None = None, master: str | None = None
) -> Own:
    """Read a company, its lines counted on one of `ENGINES`.

    Args:
        company: its `company.toml`, or the folder of it.
        engine: `pandas` in memory, `duckdb` on this machine's disk, `spark` on a cluster.
        memory: the most that DuckDB may use, such as `4GB`.
        master: Spark's master, such as `spark://host:7077`.
    """
    own = read_mapping(company)
    if own.write_back:
        from custseg_helpers.results.write_back import check_write_back

        check_write_back(own.write_back.database)
    if "facts" in own.sources:
        from custseg_helpers.at_scale.handed_over import read_facts

        return read_facts(own)
    if engine == "duckdb":
        from custseg_helpers.at_scale.duck import read_with_duckdb

        return read_with_duckdb(own, memory)
    if engine == "spark":
        from custseg_helpers.at_scale.spark import read_with_spark

        return read_with_spark(own, master)
    return read_own(company)


def inputs(own: OwnData) -> dict[str, Any]:
    """Return, for the manifest, every file that was read with its hash."""
    found: dict[str, Any] = {own.path.name: _hashed(own.path)}
    for source in own.sources.values():
        found |= {source.database.name: about(source.database)} if source.database else {}
        heads = source.heads.files if isinstance(source, Orders) and source.heads else ()
        for stated in (*source.files, *heads):
            inside = files_of([stated])
            found |= {str(file.relative_to(stated.parent).as_posix()): _hashed(file) for file in inside}
    return found


def _hashed(file: Path) -> dict[str, Any]:
    return {"sha256": sha256(file), "bytes": file.stat().st_size}
