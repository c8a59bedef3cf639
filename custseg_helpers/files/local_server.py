"""Whom a server on this computer answers: its own pages, under its own name.

A server that listens on 127.0.0.1 is still asked by every page open in the same browser, and by a stranger's name that
was made to mean 127.0.0.1 (DNS rebinding). A secret in the address keeps out whoever has not been told it; these rules
keep out whoever makes the reader's browser ask.
"""

from collections.abc import Collection, Mapping

NAMES = ("127.0.0.1", "localhost")
"""What this computer is called by itself."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What every answer says: to be kept, framed or opened by nobody else."""


def here(port: int, names: Collection[str] = NAMES) -> frozenset[str]:
    """Return the hosts that mean this server.

    >>> sorted(here(8866))
    ['127.0.0.1:8866', 'localhost:8866']
    """
    return frozenset(f"{name}:{port}" for name in names)


def let_in(method: str, headers: Mapping[str, str], hosts: Collection[str]) -> bool:
    """Return whether a request is meant for one of `hosts` and was made by its own page or by nobody's.

    Args:
        method: `GET`, `POST`, ….
        headers: the request's, each name once; a host that was sent twice, joined by a comma, is no host.
        hosts: name and port, see `here`.

    >>> mine = here(8866)
    >>> let_in("GET", {"Host": "localhost:8866"}, mine), let_in("GET", {"Host": "evil.example:8866"}, mine)
    (True, False)

    Another page may open this one, as a link does, but not send it anything, read it or frame it:

    >>> link = {"Host": "localhost:8866", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    >>> let_in("GET", link | {"Sec-Fetch-Dest": "document"}, mine), let_in("GET", link | {"Sec-Fetch-Dest": "iframe"}, mine)
    (True, False)
    >>> let_in("POST", {"Host": "localhost:8866", "Origin": "http://localhost:9999"}, mine)
    False
    """
    host = headers.get("Host", "").lower()
    if host not in hosts:
        return False
    if headers.get("Origin", f"http://{host}").lower() != f"http://{host}":
        return False
    asked_by = headers.get("Sec-Fetch-Site", "none")
    opened = (method, headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest"))
    return asked_by in ("same-origin", "none") or opened == ("GET", "navigate", "document")
