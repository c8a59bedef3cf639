"""The own-data page as Voilà serves it: to whoever has its secret address, each visitor apart, within limits."""

import os
import re
from pathlib import Path
from typing import Any

from tornado.web import HTTPError
from voila.app import Voila

from custseg_helpers.files.local_server import HEADERS, here, let_in
from custseg_helpers.words.text import Language, T

VISITS = 8
"""Pages open at the same time; each is a process with what was read in it."""
MINUTES = 10
"""A visit whose page is gone without a word (a crashed browser) ends after so long."""
BYTES = 10 * 2**20
"""The largest message of a page: files come in pieces, see `upload.js`."""
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Voilà's own scripts stand in its page and build others; nothing comes from, or goes to, another address."""
FULL = T(
    zh="现在打开的页面太多了（{n} 个）。请先关掉一个，再刷新。",
    en="Too many pages are open ({n}). Close one, then reload.",
)


class App(Voila):
    """Voilà for this computer alone."""

    opening = 0

    def init_settings(self) -> dict[str, Any]:
        """Return Tornado's settings: no other host's name, no other page's requests, small messages."""
        policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
        return super().init_settings() | {
            "allow_remote_access": False,
            "headers": HEADERS | {"Content-Security-Policy": policy},
            "websocket_max_message_size": BYTES,
            "xsrf_cookie_kwargs": {"samesite": "Strict"},
        }

    def init_handlers(self) -> list[Any]:
        """Return what is served, each behind the same door; not what the page has no use for, such as files by name."""
        unused = ("/voila/files/", "/voila/query/")
        return [
            (path, _behind_the_door(handler, self), *rest)
            for path, handler, *rest in super().init_handlers()
            if not path.startswith(unused)
        ]


def _behind_the_door(handler: type[Any], app: App) -> type[Any]:
    page = handler.__name__ == "TornadoVoilaHandler"

    class Behind(handler):  # type: ignore[misc]
        async def prepare(self) -> None:
            if not let_in(self.request.method, self.request.headers, here(app.port)):
                raise HTTPError(403)
            if waited := super().prepare():
                await waited

    class Page(Behind):
        async def get(self, path: str | None = None) -> None:
            if len(app.kernel_manager) + app.opening > VISITS:
                self.set_status(503)
                await self.finish(str(FULL.format(n=VISITS)))
                return
            app.opening += 1
            self.xsrf_token  # noqa: B018  # sets the cookie that the page sends when it says good-bye
            try:
                await super().get(path)
            finally:
                app.opening -= 1

    return Page if page else Behind


def settings(port: int | None, lang: Language, token: str) -> dict[str, dict[str, Any]]:
    """Return Voilà's settings: on this computer only, a kernel started ahead, nothing but the page shown."""
    return {
        "Voila": {
            "ip": "127.0.0.1",
            "port": port or 8866,
            "port_retries": 0 if port else 200,
            "open_browser": False,  # Voilà would open the page without its secret
            "token": token,
            "log_level": "CRITICAL",
        },
        "IdentityProvider": {"cookie_options": {"samesite": "Strict"}},
        "VoilaConfiguration": {"strip_sources": True, "preheat_kernel": True},
        "VoilaExporter": {"language_code": lang},
        "VoilaKernelManager": {"kernel_pools_config": {"default": {"pool_size": 1}}},
        "MappingKernelManager": {"cull_idle_timeout": 60 * MINUTES, "cull_interval": 60},
        "KernelManager": {"transport_encryption": "auto"},
    }


def without_network(folder: Path) -> None:
    """Put Voilà's templates, without the icon fonts that they load from a public server, before its own."""
    from jupyter_core.paths import jupyter_path

    for name in ("lab/index.html.j2", "base/page.html"):
        original = next(path for path in map(Path, jupyter_path("voila", "templates", name)) if path.exists())
        copy = folder / "voila" / "templates" / name
        copy.parent.mkdir(parents=True)
        text = re.sub(r"<link[^>]*https?://[^>]*>", "", original.read_text(encoding="utf-8"))
        copy.write_text(text, encoding="utf-8")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(folder), before]))
