"""How the words of a line are compared.

Full-width letters, digits, punctuation and blanks, as a Chinese input method types them, act as plain ones; case and
the number of blanks inside do not matter. A name ends at a blank or at the end of the line; a Chinese one, and one
before a Chinese character, may touch what follows.
"""

from __future__ import annotations

from unicodedata import east_asian_width, normalize

_PLAIN = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


def plain(text: str) -> str:
    """`text` with full-width forms as plain ones, character by character, so that positions stay."""
    return text if text.isascii() else text.translate(_PLAIN)


def key(text: str) -> str:
    """What the spellings of one name have in common."""
    return " ".join((text if text.isascii() else normalize("NFKC", text)).casefold().split())


def touches(char: str) -> bool:
    """Whether a word may end beside this character without a blank: Chinese, and what else is always drawn wide."""
    return east_asian_width(char) == "W"


def ends(line: str, end: int) -> bool:
    """Whether a word that begins before `end` may end there."""
    return end == len(line) or line[end].isspace() or touches(line[end]) or touches(line[end - 1])


def word_end(line: str, at: int) -> int:
    """The end of the word at `at`: the next blank, or the end of the line."""
    end = at
    while end < len(line) and not line[end].isspace():
        end += 1
    return end


def skip_blanks(line: str, at: int) -> int:
    """The first position from `at` on that is no blank, or the end of the line."""
    while at < len(line) and line[at].isspace():
        at += 1
    return at
