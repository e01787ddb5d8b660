"""Bracketed pastes whole: everything between the two marks is text, whatever it contains, and never presses a key.

Textual's parser gives an escape sequence inside a paste that it does not know back as keys, before the paste itself.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from types import ModuleType

from textual.driver import Driver
from textual.events import Paste
from textual.message import Message

# Textual has no public way to the parser of what a terminal sends.
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1, TokenCallback  # isort: skip
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser  # isort: skip


class WholePastes(XTermParser):
    """Textual's parser for all but what stands between the marks of a paste."""

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Read character by character; `token_callback` is given each event."""
        outside = super().parse(token_callback)
        awaited = next(outside)
        mark = ""
        while True:
            try:
                character = yield awaited
                mark = (mark + character)[-len(BRACKETED_PASTE_START) :]
                if mark != BRACKETED_PASTE_START:
                    awaited = outside.send(character)
                    continue
                # The beginning of the mark is dropped together with what has read it.
                outside.close()
                text = yield from self._pasted()
                token_callback(Paste(text))
                outside = super().parse(token_callback)
                awaited = next(outside)
                mark = ""
            except ParseTimeout as timeout:
                mark = ""
                awaited = outside.throw(timeout)
            except ParseEOF:
                return

    def _pasted(self) -> Generator[Read1 | Peek1, str, str]:
        """Everything up to the mark at the end, without it and without NUL."""
        text: list[str] = []
        end = list(BRACKETED_PASTE_END)
        while text[-len(end) :] != end:
            text.append((yield self.read1()))
        return "".join(text[: -len(end)]).replace("\0", "")


def whole_pastes(driver: type[Driver]) -> None:
    """Let this driver parse with `WholePastes`: it names its parser in its module and can be told in no other way."""
    for module in (sys.modules[driver.__module__], sys.modules.get("textual.drivers.win32")):
        if isinstance(module, ModuleType) and hasattr(module, "XTermParser"):
            module.XTermParser = WholePastes  # type: ignore[attr-defined]
