"""Bytes from the terminal as characters, in the encoding that the locale names. No byte is a fault."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping

_DROPS_BYTES = "workbench-terminal"
#: What the C library means by a language without an encoding.
_BARE = {"zh_CN": "gb2312", "zh_TW": "big5", "ja_JP": "euc_jp", "ko_KR": "euc_kr"}


def encoding(environ: Mapping[str, str] = os.environ) -> str:
    """The encoding of the terminal, as Python calls it: what the locale names, also where it is not installed."""
    names = [environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)]
    if len(names) > 1 and names[0] == "C.UTF-8" and not environ.get("LC_ALL"):
        # Python puts this itself where the locale is not installed; what was meant stands behind it.
        del names[0]
    language, _dot, named = (names[0] if names else "").partition("@")[0].partition(".")
    try:
        found = codecs.lookup(named or _BARE.get(language, "utf-8")).name
    except LookupError:
        return "utf-8"
    # The wider one of a family reads all of the narrower, which is what the terminals really send.
    return {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "utf-8"}.get(found, found)


def _dropped(error: UnicodeError) -> tuple[str, int]:
    """Nothing in place of bytes that are no characters; an 8-bit control, which may begin a sequence, stays one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    kept = (chr(byte) for byte in error.object[error.start : error.end] if 0x80 <= byte < 0xA0)
    return "".join(kept), error.end


codecs.register_error(_DROPS_BYTES, _dropped)


def decoder(name: str) -> codecs.IncrementalDecoder:
    """Decodes what comes in pieces; raises nothing."""
    return codecs.getincrementaldecoder(name)(errors=_DROPS_BYTES)
