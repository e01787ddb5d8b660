"""In which encoding a text file is: found out from all its bytes, and told where it is a guess.

With a byte order mark it is certain. Without one: UTF-8 where hardly a character is broken, UTF-16 by its zero bytes,
else the pages that spreadsheets write, of which one must be without error and make sense.
"""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections.abc import Collection, Iterator
from typing import IO

import msgspec

from workbench.core.saying import say
from workbench.intake.limits import MAX_LINE, damaged

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
#: Of a hundred characters beyond ASCII, so many may be broken in a file that is still UTF-8.
_BROKEN_IN_A_HUNDRED = 1
#: The page that a spreadsheet writes in a market's language; elsewhere it is the Western one.
_PAGES = {"TH": "cp874", "VN": "cp1258", "TW": "cp950", "HK": "cp950", "CN": "gb18030"}
_WESTERN, _CHINESE = "cp1252", "gb18030"
#: The scripts that a page is made for, by the first word of a character's Unicode name.
_SCRIPTS = {
    _CHINESE: ("CJK",), "cp950": ("CJK",), "cp874": ("THAI",), "cp1258": ("LATIN", "COMBINING"), _WESTERN: ("LATIN",),
}  # fmt: skip
#: Signs that prose and prices use; others tell that the page is wrong.
_SIGNS = frozenset("+<=>|~^`°™®©×€£¥¢฿₫")
_RARE = frozenset("§¶‡†‰¬¦¨¯´¸")
_EURO = "workbench-euro"


class Survey(msgspec.Struct, frozen=True):
    """What a look at all bytes shows.

    `errors` is how broken bytes are read, `nul` says that there may be NUL characters, `ended` that the last line has
    an end.
    """

    encoding: str
    errors: str
    guessed: bool
    nul: bool
    size: int
    ended: bool


def survey(raw: IO[bytes], *, glance: bool, market: str, words: Collection[str]) -> Survey:
    """Find the encoding. `words` are those by which a page is known for the right one; `glance` looks no further than
    the beginning. Raises `RefusedFile` for a line without an end."""
    size = raw.seek(0, io.SEEK_END)
    raw.seek(max(0, size - 4))
    ended = raw.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")
    raw.seek(0)
    head = raw.read(_SAMPLE)
    raw.seek(0)
    nul, faultless = _lines(raw, glance)
    guessed, errors = False, "replace"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif head.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif nul and (wide := _wide(head)) is not None:
        encoding = wide
    elif faultless or _hardly_broken(raw, glance):
        encoding = "utf-8"
    else:
        encoding, guessed = _page(raw, glance, market, words)
        errors = _EURO if encoding == _CHINESE else "replace"
    return Survey(encoding, errors, guessed, nul or encoding.startswith("utf-16"), size, ended)


def _lines(raw: IO[bytes], glance: bool) -> tuple[bool, bool]:
    """Whether there is a NUL, and whether all is UTF-8."""
    nul, faultless, line = False, True, 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in _chunks(raw, glance):
        nul = nul or b"\0" in chunk
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        line = line + len(chunk) if end < 0 else len(chunk) - end
        if line > MAX_LINE:
            raise damaged(say("a line has no end."))
        if faultless:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                faultless = False
    return nul, faultless


def _chunks(raw: IO[bytes], glance: bool) -> Iterator[bytes]:
    raw.seek(0)
    while chunk := raw.read(_CHUNK):
        yield chunk
        if glance:
            return


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    pairs = len(head) // 2
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and max(even, odd) * 3 >= pairs and min(even, odd) * 50 <= pairs:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _hardly_broken(raw: IO[bytes], glance: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = beyond = 0
    for chunk in _chunks(raw, glance):
        text = decoder.decode(chunk)
        broken += text.count("\ufffd")
        beyond += len(text) - len(text.encode("ascii", "ignore"))
    return broken * 100 <= beyond * _BROKEN_IN_A_HUNDRED


def _page(raw: IO[bytes], glance: bool, market: str, words: Collection[str]) -> tuple[str, bool]:
    """The page, and whether it is a guess."""
    own = _PAGES.get(market, _WESTERN)
    foreign = [word for word in words if not word.isascii()]
    fit: list[str] = []
    for page in dict.fromkeys((_CHINESE, own, _WESTERN, *_SCRIPTS)):
        sensible, known = _sense(raw, glance, page, foreign)
        if known:
            return page, False
        if sensible and page in (_CHINESE, own, _WESTERN):
            fit.append(page)
    return (fit[0], False) if len(fit) == 1 else (own, True)


def _sense(raw: IO[bytes], glance: bool, page: str, words: Collection[str]) -> tuple[bool, bool]:
    """Whether the bytes make sense in a page, and whether one of the words is in them."""
    decoder = codecs.getincrementaldecoder(page)(errors=_EURO if page == _CHINESE else "strict")
    characters, known = set[str](), False
    try:
        for chunk in _chunks(raw, glance):
            text = decoder.decode(chunk)
            characters.update(text)
            known = known or any(word in text for word in words)
    except UnicodeDecodeError:
        return False, False
    sensible = all(character.isascii() or _usual(character, page) for character in characters)
    return sensible, known and sensible


def _usual(character: str, page: str) -> bool:
    """Whether a text of the page's script may hold the character."""
    category = unicodedata.category(character)
    if category[0] in "LM":
        return unicodedata.name(character, "").startswith(_SCRIPTS[page])
    if character in _RARE:
        return False
    return category[0] == "P" or category in ("Nd", "Sc", "Zs") or character in _SIGNS


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Chinese Windows writes the euro as a byte that GB18030 does not know."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)
