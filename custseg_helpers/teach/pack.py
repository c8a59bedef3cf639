"""`custseg pack`: what a class gets, as one zip file that a laptop without programmers opens.

The zip holds the course's folder as learners need it: the chosen lessons in one language, the package, the data, and
a file to double-click. Answers may come later, as a second zip to unpack over the first. With `--wheels` it brings the
software along, for rooms without network.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from custseg_helpers.course.solutions import BEGIN
from custseg_helpers.learn.lessons import about, lesson_folder, lesson_folders, number_and_topic
from custseg_helpers.learn.start_page import TITLE
from custseg_helpers.paths import course_root
from custseg_helpers.teach.pack_wheels import Target, collect_wheels
from custseg_helpers.words.text import T, UserError

FOLDER = "custseg"
FOR_LEARNERS = (
    "about.toml",
    "answers.py",
    "builder.toml",
    "elsewhere.py",
    "feedback.toml",
    "minutes.toml",
    "old_ids.toml",
    "quiz.toml",
    "rubric.toml",
    "rungs.json",
)
TEXTS = Path(__file__).with_name("class_pack")
README = T(zh="先读我.txt", en="README.txt")
START = T(zh="开始", en="Start")
"""The files to double-click lie in the course's own folder, `.bat` for Windows and `.command` for macOS."""
PYTHONS = re.compile(r'(?<=PYTHONS=)[\d. ]+|(?<=PYTHONS=")[\d. ]+')
"""The versions they look for, the best first."""
RELEASED = T(
    zh='参考答案在里面：在练习册里运行 solution("…")。',
    en='The model answers are in it: run solution("…") in a workbook.',
)
HELD_BACK = T(
    zh='参考答案由老师课后发。收到后，把那个压缩包里的 solutions 文件夹拖进 custseg 文件夹，\n再在练习册里运行 solution("…") 就能看到。',
    en='The model answers come later from your trainer. Then drag the folder solutions out of that zip\ninto the folder custseg, and run solution("…") in a workbook.',
)
OFFLINE = T(
    zh="\n需要的软件都在 wheels 文件夹里，安装时不用上网。",
    en="\nThe software is in the folder wheels: nothing is taken from the network.",
)
LINK = re.compile(r"\[([^\]\n]+)\]\((?:\.\./\.\./\w+/\w+/)?(\w+)\.ipynb\)")


def class_pack(
    numbers: Sequence[str], lang: str, *, solutions: bool = True, targets: Sequence[Target] = ()
) -> dict[str, bytes]:
    """Return the files of a class pack by their paths in the zip, wheels apart.

    Args:
        numbers: the lessons, as `syllabus.chosen` gives them.
        lang: the class's language.
        solutions: with the model answers.
        targets: the machines for which wheels will be added; the first lines of the README name their Pythons.
    """
    root = _checkout()
    folders = [lesson_folder(number) for number in numbers]
    files = {name: (root / name).read_bytes() for name in ("start.py", "requirements.lock")}
    files |= {path.name: path.read_bytes() for path in sorted(root.glob("LICENSE*"))}
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    files["pyproject.toml"] = re.sub(r"^readme = .*\n", "", project, flags=re.MULTILINE).encode()
    for name in ("custseg_helpers", "datasets"):
        files |= _tree(root, root / name)
    for folder in folders:
        for name in FOR_LEARNERS:
            if (folder / name).is_file():
                files[f"lessons/{folder.name}/{name}"] = (folder / name).read_bytes()
    for kind in ("notebooks", "exercises"):
        files |= _pages(root, kind, lang, numbers)
    if solutions:
        files |= _pages(root, "solutions", lang, numbers)
    _no_answers(files)
    files |= _to_open(numbers, lang, solutions, targets)
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def solutions_pack(numbers: Sequence[str], lang: str) -> dict[str, bytes]:
    """Return the files of the second zip, to unpack into the folder that has start.py: `solutions/<lang>/…`."""
    return _pages(_checkout(), "solutions", lang, numbers)


def without_dead_links(text: str, numbers: Sequence[str], lang: str) -> str:
    """Return a notebook in which a link to a lesson that is not in the pack is words, and says so.

    >>> without_dead_links("[03 · Value](03_value.ipynb), [04 · RFM](04_rfm.ipynb)", ["04"], "en")
    '03 · Value (not in this pack), [04 · RFM](04_rfm.ipynb)'
    """
    away = T(zh="（不在这个课程包里）", en=" (not in this pack)").within(lang)

    def kept(link: re.Match[str]) -> str:
        lesson = number_and_topic(link[2].removesuffix("_exercises"))
        return link[0] if not lesson or lesson[0] in numbers else link[1] + away

    return LINK.sub(kept, text)


def spans(numbers: Sequence[str]) -> str:
    """Return lesson numbers in short.

    >>> spans(["01", "02", "03", "07"])
    '01–03, 07'
    """
    runs: list[list[str]] = []
    order = list(lesson_folders())
    for number in sorted(numbers):
        if runs and order.index(number) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _checkout() -> Path:
    root = course_root()
    if not (root / "start.py").is_file():
        raise UserError(
            zh="课程包由课程的源码文件夹打成，请在有 start.py 的文件夹里运行 custseg pack。",
            en="A class pack is made from the course's own folder: run custseg pack where start.py is.",
        )
    return root


def _tree(root: Path, folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".pyc"
        and not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts)
    }


def _pages(root: Path, kind: str, lang: str, numbers: Sequence[str]) -> dict[str, bytes]:
    suffix = {"notebooks": "", "exercises": "_exercises", "solutions": "_solutions"}[kind]
    found = {}
    for number in numbers:
        name = f"{kind}/{lang}/{lesson_folder(number).name}{suffix}.ipynb"
        if not (root / name).is_file():
            raise UserError(
                zh=f"缺少 {name}，请先运行 custseg build {number}。",
                en=f"{name} is missing; run custseg build {number} first.",
            )
        text = (root / name).read_text(encoding="utf-8")
        found[name] = without_dead_links(text, numbers, lang).encode()
    return found


def _no_answers(files: Mapping[str, bytes]) -> None:
    """Stop where a lesson's page still holds an answer's marker: it was not cut out."""
    for name, content in files.items():
        if name.startswith(("lessons/", "notebooks/", "exercises/")) and BEGIN.encode() in content:
            raise UserError(
                zh=f"{name} 里还有答案标记 {BEGIN}，请运行 custseg build 重新生成。",
                en=f"{name} still holds {BEGIN}; run custseg build to make it again.",
            )


def _to_open(
    numbers: Sequence[str], lang: str, solutions: bool, targets: Sequence[Target]
) -> dict[str, bytes]:
    """Return what a learner reads and double-clicks; Notepad and cmd want Windows line ends."""
    root, name = _checkout(), START.within(lang)
    scripts = {
        f"{name}{end}": (root / f"{name}{end}").read_text(encoding="utf-8") for end in (".bat", ".command")
    }
    usual = PYTHONS.search(scripts[f"{name}.bat"])
    assert usual
    pythons = list(dict.fromkeys(one.python for one in targets)) or usual[0].split()
    lessons = "\n".join(f"{number}  {about(number)['title'][lang]}" for number in numbers)
    title = TITLE.within(lang)
    answers = RELEASED if solutions else HELD_BACK
    either = T(zh=" 或 ", en=" or ").within(lang)
    text = (TEXTS / f"{lang}.txt").read_text(encoding="utf-8").format(
        title=title,
        underline="=" * sum(1 if char < "\u2e80" else 2 for char in title),
        start=name,
        pythons=either.join(sorted(pythons)),
        network=OFFLINE.within(lang) if targets else "",
        lessons=lessons,
        solutions=answers.within(lang),
    )  # fmt: skip
    found = {README.within(lang): text.replace("\n", "\r\n").encode("utf-8-sig")}
    for file, script in scripts.items():
        script = PYTHONS.sub(" ".join(pythons), script, count=1)
        script = script.replace(f"Python {usual[0].split()[0]}", f"Python {pythons[0]}")
        found[file] = (script.replace("\n", "\r\n") if file.endswith(".bat") else script).encode()
    return found


def wheel_files(targets: Sequence[Target], folder: Path, source: Path | None) -> dict[str, Path]:
    """Return the wheels by their paths in the zip, and for each machine the file by which start.py knows it."""
    if not targets:
        return {}
    lock = (course_root() / "requirements.lock").read_text(encoding="utf-8")
    for one in targets:
        print(T(zh=f"软件包：{one.name} ……", en=f"wheels: {one.name} …"), flush=True)
        collect_wheels(lock, one, folder, source if source and source.parts else None)
        (folder / one.mark).touch()
    return {f"{FOLDER}/wheels/{path.name}": path for path in sorted(folder.iterdir())}
