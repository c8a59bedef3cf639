"""`custseg collect`: a folder of handed-in workbooks becomes one graded class.

Each workbook is graded on its own (see `grading.grade`), two at a time. Every grade is noted as soon as it is there, so
a run that was stopped goes on where it was, and a late workbook costs only its own time.
"""

import json
import secrets
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from functools import partial
from importlib.metadata import version
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

from custseg_helpers.files.folder import MANIFEST, whole_folder
from custseg_helpers.files.passing import clear_away
from custseg_helpers.files.whole import append_json, json_lines, read_text, write_whole
from custseg_helpers.grading.aside import Aside, Spoiled
from custseg_helpers.grading.class_report import write
from custseg_helpers.grading.class_tables import Graded
from custseg_helpers.grading.grade import READING, failed, grade, key
from custseg_helpers.grading.handed_in import collect_files, handed_in
from custseg_helpers.grading.owners import read_names
from custseg_helpers.grading.sandbox import Limits, sandbox
from custseg_helpers.grading.text_marks import NAME as MARKS_FILE
from custseg_helpers.grading.text_marks import read_marks, write_marks
from custseg_helpers.grading.workbooks import HandedIn, from_json
from custseg_helpers.words.text import T, UserError

WORKERS = 2
FIRST_SEED, SEEDS = 10_000, 1_000_000
"""Where drawn seeds begin, well beyond those that the course itself uses, and how many there are."""
GRADES = "graded.jsonl"

NO_SANDBOX = T(
    zh="没有沙箱：学员的代码以您的身份运行，能读写您的文件、能上网。只在信得过学员、或在一台可以重装的电脑上这样做。",
    en="No sandbox: learners' code ran as you, and could read and write your files and use the network. Do this only with people you trust, or on a machine you can set up anew.",
)


def collect(
    folder: Path,
    out: Path,
    *,
    company: str = "retail",
    seed: int | None = None,
    limits: Limits | None = None,
    shut_in: bool = True,
    names: Path | None = None,
    done: Callable[[int, int, str], Any] = lambda *_: None,
) -> list[Graded]:
    """Grade every workbook of a folder and write the class into `out`, whole or not at all.

    Args:
        folder: what was handed in: workbooks and zips, in any folders, with any names.
        out: the folder of results; `graded.jsonl` in it lets a later run keep what is graded, and `marks.csv` what the
            trainer thinks of the texts.
        company: the sample company the class works with.
        seed: which of its many versions; by default the one that `out` has from its first grading, where it is drawn.
        limits: what a workbook may use.
        shut_in: run workbooks under bubblewrap.
        names: a CSV that says whose a file is, see `owners.read_names`.
        done: told how many are graded, of how many, and the last file's name.
    """
    limits = limits or Limits()
    if out.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            zh=f"结果不能写进交作业的文件夹“{folder}”里面，请换一个 --out。",
            en=f"The results cannot go into “{folder}”, where the work was handed in; choose another --out.",
        )
    settled = read_names(names) if names else {}
    clear_away(
        Path(tempfile.gettempdir())
    )  # also where everything is graded already, and no sandbox is opened
    with closing(Aside()) as aside:
        entries, progress = handed_in(collect_files(folder, partial(_read, aside)), settled)
    if not entries:
        raise UserError(zh=f"“{folder}”里没有作业。", en=f"There is no work in “{folder}”.")
    journal = out.resolve().parent / f".{out.resolve().name}.{GRADES}"
    journal.parent.mkdir(parents=True, exist_ok=True)
    seed = _seed(out / MANIFEST, journal) if seed is None else seed
    setup = {"company": company, "seed": seed}
    keys = ["" if entry.problem else key(entry, setup, limits, shut_in=shut_in) for entry in entries]
    known = _known(out / GRADES) | _known(journal)
    waiting = {name: entry for name, entry in zip(keys, entries, strict=True) if name and name not in known}
    if waiting:
        known |= _run(waiting, journal, setup, limits, [folder, journal.parent], shut_in, done)
    graded = [Graded(entry, known.get(name)) for entry, name in zip(entries, keys, strict=True)]
    marks = read_marks(out / MARKS_FILE)
    with whole_folder(out) as draft:
        write(graded, progress, marks, draft, seed=seed, note=None if shut_in else NO_SANDBOX)
        if marks:
            write_marks(draft / MARKS_FILE, marks)
        for name in dict.fromkeys(name for name in keys if name and "again" not in known[name]):
            append_json(draft / GRADES, {"key": name, "grade": known[name]})
        manifest = setup | {"command": "collect", "version": version("custseg"), "sandbox": shut_in}
        write_whole(draft / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    journal.unlink(missing_ok=True)
    return graded


def _seed(manifest: Path, journal: Path) -> int:
    """Return the seed that a class is graded on: noted in its results, or in what a stopped run left, else drawn now.

    Nobody can know it before, so a number copied from anywhere does not hold.
    """
    try:
        noted = json.loads(read_text(manifest)) if manifest.is_file() else {}
    except ValueError:
        noted = {}
    for entry in [noted, *json_lines(journal)[0].values()]:
        if isinstance(entry, dict) and isinstance(entry.get("seed"), int):
            return int(entry["seed"])
    drawn = FIRST_SEED + secrets.randbelow(SEEDS)
    append_json(journal, {"seed": drawn})
    return drawn


def _read(aside: Aside, path: Path, name: str, when: float) -> list[HandedIn]:
    """Return what a file holds, read aside; one that cannot be read there keeps its entry, too."""
    try:
        return [
            from_json(entry) for entry in aside.ask("read", READING, file=str(path), name=name, when=when)
        ]
    except Spoiled as spoiled:
        return [HandedIn(name, "", when=when, problem=spoiled.text)]


def _run(
    waiting: dict[str, HandedIn],
    journal: Path,
    setup: dict[str, Any],
    limits: Limits,
    private: list[Path],
    shut_in: bool,
    done: Callable[[int, int, str], Any],
) -> dict[str, Any]:
    """Grade workbooks, two at a time; whatever happens to one of them, the others are graded."""
    stop = Event()
    found: dict[str, Any] = {}
    free: Queue[Aside] = Queue()

    def one(entry: HandedIn, number: int) -> dict[str, Any] | None:
        aside = free.get()
        try:
            return grade(entry, box, aside, setup, limits, number=number, stop=stop)
        finally:
            free.put(aside)

    with ExitStack() as open_:
        box = open_.enter_context(sandbox(shut_in=shut_in, private=private))
        for _ in range(WORKERS):
            free.put(open_.enter_context(closing(Aside(stop))))
        pool = open_.enter_context(ThreadPoolExecutor(WORKERS))
        jobs = {pool.submit(one, entry, number): name for number, (name, entry) in enumerate(waiting.items())}
        try:
            for count, job in enumerate(as_completed(jobs), 1):
                name = jobs[job]
                try:
                    result = job.result()
                except Exception as error:
                    result = failed(waiting[name], error)
                else:
                    append_json(journal, {"key": name, "grade": result})
                found[name] = result
                done(count, len(jobs), waiting[name].file)
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return found


def _known(path: Path) -> dict[str, Any]:
    entries, _ = json_lines(path)
    return {
        entry["key"]: entry["grade"] for entry in entries.values() if entry.get("key") and entry.get("grade")
    }
