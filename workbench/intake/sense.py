"""Whether a text makes sense in the scripts of a code page: the wrong page gives letters too, but not such words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

#: Signs that prose and prices use; others tell that the page is wrong.
_SIGNS = frozenset("+<=>|~^`°™®©×€£¥¢฿₫")
_RARE = frozenset("§¶‡†‰¬¦¨¯´¸¤‚ƒˆ˜ŠšŽžŸ")
#: What no words of a script have: a mark without its letter, a letter lost among those of another, a run of accents.
_NEVER = {
    "THAI": re.compile(
        r"(?<![\u0e01-\u0e4f])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[A-Za-z][\u0e00-\u0e7f]{1,2}[A-Za-z]"
        r"|[\u0e01-\u0e4e][a-z][\u0e01-\u0e4e]"
    ),
    "CYRILLIC": re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]"),
    "LATIN": re.compile(r"[^\W\d_a-zA-Z]{3}"),
    # A mark of voice or a small sound behind one that takes none, kanji among letters of half a width.
    "HALFWIDTH": re.compile(
        "(?<![\uff73\uff76-\uff84\uff8a-\uff8e])\uff9e|(?<![\uff8a-\uff8e])\uff9f|(?<![\uff66-\uff9f])[\uff67-\uff70]"
        "|(?<![\uff73\uff82-\uff84\uff8c\uff72\uff78\uff7c\uff81\uff9e])[\uff67-\uff6b]"
        "|(?<![\uff77\uff7c\uff81\uff86\uff8b\uff90\uff98\uff9e\uff9f])[\uff6c-\uff6e]"
        "|[\uff66-\uff9f][\u3400-\u9fff]|[\u3400-\u9fff][\uff66-\uff9f]"
    ),
}
#: Of so many Chinese characters one may be rare.
_FEW = 1.25
#: Nor does a Latin word have a dash within it.
_DASH = re.compile(r"[a-z][\u2013\u2014\u201e\u2026\u2022][a-z]")
#: A page whose accents are marks of their own has longer runs of them; so has one whose other letters are Chinese.
_MARKS = "COMBINING"


class Sense:
    """What is found of a text that is given in pieces: whether all of it could be decoded (`readable`), whether it
    makes sense in these scripts, and whether one of the words is in it."""

    def __init__(self, scripts: Sequence[str], words: Collection[str]) -> None:
        self.readable = True
        self._scripts = tuple(scripts)
        self._words = words
        plain = _MARKS not in scripts and "CJK" not in scripts
        self._never = [_NEVER[script] for script in scripts if script in _NEVER and (plain or script != "LATIN")]
        if "LATIN" in scripts:
            self._never.append(_DASH)
        self._characters = set[str]()
        self._odd = self._known = False

    def take(self, text: str) -> None:
        """The next piece."""
        self._characters.update(text)
        self._known = self._known or any(word in text for word in self._words)
        self._odd = self._odd or any(never.search(text) for never in self._never)

    @property
    def sensible(self) -> bool:
        """Whether it is text of the scripts."""
        if not self.readable or self._odd:
            return False
        return all(character.isascii() or self._usual(character) for character in self._characters)

    @property
    def rare(self) -> bool:
        """Whether many of its Chinese characters are none that a text of the mainland has: another page gives such."""
        chinese = [character for character in self._characters if "\u3400" <= character <= "\u9fff"]
        return len(chinese) > _FEW * sum(map(_is_common, chinese))

    @property
    def known(self) -> bool:
        """Whether it is, and holds one of the words."""
        return self._known and self.sensible

    def _usual(self, character: str) -> bool:
        category = unicodedata.category(character)
        if category[0] in "LM":
            return character not in _RARE and unicodedata.name(character, "").startswith(self._scripts)
        if character in _RARE:
            return False
        return category[0] == "P" or category in ("Nd", "Sc", "Zs") or character in _SIGNS


def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
