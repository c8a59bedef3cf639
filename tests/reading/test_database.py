"""Orders out of a database and tags back into one: PostgreSQL (a real server, started here) and SQLite."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.facts.per_customer import order_facts
from custseg_helpers.mapping.load import load
from custseg_helpers.reading.database import PASSWORD, Database, connected
from custseg_helpers.results.intake import read_company
from custseg_helpers.results.write_back import write_back
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.engines

pytest.importorskip("sqlalchemy")

SECRET = "correct-horse-7"
LINES = [
    ("A1", "C1", "2025-03-01", 1200.0),
    ("A2", "C1", "2025-03-20", 30.55),
    ("A3", "C2", "2025-03-05", 5000.0),
    ("A4", None, "2025-03-06", 10.0),
    ("R1", "C2", "2025-03-30", -100.0),
]
MAPPING = """
name = "shop"
as_of = 2025-04-01
[orders]
{source}
[orders.columns]
order_id = "order_no"
customer_id = "member"
order_date = "ordered_on"
amount = "paid"
"""
WRITE_BACK = '\n[write_back]\naddress = "{address}"\ntable = "customer_tags"\n'


def programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres")) if sys.platform == "linux" else []
    return found[-1].parent if found else None


def server_of(folder):
    """Start a server on loopback with a password; it refuses to run as root, so root lends it another account."""
    bin_, data = programs(), folder / "data"
    lend = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if lend:
        shutil.chown(folder, 65534, 65534)
    (folder / "password").write_text(SECRET)
    (folder / "password").chmod(0o644)
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    start = [f"{bin_}/initdb", "-D", data, "-U", "crm", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"]
    subprocess.run([*lend, *start, "--no-sync", f"--pwfile={folder}/password"], **run)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [*lend, f"{bin_}/pg_ctl", "-D", data, "-w", "-t", "60"]
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], **run)
    return port, lambda: subprocess.run([*control, "-m", "immediate", "stop"], **run)


@pytest.fixture(scope="module")
def postgres():
    psycopg = pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="custseg-postgres-"))
    port, stop = server_of(folder)
    try:
        with psycopg.connect(
            f"host=127.0.0.1 port={port} user=crm dbname=postgres password={SECRET}"
        ) as made:
            made.execute(
                "CREATE TABLE sales (order_no text, member text, ordered_on date, paid numeric(12,2), extra uuid)"
            )
            with made.cursor() as cursor:
                cursor.executemany("INSERT INTO sales VALUES (%s, %s, %s, %s)", LINES)
        yield port
    finally:
        stop()
        shutil.rmtree(folder)


@pytest.fixture
def address(postgres, monkeypatch):
    monkeypatch.setenv(PASSWORD, SECRET)
    return f"postgresql://crm@127.0.0.1:{postgres}/postgres"


@pytest.fixture
def ask(postgres):
    import psycopg

    with psycopg.connect(
        f"host=127.0.0.1 port={postgres} user=crm dbname=postgres password={SECRET}", autocommit=True
    ) as to:
        to.execute("DROP TABLE IF EXISTS customer_tags")
        yield lambda sql, *values: to.execute(sql, values or None)


@pytest.fixture
def lite(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as made:
        made.execute("CREATE TABLE sales (order_no, member, ordered_on, paid)")
        made.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", LINES)
    made.close()
    return "sqlite:///shop.db"


@pytest.fixture
def run(tmp_path, capfd):
    """Runs `custseg run` on a mapping; gives exit code and all that was said."""

    def from_source(source, *options, more=""):
        (tmp_path / "company.toml").write_text(MAPPING.format(source=source) + more, encoding="utf-8")
        code = main(["run", str(tmp_path / "company.toml"), "--out", str(tmp_path / "result"), *options])
        said = capfd.readouterr()
        assert SECRET not in said.out + said.err
        return code, said.out + said.err

    return from_source


@pytest.fixture
def read(tmp_path):
    """Reads a company as `custseg run` does, and gives it without making tags."""

    def from_source(source, engine="pandas"):
        (tmp_path / "company.toml").write_text(MAPPING.format(source=source), encoding="utf-8")
        return read_company(tmp_path / "company.toml", engine)

    return from_source


def money(own):
    facts = order_facts(own.company.orders, own.company.as_of) if own.reduced is None else own.reduced.facts
    return facts["monetary"].to_dict()


def test_the_password_goes_nowhere(address, ask, run, tmp_path):
    code, said = run(f'address = "{address}"\ntable = "sales"', more=WRITE_BACK.format(address=address))
    assert code == 0 and "5 rows read, 4 count" in said and "table “customer_tags”: 2 customers" in said
    for file in (tmp_path / "result").iterdir():
        assert SECRET.encode() not in file.read_bytes()
    manifest = (tmp_path / "result" / "manifest.json").read_text(encoding="utf-8")
    assert '"database": "postgresql://127.0.0.1:' in manifest and "crm@" not in manifest
    rows = "SELECT customer_id, monetary, as_of::date::text FROM customer_tags ORDER BY 1"
    assert ask(rows).fetchall() == [("C1", 1230.55, "2025-04-01"), ("C2", 4900.0, "2025-04-01")]


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_orders_come_from_postgresql(address, read, engine):
    own = read(f'address = "{address}"\ntable = "sales"', engine)
    assert own.cleaned.left_out == {"no_customer": 1} and money(own) == {"C1": 1230.55, "C2": 4900.0}
    own = read(f'address = "{address}"\nquery = "SELECT * FROM sales WHERE paid < 4000"', engine)
    assert own.cleaned.left_out == {"no_customer": 1, "no_purchase": 1} and money(own) == {"C1": 1230.55}


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_orders_come_from_sqlite_without_a_server(lite, read, engine):
    own = read(f'address = "{lite}"\ntable = "sales"', engine)
    counted = own.cleaned.counted
    assert (counted.rows_in, counted.bought, counted.returned) == (5, 3, 1)
    assert money(own) == {"C1": 1230.55, "C2": 4900.0}


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_rows_are_fetched_in_pieces_and_text_among_numbers_is_named(tmp_path, read, monkeypatch, engine):
    monkeypatch.setattr("custseg_helpers.reading.fetch.PIECE", 7)
    with sqlite3.connect(tmp_path / "shop.db") as made:
        made.execute("CREATE TABLE sales (order_no, member, ordered_on, paid)")
        rows = [(number, 10_000_000_000_000_001 + number % 5, "2025-03-01", 2.5) for number in range(50)]
        rows[20], rows[30] = (20, 10_000_000_000_000_001, "2025-03-01", "lots"), (30, None, "2025-03-01", 2.5)
        made.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", rows)
    made.close()
    own = read('address = "sqlite:///shop.db"\ntable = "sales"', engine)
    assert own.cleaned.unread_count == 1 and own.cleaned.unread["value"].tolist() == ["lots"]
    assert sum(money(own).values()) == 48 * 2.5 and "10000000000000001" in money(own)


def test_the_query_that_the_guide_offers_gives_what_the_lines_give(address, ask, read, tmp_path):
    """docs/scale.md: how a warehouse hands over facts."""
    guide = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    queries = set(re.findall(r"```sql\n(.*?)```", guide, re.S))
    orders = load("retail").orders.head(3000)
    day = pd.Timestamp("2025-07-01")
    database = Database(address)
    ask("DROP TABLE IF EXISTS order_lines")
    with connected(database, writing=True) as connection, connection.begin():
        rows = orders[["order_id", "customer_id", "order_date", "amount"]]
        rows = rows.assign(order_date=rows["order_date"].dt.date)
        rows.to_sql("order_lines", connection, index=False)
    for query in queries:
        names = ["customer_id", "recency_days", "frequency", "monetary", "tenure_days", "order_days"]
        columns = "".join(f'{name} = "{name}"\n' for name in names)
        words = f'name = "shop"\nas_of = {day:%Y-%m-%d}\n[facts]\naddress = "{address}"\nquery = """{query}"""\n[facts.columns]\n{columns}'
        (tmp_path / "company.toml").write_text(words, encoding="utf-8")
        own = read_company(tmp_path)
        expected = order_facts(orders, day)
        pd.testing.assert_frame_equal(own.reduced.facts[names[1:]], expected[names[1:]], check_exact=True)
        assert own.reduced.facts["mean_gap_days"].equals(expected["mean_gap_days"])
    assert len(queries) == 1


def test_a_query_cannot_change_the_database(address, ask, lite, run, tmp_path):
    query = "WITH gone AS (DELETE FROM sales RETURNING *) SELECT * FROM gone"
    code, said = run(f'address = "{address}"\nquery = "{query}"')
    assert code == 2 and "data-modifying" in said
    assert ask("SELECT count(*) FROM sales").fetchone() == (5,)
    code, said = run(f'address = "{lite}"\nquery = "DELETE FROM sales RETURNING *"')
    assert code == 2 and "readonly" in said
    assert sqlite3.connect(tmp_path / "shop.db").execute("SELECT count(*) FROM sales").fetchone() == (5,)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('address = "{pg}"\ntable = "sale"', "no table “sale”. It has: sales"),
        ('address = "{pg}"\nquery = "SELECT order_no FROM sales"', "no column “member”. It has: order_no"),
        ('address = "{pg}"\nquery = "SELEC 1"', "Reading “query” from .* failed: syntax error"),
        ('address = "postgresql://crm@127.0.0.1:9/postgres"\ntable = "sales"', "cannot be reached"),
        ('address = "postgresql://crm@127.0.0.1:9/postgres"\ntable = "sales"\nquery = "x"', "either table or query"),
        ('address = "postgresql://crm:{secret}@127.0.0.1/postgres"\ntable = "sales"', "password does not belong"),
        ('address = "hdfs://crm:{secret}@127.0.0.1/orders"', "password does not belong"),
        ('address = "sqlite:///nowhere.db"\ntable = "sales"', "no SQLite database .*nowhere.db"),
        ('address = "sqlite:///shop.db"\ntable = "sales"\nfile = "a.csv"', "does not go with file"),
        ('address = "shop.db"\ntable = "sales"', "no address of a database"),
        ('address = "mysql+pymysql://h/db"\ntable = "sales"', "needs its driver. Run: pip install pymysql"),
        ('address = "excel://h/db"\ntable = "sales"', "no kind of database"),
        ('table = "sales"', "Only Spark can read “sales”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_database_is_said_in_one_line(address, lite, run, tmp_path, source, says):
    code, said = run(source.replace("{pg}", address).replace("{secret}", SECRET))
    assert code == 2 and len(said.strip().splitlines()) == 1
    assert re.search(says, said), said
    assert not (tmp_path / "result").exists()


def test_a_wrong_password_and_a_missing_driver_are_said(address, run, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    code, said = run(f'address = "{address}"\ntable = "sales"')
    assert code == 2 and 'pip install "custseg[postgres]"' in said
    monkeypatch.delitem(sys.modules, "psycopg")
    monkeypatch.setenv(PASSWORD, "wrong-" + SECRET[::-1])
    code, said = run(f'address = "{address}"\ntable = "sales"')
    assert code == 2 and "password authentication failed" in said and os.environ[PASSWORD] not in said


TAGS = pd.DataFrame(
    {
        "monetary": [1230.55, 4900.0],
        "last_order": pd.to_datetime(["2025-03-20", "2025-03-05"]),
        "segment": ["champions", "回头客"],
        "grade": ["A", "B"],
        "cluster": pd.array([1, None], dtype="Int64"),
    },
    index=pd.Index(["C1", "C2"], name="customer_id"),
)
AS_OF = pd.Timestamp("2025-04-01")
SUM = "SELECT count(*), sum(monetary) FROM customer_tags"


def test_tags_are_replaced_by_the_next_run_and_views_on_them_live_on(address, ask):
    table = Database(address, "customer_tags")
    assert write_back(table, TAGS, AS_OF) == 2
    ask(
        "CREATE VIEW best AS SELECT customer_id, segment, last_order FROM customer_tags WHERE monetary > 2000"
    )
    write_back(table, TAGS.assign(monetary=[1.0, 3000.0]), AS_OF)
    assert ask(SUM).fetchone() == (2, 3001.0)
    assert ask("SELECT customer_id, segment, last_order::text FROM best").fetchall() == [
        ("C2", "回头客", "2025-03-05")
    ]
    ask("DROP VIEW best")
    write_back(table, TAGS.drop(columns="cluster"), AS_OF)
    assert ask(SUM).fetchone() == (2, 6130.55)


def test_the_connection_cut_half_way_leaves_the_old_table(address, ask, monkeypatch):
    table = Database(address, "customer_tags")
    write_back(table, TAGS, AS_OF)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
    to_sql = pd.DataFrame.to_sql

    def cut_half_way(frame, name, connection, **options):
        to_sql(frame.head(1), name, connection, **options)
        if "cluster" in frame:  # a table that is made anew keeps readers waiting
            assert ask(SUM).fetchone() == (2, 6130.55)
        assert ask(cut).fetchall() == [(True,)]
        to_sql(frame.tail(1), name, connection, **options)

    monkeypatch.setattr(pd.DataFrame, "to_sql", cut_half_way)
    for changed in (TAGS.assign(monetary=0.0), TAGS.drop(columns="cluster")):
        with pytest.raises(UserError, match=r"did not finish: .*The old table stands") as raised:
            write_back(table, changed, AS_OF)
        assert "还是原来的表" in raised.value.text.zh and SECRET not in str(raised.value)
        assert ask(SUM).fetchone() == (2, 6130.55)
    assert ask("SELECT count(cluster) FROM customer_tags").fetchone() == (1,)


def test_a_table_of_somebody_else_is_found_before_the_run_and_not_replaced(address, ask, run, tmp_path):
    ask("CREATE TABLE customer_tags (customer_id text, note text)")
    code, said = run(f'address = "{address}"\ntable = "sales"', more=WRITE_BACK.format(address=address))
    assert code == 2 and "was not written by custseg" in said
    ask("DROP TABLE customer_tags")
    ask("CREATE VIEW customer_tags AS SELECT * FROM sales")
    code, said = run(f'address = "{address}"\ntable = "sales"', more=WRITE_BACK.format(address=address))
    assert code == 2 and "is a view" in said
    ask("DROP VIEW customer_tags")
    code, said = run(
        f'address = "{address}"\ntable = "sales"', more=WRITE_BACK.format(address="mysql://h/db")
    )
    assert code == 2 and "PostgreSQL and SQLite only" in said
    wrong = WRITE_BACK.format(address=address).replace("customer_tags", "crm.customer_tags")
    assert "no schema “crm”" in run(f'address = "{address}"\ntable = "sales"', more=wrong)[1]
    assert not (tmp_path / "result").exists()


def test_sqlite_is_written_back_in_one_transaction_too(lite, run, tmp_path, monkeypatch):
    back = WRITE_BACK.format(address="sqlite:///tags.db")
    assert run(f'address = "{lite}"\ntable = "sales"', "--dry-run", more=back)[0] == 0
    assert not (tmp_path / "tags.db").exists()
    table = Database("sqlite:///tags.db", "customer_tags", home=tmp_path)
    write_back(table, TAGS, AS_OF)
    tags = sqlite3.connect(tmp_path / "tags.db")
    assert tags.execute(SUM).fetchone() == (2, 6130.55)
    to_sql = pd.DataFrame.to_sql

    def breaks(frame, name, connection, **options):
        to_sql(frame.head(1), name, connection, **options)
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(pd.DataFrame, "to_sql", breaks)
    for changed in (TAGS.assign(monetary=0.0), TAGS.drop(columns="cluster")):
        with pytest.raises(UserError, match=r"no such table: nowhere.*The old table stands"):
            write_back(table, changed, AS_OF)
        assert tags.execute(SUM).fetchone() == (2, 6130.55)
    tags.close()


def test_the_connection_cut_at_the_commit_is_told_apart(tmp_path, monkeypatch):
    """Nobody knows then which table stands, only that it is whole; saying “the old one” would be a guess."""
    from sqlalchemy.engine import Transaction
    from sqlalchemy.exc import OperationalError

    def lost(_):
        raise OperationalError("COMMIT", {}, OSError("connection lost"))

    monkeypatch.setattr(Transaction, "commit", lost)
    with pytest.raises(UserError, match="all old or all new"):
        write_back(Database("sqlite:///tags.db", "customer_tags", home=tmp_path), TAGS, AS_OF)


def test_a_server_that_stops_while_the_rows_come_is_said(postgres, address, run, tmp_path):
    """A line that talks PostgreSQL up to a point and is then cut."""
    with socket.create_server(("127.0.0.1", 0)) as gate:

        def through():
            here, _ = gate.accept()
            there = socket.create_connection(("127.0.0.1", postgres))
            threading.Thread(target=relay, args=(here, there, None), daemon=True).start()
            relay(there, here, 1200)

        threading.Thread(target=through, daemon=True).start()
        cut = address.replace(str(postgres), str(gate.getsockname()[1]))
        code, said = run(f'address = "{cut}"\ntable = "sales"')
    assert code == 2 and ("failed" in said or "cannot be reached" in said)
    assert not (tmp_path / "result").exists()


def relay(source, target, limit):
    """Pass bytes on; after `limit` of them hang up on both sides."""
    passed = 0
    try:
        while data := source.recv(400):
            target.sendall(data)
            passed += len(data)
            if limit and passed > limit:
                break
    except OSError:
        pass
    for side in (source, target):
        side.close()
