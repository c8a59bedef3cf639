"""The pages that lead: home, how to start, the list of lessons, the list of workbooks."""

from custseg_helpers.course.compose import tasks
from custseg_helpers.course.syllabus import lesson_source
from custseg_helpers.learn.lessons import about, exercises, lesson_folders
from custseg_helpers.learn.start_page import HOW, WELCOME
from custseg_helpers.site.download import NAME as ARCHIVE
from custseg_helpers.words.text import Language, T

CAN = T(
    zh="""## 学完以后，你能做什么

- 看着一张客户表，说出**先联系谁、为什么**，而不是按姓氏打电话。
- 给每位客户打上标签、分好层级，讲得清每一层**有多少人、带来多少钱**。
- 为每一层定一种做法：给什么、走哪个渠道、花多少，也知道**该不打扰谁**。
- 活动过后，用留出对照组说清**钱是不是活动带来的**。
- 把同样的步骤用在**自己公司的数据**上，得到一份可以签字的报告。""",
    en="""## What you will be able to do

- Look at a table of customers and say **whom to contact first, and why**, instead of calling by surname.
- Tag and tier every customer, and say **how many people and how much money** each tier holds.
- Settle what each tier gets: which offer, which channel, how much money, and **whom to leave in peace**.
- After a campaign, show with a holdout group **whether the campaign brought the money**.
- Take the same steps on **your own company's data**, up to a report that can be signed.""",
)
WAYS = T(zh="## 怎么开始", en="## How to start")
BROWSER = T(
    zh="""<h3>在浏览器里</h3><p>什么都不用装。打开就能上课、做练习，数据不离开这台电脑。第一次打开要下载几十兆字节。</p><p><a class="way" href="../lite/zh/index.html">打开浏览器版</a></p>""",
    en="""<h3>In the browser</h3><p>Nothing to install. Open it, learn, do the exercises; no data leave this computer. The first visit downloads some tens of megabytes.</p><p><a class="way" href="../lite/en/index.html">Open the browser edition</a></p>""",
)
MACHINE = T(
    zh="""<h3>在自己的电脑上</h3><p>下载课程，运行一条命令，约三分钟后课程就在浏览器里打开，以后不用联网。跑得更快，也适合处理自己公司的数据。</p><p><a class="way" href="start.html">下载与步骤</a></p>""",
    en="""<h3>On your own computer</h3><p>Download the course and run one command; some three minutes later it opens in your browser, and needs no network from then on. Faster, and the way to work on your company's data.</p><p><a class="way" href="start.html">Download and steps</a></p>""",
)
READ = T(
    zh="## 十六课\n\n只想先看看？每一课都可以直接在这里读，图、表和结果都在。",
    en="## Sixteen lessons\n\nJust looking? Every lesson can be read right here, with its figures, tables and results.",
)
MAP = T(
    zh="| 课 | 讲义 | 要回答的问题 | 分钟 | 练习 |\n|:--|:--|:--|--:|:--|\n",
    en="| | Lesson | The question it answers | Minutes | Exercises |\n|:--|:--|:--|--:|:--|\n",
)
MINUTES = T(zh="{n} 分钟", en="{n} minutes")
TASKS = T(zh="{n} 道", en="{n}")
START = T(
    zh="""# 开始

{browser}## 在自己的电脑上

1. 装好 Python 3.11 或更新版本（[python.org](https://www.python.org/downloads/)；Windows 安装时勾选“Add python.exe to PATH”）。
2. <a href="../{archive}">下载课程</a>（{megabytes} MB），解压到自己的文件夹，例如“文档”。
3. 在解压出来的 `custseg` 文件夹里打开终端：Windows 在地址栏输入 `cmd` 回车；macOS 在文件夹上点右键，选“新建位于文件夹位置的终端窗口”。
4. 运行下面的命令（Windows 把 `python3` 换成 `python`）：

```
python3 start.py --lang zh
```

第一次要联网，装软件包要几分钟；以后不联网，十几秒就打开。浏览器里出现的起始页上有课程地图，点开第 00 课就行。出了问题，先看[常见问题](faq.md)。""",
    en="""# Start

{browser}## On your own computer

1. Have Python 3.11 or later ([python.org](https://www.python.org/downloads/); on Windows tick “Add python.exe to PATH” in the installer).
2. <a href="../{archive}">Download the course</a> ({megabytes} MB) and unpack it into a folder of your own, such as Documents.
3. Open a terminal in the unpacked folder `custseg`: on Windows type `cmd` into the address bar and press Enter; on macOS right-click the folder and choose “New Terminal at Folder”.
4. Run this command (on Windows write `python` for `python3`):

```
python3 start.py --lang en
```

The first time needs a network and takes minutes to install; later it opens in seconds and needs none. The start page in your browser shows the map of the course: open lesson 00. Trouble? See the [FAQ](faq.md).""",
)
LITE = T(
    zh='## 在浏览器里\n\n什么都不用装：<a href="../lite/zh/index.html">打开浏览器版</a>。做完记得在那一页下载自己的作业。\n\n',
    en='## In the browser\n\nNothing to install: <a href="../lite/en/index.html">open the browser edition</a>. Download your work there when you stop.\n\n',
)
LESSONS = T(zh="讲义", en="Lessons")
WORKBOOKS = T(
    zh="""# 练习

每道题下面折叠着两条提示和一份参考答案。先自己做，卡住了再点开。

| 课 | 练习册 | 题数 | 基础题（分钟） |
|:--|:--|--:|--:|
""",
    en="""# Exercises

Under every exercise two hints and a model answer are folded away. Try first; open them when you are stuck.

| | Workbook | Exercises | Core ones (minutes) |
|:--|:--|--:|--:|
""",
)


def home_page(lang: Language, *, lite: bool) -> str:
    """Return the first page; the browser edition is offered where it is part of the site.

    >>> "lite/en/index.html" in home_page("en", lite=True), "lite/" in home_page("en", lite=False)
    (True, False)
    """
    title, _, rest = WELCOME.within(lang).partition("\n\n")
    ways = "".join(
        f'<div class="card">{way.within(lang)}</div>' for way in ([BROWSER] if lite else []) + [MACHINE]
    )
    parts = [
        title,
        f'<div class="opening">\n\n{rest}\n\n</div>',
        CAN.within(lang),
        WAYS.within(lang),
        f'<div class="cards">{ways}</div>',
        READ.within(lang),
        f'<div class="map">\n\n{MAP.within(lang)}{"".join(_row(number, lang) for number in lesson_folders())}\n</div>',
    ]
    return "\n\n".join(parts) + "\n"


def start_guide(lang: Language, megabytes: int, *, lite: bool) -> str:
    """Return the page with the ways to start, and how a notebook works."""
    start = START.within(lang).format(
        browser=LITE.within(lang) if lite else "", megabytes=megabytes, archive=ARCHIVE
    )
    how = HOW.within(lang).rpartition("\n")[0]  # its last line is about a cell of the start page
    return f"{start}\n\n{how}\n"


def lesson_list(lang: Language) -> str:
    """Return what each lesson is for."""
    parts = [f"# {LESSONS.within(lang)}"]
    for number, folder in lesson_folders().items():
        lesson = about(number)
        minutes = MINUTES.within(lang).format(n=lesson["minutes"])
        parts += [
            f"## [{number} · {lesson['title'][lang]}]({folder.name}.ipynb)",
            f"{lesson['question'][lang]} · {minutes}",
            "\n".join(f"- {objective[lang]}" for objective in lesson["objectives"]),
        ]
    return "\n\n".join([*parts, _toctree(lang)])


def workbook_list(lang: Language) -> str:
    """Return the list of workbooks: how many exercises, and the minutes of the core ones."""
    rows = ""
    for number, folder in lesson_folders().items():
        marks = [task.marks for task in tasks(lesson_source(number))]
        minutes = sum(mark["minutes"] for mark in marks if mark["level"] == "core")
        title = about(number)["title"][lang]
        rows += f"| {number} | [{title}]({folder.name}.md) | {len(marks)} | {minutes} |\n"
    return f"{WORKBOOKS.within(lang)}{rows}\n{_toctree(lang)}"


def _row(number: str, lang: Language) -> str:
    lesson, name = about(number), lesson_folders()[number].name
    tasks = TASKS.within(lang).format(n=len(exercises(number)))
    return (
        f"| {number} | [{lesson['title'][lang]}](lessons/{name}.ipynb) | {lesson['question'][lang]} "
        f"| {lesson['minutes']} | [{tasks}](workbooks/{name}.md) |\n"
    )


def _toctree(lang: Language) -> str:
    pages = "".join(
        f"{number} · {about(number)['title'][lang]} <{folder.name}>\n"
        for number, folder in lesson_folders().items()
    )
    return f"```{{toctree}}\n:hidden:\n\n{pages}```\n"
