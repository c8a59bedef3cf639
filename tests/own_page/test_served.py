"""What strangers try on the own-data page's server: real requests to a real server of this computer."""

import http.client
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from custseg_helpers.own_page import page as own_page
from custseg_helpers.own_page import served, steps, upload
from custseg_helpers.own_page.reopen import reopened
from custseg_helpers.words.text import UserError

pytestmark = pytest.mark.slow

ELSEWHERE = "evil.example"


class Server:
    """`custseg app` as people start it, and one's own requests to it."""

    def __init__(self, home, visits=served.VISITS):
        self.home = home
        start = (
            f"import sys; from custseg_helpers.own_page import served; served.VISITS = {visits}\n"
            "from custseg_helpers.commands.main import main; sys.exit(main(sys.argv[1:]))"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", start, "app", "--lang", "en", "--no-browser"],
            env=os.environ | {"HOME": str(home), "TMPDIR": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        said = ""
        while "http://" not in said and self.process.poll() is None:
            said += self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", said)
        self.port, self.token = int(found[1]), found[2]

    def ask(self, path, method="GET", body=None, **headers):
        """Return status, headers and text of an answer; `Sec_Fetch_Site="none"` is a header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        return answer.status, answer.headers, text

    def page(self, **headers):
        return self.ask(f"/?token={self.token}", **headers)

    def visits(self):
        return sorted(self.home.glob("custseg-app-*/visit-*"))

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=60)
        assert list(self.home.glob("custseg-app-*")) == []  # nothing is left of any visit


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("app"))
    yield made
    made.stop()


def test_it_listens_on_this_computer_alone(server):
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("only Linux lists its sockets in a file")
    rows = [line.split() for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{server.port:04X}")}
    assert listening == {f"0100007F:{server.port:04X}"}


@pytest.mark.parametrize(
    "path",
    ["/", "/?token=", "/?token=guess", "/adapt.ipynb", "/voila/files/visit.png", "/api/kernels/0-0-0-0-0", "/api/contents"],
)  # fmt: skip
def test_without_the_secret_there_is_nothing(server, path):
    status, _, text = server.ask(path)
    assert status in (302, 403, 404) and "widget" not in text


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "127.0.0.1", "localhost.evil.example", "127.0.0.1.nip.example", "", "[::1]"]
)
def test_a_name_that_was_made_to_mean_this_computer_is_refused(server, host):
    host = host and f"{host}:{server.port}" if host != "127.0.0.1" else host
    assert server.page(Host=host)[0] in (400, 403)
    assert server.ask("/voila/static/voila.js", Host=host)[0] in (400, 403)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
    ],
    ids=str,
)
def test_what_another_page_asks_is_refused_even_with_the_secret(server, headers):
    assert server.page(**headers)[0] == 403
    assert server.ask("/login?next=/", method="POST", body="password=x", **headers)[0] == 403


def opened(server):
    """Return the kernel and the cookies of a page that is opened."""
    status, headers, text = server.page()
    assert status == 200
    cookies = [one.split(";")[0] for one in headers.get_all("Set-Cookie")]
    return re.search(r'"kernelId": "([\w-]+)"', text)[1], "; ".join(cookies), headers


def test_two_visitors_have_a_folder_and_a_process_each_and_both_go_when_they_leave(server):
    first, cookie, headers = opened(server)
    second, other, _ = opened(server)
    assert first != second and len(server.visits()) >= 2
    assert all("SameSite=Strict" in one for one in headers.get_all("Set-Cookie"))
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "*" not in policy
    bye = f"/voila/api/shutdown/{first}"
    crumb = re.search(r"_xsrf=([^;]+)", cookie)[1]
    for wrong in ({}, {"Cookie": cookie}, {"Cookie": cookie, "Origin": f"http://{ELSEWHERE}"}):
        assert server.ask(bye, method="POST", **wrong)[0] == 403
    before = set(server.visits())
    form = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    assert server.ask(bye, method="POST", body=f"_xsrf={crumb}", **form)[0] == 204
    assert len(before - set(server.visits())) == 1
    bye, crumb = f"/voila/api/shutdown/{second}", re.search(r"_xsrf=([^;]+)", other)[1]
    assert server.ask(bye, method="POST", body=f"_xsrf={crumb}", **(form | {"Cookie": other}))[0] == 204


def test_nobody_fills_the_computer_with_pages(tmp_path):
    settings = served.settings(None, "en", "t")
    assert 0 < settings["MappingKernelManager"]["cull_idle_timeout"] <= 3600
    small = Server(tmp_path, visits=2)
    try:
        answers = [small.page()[::2] for _ in range(4)]
        assert answers[0][0] == 200
        assert answers[-1] == (503, "Too many pages are open (2). Close one, then reload.")
    finally:
        small.stop()


def mapping(file):
    return (
        f'name = "x"\nas_of = 2025-07-01\ncurrency = "CNY"\n[orders]\nfile = {json.dumps(str(file))}\n'
        '[orders.columns]\norder_id = "a"\ncustomer_id = "b"\norder_date = "c"\namount = "d"\n'
    )


ROWS = "a,b,c,d\n1,x,2025-06-01,5\n2,y,2025-06-02,6\n"


def test_a_visitors_mapping_reads_nothing_but_her_own_files(tmp_path):
    mine, theirs = tmp_path / "visit-1", tmp_path / "visit-2"
    for place in (mine, theirs):
        place.mkdir()
        (place / "orders.csv").write_text(ROWS, encoding="utf-8")
    (theirs / "secret.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "outside.csv").write_text(ROWS, encoding="utf-8")
    path = mine / "company.toml"
    for file in (theirs / "secret.csv", "../visit-2/secret.csv", tmp_path / "outside.csv", theirs):
        path.write_text(mapping(file), encoding="utf-8")
        with pytest.raises(UserError):
            reopened(path, mine, alone=True)
    database = mapping("x").replace('file = "x"', 'database = "sqlite:///x.db"\ntable = "t"')
    path.write_text(database, encoding="utf-8")
    with pytest.raises(UserError):
        reopened(path, mine, alone=True)
    path.write_text(
        mapping("orders.csv") + '[write_back]\ndatabase = "postgresql://boss@127.0.0.1:1/x"\ntable = "t"\n',
        encoding="utf-8",
    )
    with pytest.raises(UserError):
        reopened(path, mine, alone=True)
    for file in ("orders.csv", "C:/Users/boss/orders.csv"):  # the second lies beside it, as she uploaded it
        path.write_text(mapping(file), encoding="utf-8")
        assert len(reopened(path, mine, alone=True).orders.sheet.frame) == 2


def test_an_upload_ends_where_it_is_too_much(monkeypatch):
    monkeypatch.setattr(upload, "MOST_BYTES", 1_000)
    monkeypatch.setattr(upload, "MOST_FILES", 3)
    taken, said = [], []
    widget = upload.Upload(taken.append, (".csv",))
    monkeypatch.setattr(upload.Upload, "send", lambda self, content: said.append(content))
    for at in range(0, 2_000, 100):
        if "refused" in (said[-1] if said else {}):
            break
        widget.heard({"name": "large.csv", "at": at}, [b"x" * 100])
    assert "refused" in said[-1] and at <= 1_100 and not widget.held
    for n in range(4):
        widget.heard({"name": f"{n}.csv", "at": 0}, [b"x"])
    assert "refused" in said[-1] and taken == []


def test_a_visit_does_not_fill_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "VISIT_BYTES", 1_000)
    (tmp_path / "there.csv").write_bytes(b"x" * 900)
    steps.check_room(tmp_path, 100)
    with pytest.raises(UserError):
        steps.check_room(tmp_path, 101)
    shown = own_page.show(tmp_path, own_page.VISITOR)
    assert shown.widget
