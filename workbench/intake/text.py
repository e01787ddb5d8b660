"""Words and cells as they are compared: what is invisible, and what stands for nothing."""

from __future__ import annotations

from workbench.core.unseen import seen

#: What stands in a cell for "nothing"; the last ones are what a spreadsheet shows for an error.
BLANK = frozenset((
    "", "-", "--", "/", "N/A", "n/a", "null", "nan", "NaN", "None", "#N/A", "#NAME?", "#VALUE!", "#REF!", "#DIV/0!",
    "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!",
))  # fmt: skip


def fold(text: str) -> str:
    """A word as it is compared: without invisible marks, trimmed, blanks made one, case-folded."""
    return " ".join(seen(text).split()).casefold()
