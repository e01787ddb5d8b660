"""What somebody may mean who has typed only a part: ways in which a text can fit, the strictest first.

Each way is a regular expression over *loose* texts (`a b` for `A-b`; behind a tab what else may be searched), every
one behind a line break, so that thousands of them are looked through in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.core.spelling import key

#: Nobody completes more than this.
_ENOUGH = 60


def loose(text: str) -> str:
    """`text` without case and punctuation: words with one blank between them."""
    known = key(text)
    return " ".join(re.split(r"[\W_]+", known)).strip() or known


def patterns(typed: str, *, letters: bool = True) -> Iterator[re.Pattern[str]]:
    """The ways of fitting `typed`: it begins with it, a word does, it contains it, words of it begin with all the
    words typed; with `letters` also: it has the letters in their order. Nothing typed fits everything.
    """
    wanted = loose(typed[:_ENOUGH])
    words = wanted.split()
    yield re.compile("\n" + re.escape(wanted))
    if wanted:
        yield re.compile("[ \t]" + re.escape(wanted))
        yield re.compile(re.escape(wanted))
    if len(words) > 1:
        yield re.compile("\n" + "".join(rf"(?=(?:.*[ \t])?{re.escape(word)})" for word in words))
    if letters and wanted:
        yield re.compile("\n" + "".join(rf"[^\n\t{re.escape(sign)}]*{re.escape(sign)}" for sign in "".join(words)))
