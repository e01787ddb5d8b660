"""The lines that ask: for a field that nobody knows, and for what a reply is found by."""

from __future__ import annotations

from workbench.core.tickets.model import Ticket
from workbench.i18n import _, language
from workbench.session import Session
from workbench.ui.sheets.oneline import OneLine, Understood
from workbench.ui.text import Line, Span, clean, fit


def ask_for(name: str, text: str) -> OneLine:
    """The value of one field, with the sentence that it stands in as it will look; dismissed with the value."""
    field = "{" + name + "}"

    def read(typed: str) -> Understood:
        return Understood(typed.strip() or None, (), [[], *_preview(text, name, typed.strip() or field)])

    return OneLine(_("What is {field}?").format(field=field), read)


def _preview(text: str, name: str, value: str) -> list[Line]:
    """The lines around the field, with the value in it."""
    shown: list[Line] = []
    for line in text.split("\n"):
        low = line.casefold()
        at = low.find("{" + name)
        if at < 0:
            continue
        end = line.find("}", at) + 1 or len(line)
        before, after = line[max(0, at - 40) : at], line[end : end + 40]
        shown.append([Span("  " + clean(before), "quiet"), Span(clean(value), "strong"), Span(clean(after), "quiet")])
    return shown[:3]


def find(session: Session, ticket: Ticket | None) -> OneLine:
    """What a reply is found by, with the first hits as one types; dismissed with the text, empty for all."""

    def read(typed: str) -> Understood:
        found = session.replies.ranked(ticket, typed)[:5]
        lines: list[Line] = [
            [Span("  "), Span(fit(each.reply.named(language()), 40)), Span("  " + each.reply.key, "quiet")]
            for each in found
        ]
        return Understood(typed, (), lines or [[Span("  " + _("No reply is found."), "quiet")]])

    return OneLine(_("Find a reply"), read)
