"""The files of the sample companies under `datasets/`, made anew from the simulator to the last byte."""

from pathlib import Path

from custseg_helpers.company.company import SAMPLES, table_csv
from custseg_helpers.company.simulate.company import simulate_with_truth
from custseg_helpers.company.simulate.raw import raw_files


def sample_files(name: str) -> dict[str, bytes]:
    """Return the generated files of one sample company: path inside its folder → content."""
    tables, truth = simulate_with_truth(name)
    made = {f"{table}.csv": table_csv(frame, table) for table, frame in tables.items()}
    made |= {f"truth/{table}.csv": table_csv(frame) for table, frame in truth.items()}
    if name == SAMPLES[0]:
        made |= {f"raw/{file}": content for file, content in raw_files(tables).items()}
    return made


def write_samples(datasets: Path, name: str) -> None:
    """Write one sample company's files; its `company.toml` is written by hand and stays."""
    for path, content in sample_files(name).items():
        file = datasets / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
