"""Texts that a class handed in: people mark them, every later run reads the marks, and no machine gives a point."""

import json
from http.client import HTTPConnection
from queue import Queue
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.commands.teach import collect as command
from custseg_helpers.grading import marking
from custseg_helpers.grading.class_report import write
from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.marking import mark, marking_page
from custseg_helpers.grading.text_marks import NAME, fingerprint, read_marks, write_marks
from custseg_helpers.grading.workbooks import HandedIn, spoken
from custseg_helpers.learn.check import judge
from custseg_helpers.learn.lessons import exercise, exercises
from custseg_helpers.teach.certificate import shares, text_shares
from custseg_helpers.words.text import UserError, use_language

ASKED = "rfm-to-manager"
POINTS = list(exercise(ASKED).words.rubric)
TEXTS = {
    "Ann": "She came every month and has been away for 120 days; the manager should call and ask why.",
    "Bob": "She is important to us, and so we should really take care of her.",
    "Cem": "She is important to us,  and so we should really take care of her. ",
    "Dan": "Nice.",
}


def handed_in(learner, text):
    """Return a workbook of lesson 04 in which everything is right, with this text."""
    marks = {
        task.id: {"outcome": "passed", "cause": None, **spoken(exercise(ASKED).words.hints[0])}
        for task in exercises("04").values()
    }
    said = judge(exercise(ASKED), text)
    marks[ASKED] = {"outcome": said.outcome, "cause": None, **spoken(said.message)}
    if said.outcome == "written":
        marks[ASKED]["text"] = text
    result = {"exercises": marks, "reason": None, "seconds": 1.0, "memory": 1_000_000}
    return Graded(HandedIn(f"{learner}.ipynb", learner, "04", "en"), result)


@pytest.fixture
def class_():
    use_language("en")
    return [handed_in(*pair) for pair in TEXTS.items()]


def tables(folder):
    return {
        name: pd.read_csv(folder / f"{name}.csv", dtype={"lesson": str})
        for name in ("answers", "learners", "texts")
    }


def marked(**given):
    """Return marks: for each learner the first points of the rubric, as letters s, p, n."""
    words = {"s": "said", "p": "partly", "n": "not"}
    return {
        (learner, ASKED, fingerprint(TEXTS[learner])): {
            point: words[letter] for point, letter in zip(POINTS, letters, strict=False)
        }
        for learner, letters in given.items()
    }


def test_before_anybody_read_them_texts_are_worth_nothing_and_cost_nothing(class_, tmp_path):
    write(class_, {}, {}, tmp_path, seed=7)
    found = tables(tmp_path)
    row = found["learners"].set_index("learner").loc["Ann"]
    judged = [task for task in exercises("04").values() if task.answer is not None]
    assert row["points"] == row["of"] and row["of"] + row["stretch points"] == len(judged)
    assert (row["texts written"], row["texts asked"]) == (1, 1) and pd.isna(row["texts marked out of"])
    assert shares(tmp_path)["Ann"]["all"] == 1.0 and text_shares(tmp_path) == {}
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert "People read 3 texts; 0 are marked" in page


def test_the_texts_stand_with_the_points_and_same_words_are_pointed_out(class_, tmp_path):
    write(class_, {}, marked(Ann="ssp"), tmp_path, seed=7)
    texts = tables(tmp_path)["texts"].set_index("learner")
    assert list(texts.index) == ["Ann", "Bob", "Cem"]
    assert texts.loc["Ann", "text"] == TEXTS["Ann"] and pd.isna(texts.loc["Ann", "same words as"])
    assert (texts.loc["Bob", "same words as"], texts.loc["Cem", "same words as"]) == ("Cem", "Bob")
    assert texts.loc["Ann", "points and the trainer's marks"].count(": said") == 2
    for point in exercise(ASKED).words.rubric.values():
        assert f"{point.en}: not marked yet" in texts.loc["Bob", "points and the trainer's marks"]
    assert (texts.loc["Ann", "points for texts"], texts.loc["Ann", "texts marked out of"]) == (2.5, 3)


def test_marks_count_once_every_point_of_a_text_is_marked(class_, tmp_path):
    write(class_, {}, marked(Ann="sss", Bob="n"), tmp_path, seed=7)
    answers = tables(tmp_path)["answers"].query("exercise == @ASKED").set_index("learner")
    assert answers.loc["Ann", "points for texts"] == 3 and pd.isna(answers.loc["Bob", "points for texts"])
    assert answers["points"].isna().all()
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    assert "1/1, points 3/3" in page and "✎ 3/3" in page
    own = (tmp_path / "feedback-Ann.html").read_text(encoding="utf-8")
    assert f"· {exercise(ASKED).words.rubric[POINTS[0]].en}: said" in own


def test_a_certificate_counts_texts_apart_and_by_the_trainers_marks_alone(class_, tmp_path):
    write(class_, {}, marked(Ann="sss", Bob="nns"), tmp_path, seed=7)
    assert text_shares(tmp_path) == {"Ann": 1.0, "Bob": pytest.approx(1 / 3), "Dan": 0.0}
    assert {name: parts["all"] for name, parts in shares(tmp_path).items()} == dict.fromkeys(TEXTS, 1.0)


def test_a_text_that_was_changed_since_is_unmarked(class_, tmp_path):
    changed = handed_in("Ann", TEXTS["Ann"] + " Leave 50 uncalled, to compare.")
    write([changed], {}, marked(Ann="sss"), tmp_path, seed=7)
    assert tables(tmp_path)["texts"]["points for texts"].isna().all()


def test_marks_come_back_from_the_file_however_a_spreadsheet_saved_it(tmp_path):
    odd = ("=Eve", "'-x", "''=y", "'quoted'", "0012", "3-4", "202301234567890", "-", 'Bo "B"', "a,b;c")
    marks = marked(Ann="spn") | {(name, ASKED, "t0"): {POINTS[0]: "said"} for name in odd}
    write_marks(tmp_path / NAME, marks)
    assert read_marks(tmp_path / NAME) == marks and read_marks(tmp_path / "none.csv") == {}
    text = (
        (tmp_path / NAME)
        .read_text(encoding="utf-8-sig")
        .replace("Ann", "王芳")
        .replace(",partly,", ",说到一部分,")
    )
    (tmp_path / NAME).write_text(text.replace("\n", "\r\n"), encoding="gbk", newline="")
    found = read_marks(tmp_path / NAME)
    assert found["王芳", ASKED, fingerprint(TEXTS["Ann"])] == marks["Ann", ASKED, fingerprint(TEXTS["Ann"])]


def test_marks_come_back_where_lists_are_divided_by_semicolons_and_rows_were_emptied(tmp_path):
    marks = marked(Ann="spn", Bob="s")
    write_marks(tmp_path / NAME, marks)
    saved = (tmp_path / NAME).read_text(encoding="utf-8-sig").replace(",", ";") + ";;;;\n\n"
    (tmp_path / NAME).write_text(saved, encoding="utf-8")
    assert read_marks(tmp_path / NAME) == marks


def test_a_name_never_reaches_a_spreadsheet_as_a_number_or_a_formula(tmp_path):
    write_marks(
        tmp_path / NAME, {(name, ASKED, "t0"): {POINTS[0]: "said"} for name in ("0012", "=1+1", "Ann")}
    )
    first = [
        line.partition(",")[0] for line in (tmp_path / NAME).read_text(encoding="utf-8-sig").splitlines()
    ]
    assert first == ["learner", "'0012", "'=1+1", "Ann"]


def test_a_slip_in_the_file_is_told_with_its_line(tmp_path):
    use_language("en")
    write_marks(tmp_path / NAME, marked(Ann="s"))
    with open(tmp_path / NAME, "a", encoding="utf-8") as file:
        file.write(f"Bob,{ASKED},{POINTS[0]},good,t1\n")
    with pytest.raises(UserError, match=r"marks.csv, line 3, .*said, partly, not"):
        read_marks(tmp_path / NAME)


class Marking:
    """The marking page, open."""

    def __init__(self, graded, file):
        heard = Queue()
        self.thread = Thread(target=mark, args=(graded, file, heard.put), daemon=True)
        self.thread.start()
        self.address = heard.get(timeout=30)

    def get(self, path=""):
        with urlopen(self.address + path, timeout=30) as answer:
            return answer.read().decode()

    def post(self, path, **content):
        """Return the status and the words of an answer."""
        try:
            with urlopen(self.address + path, json.dumps(content).encode(), timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def click(self, learner, point, given):
        text = fingerprint(TEXTS[learner])
        return self.post("mark", learner=learner, exercise=ASKED, text=text, point=point, mark=given)


@pytest.fixture
def open_page(class_, tmp_path):
    opened = Marking(class_, tmp_path / NAME)
    yield opened
    opened.post("done")
    opened.thread.join(timeout=30)
    assert not opened.thread.is_alive()


def test_every_click_is_kept_at_once_and_seen_when_the_page_is_opened_again(open_page, tmp_path):
    first = open_page.get()
    assert "0 of 3 texts marked" in first and " checked>" not in first and TEXTS["Ann"] in first
    assert first.count("The same words as") == 2 and "://" not in first.replace(open_page.address, "")
    for point, given in zip(POINTS, ("said", "not", "partly"), strict=True):
        assert open_page.click("Ann", point, given) == (200, "")
        assert read_marks(tmp_path / NAME)["Ann", ASKED, fingerprint(TEXTS["Ann"])][point] == given
    assert open_page.click("Ann", POINTS[0], "partly")[0] == 200  # second thoughts
    again = open_page.get()
    assert "1 of 3 texts marked" in again and again.count(" checked>") == 3
    assert read_marks(tmp_path / NAME)["Ann", ASKED, fingerprint(TEXTS["Ann"])][POINTS[0]] == "partly"


def test_nothing_else_is_taken_for_a_mark(open_page, tmp_path):
    assert open_page.click("Ann", POINTS[0], "great")[0] == 400
    assert open_page.click("Ann", "nothing_such", "said")[0] == 400
    assert (
        open_page.post("mark", learner="Eve", exercise=ASKED, text="t0", point=POINTS[0], mark="said")[0]
        == 400
    )
    assert open_page.post("mark")[0] == 400
    without_secret = open_page.address.rsplit("/", 2)[0]
    with pytest.raises(HTTPError):
        urlopen(f"{without_secret}/guess/mark", b"{}", timeout=30)
    assert not (tmp_path / NAME).exists()


def test_a_file_that_cannot_be_read_is_told_on_the_page(open_page, tmp_path):
    (tmp_path / NAME).write_text("learner,exercise\nAnn,x\n", encoding="utf-8")
    status, said = open_page.click("Ann", POINTS[0], "said")
    assert status == 409 and "marks.csv, line 2" in said
    with pytest.raises(HTTPError) as reloaded:
        open_page.get()
    told = reloaded.value.read().decode()
    assert reloaded.value.code == 409 and "marks.csv, line 2" in told and "reload" in told


def test_a_file_that_another_program_holds_is_told_on_the_page(open_page, tmp_path, monkeypatch):
    def held(path):
        raise PermissionError(13, "Permission denied")

    (tmp_path / NAME).write_text("learner\n", encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.read_bytes", held)
    status, said = open_page.click("Ann", POINTS[0], "said")
    assert status == 409 and "marks.csv" in said and "another program" in said


def test_the_command_grades_opens_the_page_and_writes_the_tables_with_the_marks(
    class_, tmp_path, monkeypatch, capsys
):
    done = []
    monkeypatch.setattr(command, "collect", lambda *_, **__: done.append("graded") or class_)

    def page(graded, file, opened):
        done.append(file.name)
        opened("http://127.0.0.1:1/secret/")

    monkeypatch.setattr(marking, "mark", page)
    line = ["collect", "in", "--out", str(tmp_path / "class"), "--lang", "en", "--mark", "--no-browser"]
    assert main(line) == 0 and done == ["graded", NAME, "graded"]
    assert "http://127.0.0.1:1/secret/" in capsys.readouterr().out


def test_a_text_cannot_break_out_of_the_page(tmp_path):
    use_language("en")
    evil = '</p><script>alert("!")</script><img src=x onerror=alert(1)> and a learner called so'
    page = marking_page([handed_in('"><b>', evil)], {}, tmp_path / NAME)
    assert "alert(&#34;!&#34;)" in page and "<img" not in page and '"><b>' not in page


def raw(address, method, path, body=None, **headers):
    """Return the status of a request as a stranger's program makes it."""
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname, place.port, timeout=30)
    connection.request(
        method, place.path + path, body, {name.replace("_", "-"): value for name, value in headers.items()}
    )
    return connection.getresponse()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Origin": "http://localhost:1"},
    ],
    ids=str,
)
def test_what_another_page_asks_gives_no_mark_even_with_the_secret(open_page, tmp_path, headers):
    click = {"learner": "Ann", "exercise": ASKED, "text": fingerprint(TEXTS["Ann"])}
    body = json.dumps(click | {"point": POINTS[0], "mark": "said"})
    assert raw(open_page.address, "POST", "mark", body, **headers).status == 404
    assert raw(open_page.address, "POST", "done", b"{}", **headers).status == 404
    assert raw(open_page.address, "GET", "", **headers).status == 404
    assert not (tmp_path / NAME).exists() and open_page.thread.is_alive()


@pytest.mark.parametrize("length", ["-1", "9999999999", "x", "1e9"])
def test_a_click_of_no_sensible_length_is_refused_at_once(open_page, length, capfd):
    assert raw(open_page.address, "POST", "mark", b"", Content_Length=length).status == 413
    assert "Traceback" not in capfd.readouterr().err


def test_a_click_that_is_nested_without_end_is_refused(open_page, capfd):
    assert raw(open_page.address, "POST", "mark", b"[" * 9_000).status == 400
    assert "Traceback" not in capfd.readouterr().err


def test_the_page_is_kept_by_nobody_and_framed_by_nobody(open_page):
    headers = raw(open_page.address, "GET", "").headers
    assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"
