"""Text in terminal cells: harmless, measured, cut and padded; a Chinese character is two.

Buyers' text is hostile: neither control characters nor what reorders text or makes terminals disagree about its width
reaches a terminal, from a verb or from a screen.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import category, combining, east_asian_width

#: What JSON writes as escapes: control, bidirectional and invisible format characters, separators of lines.
HOSTILE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


@cache
def _harm() -> tuple[re.Pattern[str], ...]:
    """What is looked for in a text that is not innocent, breaks first and piles of marks last. Most verbs, and
    the first screen, meet none."""
    breaks = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
    control = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb]")
    # Bidirectional controls, zero-width characters, fillers, variation selectors, skin tones and tags: what reorders
    # text or makes terminals disagree about its width.
    hazard = re.compile(
        "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
        "\ufeff\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
    )
    marks = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    pile = re.compile(f"([{marks}]{{2}})[{marks}]+")
    return breaks, control, hazard, pile


@lru_cache(maxsize=4096)
def _innocent(char: str) -> bool:
    """A blank, a letter that is no filler, a digit, punctuation or a symbol: nothing that is looked for."""
    kind = category(char)
    return char == " " or (kind[0] in "LNPS" and kind != "Sk" and char not in "\u115f\u1160\u3164\uffa0")


def clean(text: str) -> str:
    """`text` on one line without anything that could steer the terminal: breaks become blanks, controls `?`."""
    if (text.isascii() and text.isprintable()) or all(map(_innocent, text)):
        return text
    breaks, control, hazard, pile = _harm()
    text = breaks.sub(" ", text)
    return pile.sub(r"\1", hazard.sub("", control.sub("?", text)))


def width(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if text.isascii() else _width(text)


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return sum(map(_cells, text))


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
    if text.isascii() and len(text) <= cells:  # as nearly every cell of a table
        return text.rjust(cells) if right else text.ljust(cells)
    text = cut(text, cells)
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks
