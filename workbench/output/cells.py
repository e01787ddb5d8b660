"""Text in terminal cells: harmless, measured, cut and padded; a Chinese character is two.

Buyers' text is hostile: control characters, bidirectional overrides and invisible format characters never reach a
terminal. Tabs and line breaks become blanks, everything else of the kind becomes U+FFFD.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, combining, east_asian_width

#: Control, bidirectional and invisible format characters, lone surrogates, and line or paragraph separators.
HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_SPACE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """`text` on one line with nothing in it that could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return HOSTILE.sub("\ufffd", _SPACE.sub(" ", text))


def width(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    if combining(char) or category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cut(text: str, cells: int) -> str:
    """`text` in at most that many cells; `~` in the last one says that something is missing."""
    if (len(text) if text.isascii() else width(text)) <= cells:
        return text
    kept, used = [], 0
    for char in text:
        used += _cells(char)
        if used > cells - 1:
            break
        kept.append(char)
    return "".join(kept) + "~" if cells > 0 else ""


def pad(text: str, cells: int, right: bool = False) -> str:
    """`text` cut and filled to exactly that many cells; `right` aligns it to the right."""
    text = cut(text, cells)
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks
