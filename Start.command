#!/bin/sh
PYTHONS="3.13 3.12 3.14 3.11"
cd "$(dirname "$0")" || exit
for version in $PYTHONS; do
    command -v "python$version" >/dev/null && exec "python$version" start.py --lang en "$@"
done
# Apple's own python3 asks to install its developer tools; it is too old for the course.
[ "$(command -v python3)" != /usr/bin/python3 ] && command -v python3 >/dev/null && exec python3 start.py --lang en "$@"
echo "No Python was found on this computer. On the page that opens, get Python 3.13, “macOS 64-bit universal2 installer”,"
echo "press Continue until it is installed, then double-click Start.command again."
open https://www.python.org/downloads/macos/ 2>/dev/null
