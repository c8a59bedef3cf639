"""What stops a cell from outside: files, memory, the learner's own interruption."""

from pathlib import Path

from custseg_helpers.stopped.failure import Failure
from custseg_helpers.unreadable.explanation import Explanation
from custseg_helpers.unreadable.near import nearest
from custseg_helpers.words.text import T


def outside(failure: Failure) -> Explanation | None:
    """Explain an error that is none of the code."""
    error = failure.error
    if isinstance(error, KeyboardInterrupt):
        return failure.explained(
            T(
                zh="运行被停下了（停止按钮，或按了两次 I）。",
                en="The cell was stopped (by the stop button, or by pressing I twice).",
            ),
            T(
                zh="要做完它，再运行一次；在这一格里生成的名字可能还是旧的。",
                en="To finish it, run it again; names that this cell makes may still be the old ones.",
            ),
        )
    if isinstance(error, MemoryError):
        return failure.explained(
            T(zh="内存不够用了。", en="The memory is full."),
            T(
                zh="关掉别的笔记本（菜单“内核 → 关闭所有内核”），再试一次；表太大就先筛选再算。",
                en="Shut down other notebooks (Kernel → Shut Down All Kernels) and try again; filter a large table first.",
            ),
        )
    if isinstance(error, (FileNotFoundError, IsADirectoryError)):
        name = str(error.filename or "")
        folder = Path(name).parent if Path(name).parent.is_dir() else Path()
        near = nearest(Path(name).name, [path.name for path in folder.iterdir()])
        return failure.explained(
            T(zh="没有这个文件：`{name}`。", en="There is no such file: `{name}`.").format(name=name),
            T(zh="是不是 `{near}`？", en="Do you mean `{near}`?").format(near=near[0])
            if near
            else T(
                zh="检查文件名和后缀；文件要放在笔记本旁边：`{folder}`。",
                en="Check its name and ending; it belongs beside the notebook, in `{folder}`.",
            ).format(folder=Path.cwd()),
            failure.text,
        )
    if isinstance(error, PermissionError):
        return failure.explained(
            T(
                zh="这个文件现在不能读写：`{name}`。", en="This file cannot be read or written now: `{name}`."
            ).format(name=error.filename or "…"),
            T(
                zh="多半是 Excel 正开着它：关掉再运行。",
                en="Most likely it is open in Excel: close it and run again.",
            ),
            failure.text,
        )
    if isinstance(error, UnicodeDecodeError):
        return failure.explained(
            T(zh="这个文件的文字编码不是 UTF-8。", en="This file is not written in UTF-8."),
            T(
                zh='从中文 Excel 存出的 CSV 写 `encoding="gb18030"`。',
                en='For a CSV from a Chinese Excel, write `encoding="gb18030"`.',
            ),
            failure.text,
        )
    return None
