"""Words and cells as they are compared: what is invisible, and what stands for nothing."""

from __future__ import annotations

#: What stands in a cell for "nothing"; the last ones are what a spreadsheet shows for an error.
BLANK = frozenset((
    "", "-", "--", "/", "N/A", "n/a", "null", "nan", "NaN", "None", "#N/A", "#NAME?", "#VALUE!", "#REF!", "#DIV/0!",
    "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!",
))  # fmt: skip

#: Marks that nobody sees: zero width, direction, the mark of an encoding.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def seen(text: str) -> str:
    """The text without marks that nobody sees, trimmed."""
    return text.translate(_UNSEEN).strip()


def fold(text: str) -> str:
    """A word as it is compared: without invisible marks, trimmed, blanks made one, case-folded."""
    return " ".join((text if text.isascii() else text.translate(_UNSEEN)).split()).casefold()
