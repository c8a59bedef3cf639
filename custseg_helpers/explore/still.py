"""A widget together with the still picture that stands in for it where no kernel runs."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """Shows the widget in a live notebook, and its still (PNG or HTML) on a page or in print."""

    widget: Any
    text: str
    png: bytes | None = None
    html: str | None = None

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = {k: v for k, v in self.widget._repr_mimebundle_().items() if "widget-view" in k}
        bundle["text/plain"] = self.text
        if self.png is not None:
            bundle["image/png"] = b64encode(self.png).decode()
        if self.html is not None:
            bundle["text/html"] = self.html
        return bundle
