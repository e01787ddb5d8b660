"""Encodings that write everything in plain bytes: of mail programs and old systems, told from text by their signs.

ISO-2022 says by an escape sequence which characters follow, HZ puts Chinese between `~{` and `~}`, UTF-7 puts what is
beyond ASCII behind `+`. Taken for plain text, their letters read as punctuation that splits cells.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterable

from workbench.core.saying import say
from workbench.intake.model import RefusedFile

_ESCAPE = re.compile(rb"\x1b[$(]")
_TILDE = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_PLUS = re.compile(rb"\+[A-Za-z0-9/+]{3,}-?")
#: Those that Python reads, the most usual first; that of mainland China is not among them.
_ISO_2022 = ("iso2022_jp_ext", "iso2022_kr", "iso2022_jp_2")
#: What words and prices have beyond ASCII, and the signs that UTF-7 writes as it does these: three letters behind a
#: plus sign are a letter of some script too.
_USUAL = re.compile(
    r"[!-&*;-@\[-`{-~\u00a3\u00a5\u00c0-\u024f\u0300-\u036f\u0400-\u04ff\u0e01-\u0e5b\u1e00-\u1eff\u2018-\u201d"
    r"\u20a0-\u20bf\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufeff\uff01-\uffe6]+"
)
#: So many different words are no accident (fewer may be text with plus signs), and so many are enough to look at.
_CERTAIN, _ENOUGH = 3, 1_000

Chunks = Callable[[], Iterable[bytes]]


def suspect(chunk: bytes) -> bool:
    """Whether one of the signs is in a piece of a file, all of which is plain bytes."""
    return (
        (b"\x1b" in chunk and _ESCAPE.search(chunk) is not None)
        or (b"~{" in chunk and _TILDE.search(chunk) is not None)
        or (b"+" in chunk and _PLUS.search(chunk) is not None)
    )


def seven_bit(chunks: Chunks, words: Collection[str]) -> tuple[str, bool] | None:
    """The encoding of a file of plain bytes, given in pieces anew at each call, and whether it is a guess; None where
    it is what it seems.

    One of `words` in it makes it certain. Raises `RefusedFile` for an encoding that is not read.
    """
    if any(_ESCAPE.search(chunk) for chunk in chunks()):
        for name in _ISO_2022:
            if _reads(chunks(), name, ()) is not None:
                return name, False
        raise RefusedFile(
            say("The file is written in a form of ISO-2022 that is not read. Save it as CSV UTF-8 and import that.")
        )
    if any(_TILDE.search(chunk) for chunk in chunks()) and (known := _reads(chunks(), "hz", words)) is not None:
        return "hz", not known
    runs = set[bytes]()
    for chunk in chunks():
        runs.update(_PLUS.findall(chunk))
        if len(runs) >= _ENOUGH:
            break
    if runs and (known := _reads(chunks(), "utf-7", words)) is not None:
        said = [run.decode("utf-7", "ignore") for run in runs]
        if all(_USUAL.fullmatch(text) for text in said):
            return ("utf-7", False) if known or len(said) >= _CERTAIN else ("utf-8", True)
    return None


def _reads(chunks: Iterable[bytes], name: str, words: Collection[str]) -> bool | None:
    """Whether one of the words is in what the bytes are in an encoding; None where they are nothing in it."""
    decoder = codecs.getincrementaldecoder(name)()
    known = False
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            if "\x1b" in text or "\x0e" in text:  # a sign that it does not know
                return None
            known = known or any(word in text for word in words)
    except UnicodeDecodeError:
        return None
    return known
