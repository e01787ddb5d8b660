"""Words and cells as they are compared: what is invisible, and what stands for nothing."""

from __future__ import annotations

import unicodedata

from workbench.core.unseen import seen

#: What programs write for "nothing" in every case of letters, data frames and databases among them.
_NOTHING = ("n/a", "na", "n.a.", "nan", "nat", "null", "none", "nil", "undefined", "<na>", "(null)", "(blank)", "\\n")
#: What a cell holds that stands for nothing, where a rule asks; an error value of a spreadsheet is another.
BLANK = frozenset((
    "", "-", "--", "\u2013", "\u2014", "\u2015", "/", "\\", "无", "空",
    *(form for word in _NOTHING for form in (word, word.upper(), word.title(), word.capitalize())),
    "NaN", "NaT", "#N/A", "#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#N/D", "#NV", "#WERT!", "#BEZUG!", "#VALEUR!", "#NOM?",
    "#¡VALOR!", "#¡REF!", "#¿NOMBRE?", "#VALOR!", "#VALORE!", "#RIF!",
))  # fmt: skip
#: What no person writes for a name or a note, but a program does for one that is not there.
UNSAID = frozenset(word for word in BLANK if word.startswith(("#", "<", "\\"))) | {
    "NaN",
    "NaT",
    "NULL",
    "null",
    "undefined",
}

#: Blanks, and the marks without a width that programs leave behind; not those of direction, which belong to a text.
_EDGES = " \t\r\n\v\f\u00a0\u2007\u202f\u3000\u200b\u200e\u200f\u2060\ufeff"


def fold(text: str) -> str:
    """A word as it is compared: without invisible marks, full-width letters as plain ones, trimmed, blanks made one,
    case-folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", seen(text))
    return " ".join(text.split()).casefold()


def trimmed(text: str) -> str:
    """A cell without blanks and invisible marks around it; those within belong to its words."""
    return text.strip(_EDGES)
