"""Where a message came in, or a text to a buyer is read, in words."""

from __future__ import annotations

from workbench.core.saying import Saying, say
from workbench.i18n import render

CHANNELS: dict[str, Saying] = {
    "chat": say("chat"), "comment": say("comment"), "live": say("live"), "direct": say("private message"),
    "review": say("public answer"), "parcel": say("parcel"), "appeal": say("appeal"),
    "off_site": say("off the platform"),
}  # fmt: skip


def channel(name: str) -> str:
    """Where a message came in, or a text is read."""
    return render(CHANNELS[name]) if name in CHANNELS else name
