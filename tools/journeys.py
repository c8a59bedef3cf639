"""How far two everyday journeys go through the package: a tracer counts the files whose code they run.

`python -m tools.journeys` counts here, `python -m tools.journeys /another/checkout` there. A file is *loaded* when its
module body runs, and *at work* when a function of it runs; a file that is loaded and never at work is a detour. Files
that hold nothing but their description (a room's `__init__.py`) are not counted.
"""

import ast
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from custseg_helpers.paths import course_root

CHECK = """
from custseg_helpers import check, load
company = load("retail")
bought = company.orders[company.orders["quantity"] > 0]
recency = (company.as_of - bought.groupby("customer_id")["order_date"].max()).dt.days
assert check("rfm-1", recency)
"""
RUN = """
import runpy
sys.argv = ["custseg", "run", "company.toml", "--out", "result"]
try:
    runpy.run_module("custseg_helpers", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
"""
JOURNEYS = {'check("rfm-1", …)': CHECK, "custseg run examples/online_retail/company.toml": RUN}

TRACER = """
import json, sys
package = sys.argv[1]
loaded, at_work = set(), set()
def seen(frame, event, argument):
    code = frame.f_code
    if event == "call" and code.co_filename.startswith(package) and code.co_filename.endswith(".py"):
        (loaded if code.co_name == "<module>" else at_work).add(code.co_filename[len(package) + 1:])
sys.setprofile(seen)
{journey}
sys.setprofile(None)
print("\\n" + json.dumps([sorted(loaded), sorted(at_work)]))
"""


@dataclass(frozen=True)
class Journey:
    """The files of the package that a journey passes, by their path in the package."""

    loaded: tuple[str, ...]
    at_work: tuple[str, ...]

    @property
    def detours(self) -> list[str]:
        """Files that are loaded, and of which no function runs."""
        return sorted(set(self.loaded) - set(self.at_work))


def travel(journey: str, checkout: Path) -> Journey:
    """Run a journey in a Python of its own, in a folder with the example's mapping and order lines in its form."""
    with TemporaryDirectory() as folder:
        example(Path(folder), checkout)
        ran = subprocess.run(
            [sys.executable, "-c", TRACER.replace("{journey}", journey), str(checkout / "custseg_helpers")],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(checkout), "PYTHONUTF8": "1", "CUSTSEG_PROGRESS": os.devnull},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    loaded, at_work = json.loads(ran.stdout.splitlines()[-1])
    package = checkout / "custseg_helpers"
    return Journey(tuple(file for file in loaded if holds_code(package / file)), tuple(at_work))


def holds_code(file: Path) -> bool:
    """Tell whether a file holds more than its description."""
    return len(ast.parse(file.read_text(encoding="utf-8")).body) > 1


def example(folder: Path, checkout: Path) -> None:
    """Put the example's mapping into a folder, and the sample shop's order lines under the example's names.

    The example's own data are not part of the project.
    """
    import pandas as pd

    about = (checkout / "examples" / "online_retail" / "company.toml").read_text(encoding="utf-8")
    (folder / "company.toml").write_text(about.replace("2011-12-10", "2026-01-01"), encoding="utf-8")
    orders = pd.read_csv(checkout / "datasets" / "retail" / "orders.csv", encoding="utf-8-sig")
    back = orders["quantity"] < 0
    pd.DataFrame(
        {
            "InvoiceNo": orders["order_id"].where(~back, "C" + orders["order_id"]),
            "CustomerID": orders["customer_id"],
            "InvoiceDate": pd.to_datetime(orders["order_date"]),
            "StockCode": orders["product_id"],
            "Description": orders["product_id"],
            "Quantity": orders["quantity"],
            "UnitPrice": (orders["amount"] / orders["quantity"]).round(2),
            "Country": "United Kingdom",
        }
    ).to_parquet(folder / "online_retail.parquet")


def main() -> int:
    """Count both journeys in this checkout, or in the one that is named."""
    checkout = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else course_root()
    for name, journey in JOURNEYS.items():
        passed = travel(journey, checkout)
        print(f"{name}\n  {len(passed.loaded)} files loaded, {len(passed.at_work)} at work")
        print(f"  loaded and not at work: {', '.join(passed.detours) or '–'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
