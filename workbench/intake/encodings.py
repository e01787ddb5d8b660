"""In which encoding a text file is: found out from all its bytes, and told where it is a guess.

With a byte order mark it is certain. Without one: UTF-8 where hardly a character is broken, UTF-16 and UTF-32 by their
zero bytes, else the code pages of the settings, of which one must be without error and make sense (`sense`).
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Collection, Iterator, Sequence
from typing import IO

import msgspec

from workbench.core.saying import say
from workbench.intake.limits import MAX_LINE, damaged
from workbench.intake.model import CodePage
from workbench.intake.sense import Sense
from workbench.intake.seven_bits import seven_bit, suspect

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
#: Of a hundred characters beyond ASCII, so many may be broken in a file that is still UTF-8.
_BROKEN_IN_A_HUNDRED = 1
#: Where no page is told of: what a spreadsheet writes in China, and in the West.
_CHINESE, _WESTERN = "gb18030", "cp1252"
_EURO = "workbench-euro"
#: The first character that UTF-8 writes in three bytes: no other encoding looks like that by chance.
_THREE_BYTES = "\u0800"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"),
)  # fmt: skip


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


def survey(
    raw: IO[bytes], *, glance: bool, market: str, words: Collection[str], pages: Sequence[CodePage] = ()
) -> Survey:
    """Find the encoding. `words` are those by which a page is known for the right one; `glance` looks no further than
    the beginning. Raises `RefusedFile` for a line without an end."""
    size = raw.seek(0, io.SEEK_END)
    raw.seek(max(0, size - 4))
    ended = raw.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")
    raw.seek(0)
    head = raw.read(_SAMPLE)
    raw.seek(0)
    nul, faultless, suspicious = _lines(raw, glance)
    errors = "replace"
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None) or (_wide(head) if nul else None)
    foreign = [word for word in words if not word.isascii()]
    plain = seven_bit(lambda: _chunks(raw, glance), foreign) if suspicious else None
    if encoding is not None and not encoding.startswith("utf-8"):
        guessed = False
    elif plain is not None:
        encoding, guessed = plain
    elif faultless:
        encoding, guessed = encoding or "utf-8", _twice(head)
    else:
        broken, beyond, certain = _broken(raw, glance)
        hardly = broken * 100 <= beyond * _BROKEN_IN_A_HUNDRED
        if hardly or encoding is not None:
            encoding, guessed = encoding or "utf-8", not hardly
        else:
            encoding, guessed = _page(raw, glance, market, foreign, pages)
            guessed = guessed or certain > broken  # most of it is UTF-8
            errors = _EURO if encoding == _CHINESE else "replace"
    wide = encoding.startswith(("utf-16", "utf-32"))
    # A zero byte in a text of single bytes stands where a letter was: it may have been one of a name.
    return Survey(encoding, errors, guessed or (nul and not wide), nul or wide, size, ended)


def _lines(raw: IO[bytes], glance: bool) -> tuple[bool, bool, bool]:
    """Whether there is a NUL, whether all is UTF-8, and whether it is plain bytes that may stand for others."""
    nul, faultless, line = False, True, 0
    plain, signs = True, False
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in _chunks(raw, glance):
        nul = nul or b"\0" in chunk
        plain = plain and chunk.isascii()
        signs = signs or (plain and suspect(chunk))
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        line = line + len(chunk) if end < 0 else len(chunk) - end
        if line > MAX_LINE:
            raise damaged(say("a line has no end."))
        if faultless:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                faultless = False
    return nul, faultless, plain and signs and not nul


def _chunks(raw: IO[bytes], glance: bool) -> Iterator[bytes]:
    raw.seek(0)
    while chunk := raw.read(_CHUNK):
        yield chunk
        if glance:
            return


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: of plain letters every other byte is zero, or three of four are."""
    pairs = len(head) // 2
    zeros = [head[at : 4 * (len(head) // 4) : 4].count(0) for at in range(4)]
    if min(zeros[1:3]) * 10 >= pairs // 2 * 9:
        if min(zeros[1:]) > 2 * zeros[0]:
            return "utf-32-le"
        if min(zeros[:3]) > 2 * zeros[3]:
            return "utf-32-be"
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and max(even, odd) * 20 >= pairs and min(even, odd) * 10 <= max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _broken(raw: IO[bytes], glance: bool) -> tuple[int, int, int]:
    """How many characters are broken as UTF-8, how many there are beyond ASCII, how many are certainly UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = beyond = certain = 0
    for chunk in _chunks(raw, glance):
        text = decoder.decode(chunk)
        bad = text.count("\ufffd")
        broken += bad
        beyond += len(text) - len(text.encode("ascii", "ignore"))
        certain += sum(character >= _THREE_BYTES for character in text if not character.isascii()) - bad
    return broken, beyond, certain


def _twice(head: bytes) -> bool:
    """Whether UTF-8 was taken for a Western page and written as UTF-8 once more."""
    text = head.decode("utf-8", "ignore").lstrip("\ufeff")
    if text.isascii():
        return False
    try:
        once = b"".join(_as_western(character) for character in text)
        return len(once.decode("utf-8")) < len(text)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False


def _as_western(character: str) -> bytes:
    try:
        return character.encode(_WESTERN)
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _page(
    raw: IO[bytes], glance: bool, market: str, words: Collection[str], pages: Sequence[CodePage]
) -> tuple[str, bool]:
    """The page, and whether it is a guess."""
    if not pages:
        return (_CHINESE if _sense(raw, glance, _CHINESE, (), words).readable else _WESTERN), True
    tried = [page for page in pages if page.everywhere or market in page.markets]
    fit: list[str] = []
    doubtful = False
    for page in pages:
        found = _sense(raw, glance, page.name, page.scripts, words)
        if found.known:
            return page.name, False
        if found.sensible and page in tried:
            fit.append(page.name)
            doubtful = doubtful or (page.name == _CHINESE and found.rare)
        elif found.sensible and page.doubts:
            doubtful = True
    own = next((page.name for page in tried if market in page.markets), _WESTERN)
    return (fit[0], doubtful) if len(fit) == 1 else (own, True)


def _sense(raw: IO[bytes], glance: bool, page: str, scripts: Sequence[str], words: Collection[str]) -> Sense:
    """What the bytes are in a page."""
    found = Sense(scripts, words)
    decoder = codecs.getincrementaldecoder(page)(errors=_EURO if page == _CHINESE else "strict")
    try:
        for chunk in _chunks(raw, glance):
            found.take(decoder.decode(chunk))
    except UnicodeDecodeError:
        found.readable = False
    return found


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Chinese Windows writes the euro as a byte that GB18030 does not know."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)
