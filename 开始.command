#!/bin/sh
PYTHONS="3.13 3.12 3.14 3.11"
cd "$(dirname "$0")" || exit
for version in $PYTHONS; do
    command -v "python$version" >/dev/null && exec "python$version" start.py --lang zh "$@"
done
# Apple's own python3 asks to install its developer tools; it is too old for the course.
[ "$(command -v python3)" != /usr/bin/python3 ] && command -v python3 >/dev/null && exec python3 start.py --lang zh "$@"
echo "这台电脑上没有找到 Python。在打开的网页上下载 Python 3.13 的“macOS 64-bit universal2 installer”，"
echo "一路点“继续”装好，再双击“开始.command”。"
open https://www.python.org/downloads/macos/ 2>/dev/null
