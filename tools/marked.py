"""Parts of a guide that a program writes: what stands between two marks, one pair a language."""

from pathlib import Path

from custseg_helpers.words.text import LANGUAGES, T


def renewed(page: str, name: str, text: T) -> str:
    r"""Return a page with what stands between the marks of `name` written anew, in each language it has.

    >>> renewed("<!-- keys en -->\nold\n<!-- /keys -->", "keys", T(zh="新\n", en="new\n"))
    '<!-- keys en -->\nnew\n<!-- /keys -->'
    """
    for code in LANGUAGES:
        begin, end = f"<!-- {name} {code} -->\n", f"<!-- /{name} -->"
        if begin in page:
            before, rest = page.split(begin, 1)
            page = before + begin + text.within(code) + rest[rest.index(end) :]
    return page


def renew(path: Path, name: str, text: T) -> None:
    """Write the part of a guide anew."""
    written = renewed(path.read_text(encoding="utf-8"), name, text)
    path.write_text(written, encoding="utf-8", newline="\n")
