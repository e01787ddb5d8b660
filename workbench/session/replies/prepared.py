"""A reply made ready for a case, and what came of using it."""

from __future__ import annotations

import msgspec

from workbench.core.lint.model import CHANNELS, Channel, Finding
from workbench.core.replies.fields import MASK, Filled
from workbench.core.replies.model import (
    Reply,
)
from workbench.core.saying import Misuse, say
from workbench.session.base import Done


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A reply filled for a case in one language, and what the lint says of it."""

    reply: Reply
    language: str
    channel: Channel
    filled: Filled
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str | None:
        """The text to copy; None where something is missing or blocked."""
        return None if self.filled.missing or self.blocks else self.filled.text

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """What keeps it from being copied."""
        return tuple(finding for finding in self.findings if finding.blocks)


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """What came of using a reply. `done` is None where nothing was saved; `waits`: a greeting alone answers nothing."""

    prepared: Prepared
    done: Done | None = None
    waits: bool = False


def channel_of(name: str) -> Channel:
    """The channel of a name; `Misuse` where there is none."""
    if name not in CHANNELS:
        raise Misuse(say('There is no channel "{name}". Known: {known}.', name=name, known=", ".join(CHANNELS)))
    return name


def words_alone(filled: Filled) -> str:
    """The text without what its fields were filled with, as long as it is."""
    text = list(filled.text)
    for place in filled.places:
        text[place.begin : place.end] = MASK * (place.end - place.begin)
    for begin, end, _name in filled.open:
        text[begin:end] = MASK * (end - begin)
    return "".join(text)


def quoting(finding: Finding, text: str) -> Finding:
    """The finding with the words that it is about."""
    return msgspec.structs.replace(finding, text=text[finding.begin : finding.end])


def place_of(finding: Finding) -> tuple[int, int, str]:
    """Where it stands among the others."""
    return finding.begin, finding.end, finding.rule
