#!/bin/sh
cd "$(dirname "$0")" || exit
for python in {pythons} python3; do
    command -v "$python" >/dev/null && exec "$python" start.py --lang {lang} "$@"
done
echo "没有找到 Python：请安装 Python {first}。No Python: install Python {first}."
