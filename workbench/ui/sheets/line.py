"""The small questions of the Queue: deadline, note, tag, snooze, and when something was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workbench.core.saying import Misuse, Refusal, say
from workbench.core.tickets import moves
from workbench.core.tickets.model import Ticket
from workbench.core.when import parse_when
from workbench.i18n import _, render
from workbench.output.words import cases, city, full_point, in_time, point
from workbench.session import Done, Session
from workbench.ui.sheets.oneline import OneLine, Reading, amber
from workbench.ui.text import Line, Span

NOT_A_TIME = say("not a time; such as: tomorrow 18:00, Fri 9:00, +3h")


def instant(session: Session, text: str, *, past: bool = False) -> tuple[datetime | None, Line]:
    """What the text means, and how it is read back."""
    now, zone = session.now(), session.zone
    if not text.strip():
        return None, [Span(_("such as: tomorrow 18:00, Fri 9:00, +3h, 18:00"), "faint")]
    at = parse_when(text, now, zone, past=past)
    if at is None:
        return None, amber(render(NOT_A_TIME))
    line = [Span(f"{full_point(at, zone)} "), Span(city(zone), "quiet")]
    left = _(", {left}").format(left=in_time(at - now)) if at > now else ""
    return at, [*line, Span(left, "quiet")]


def remark(session: Session, at: datetime, rule: datetime | None) -> Line:
    """What is odd about a deadline of one's own: that it is over, or later than the rule's."""
    if at <= session.now():
        return [Span("! ", "soon_bold"), *amber(_("that time is over already"))]
    if rule is not None and at > rule:
        when = point(rule, session.now(), session.zone)
        return [Span("\u25aa ", "soon"), *amber(_("later than the rule, which says {point}").format(point=when))]
    return ()


def deadline(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """A deadline of one's own for the present stage; `none` goes back to the rule's."""
    ids = [ticket.id for ticket in tickets]
    rule = session.tickets.by_rule(tickets[0]).at if len(tickets) == 1 else None

    def read(text: str) -> Reading:
        if text.strip().casefold() in ("none", "\u65e0"):
            back = _("back to the rule") if rule is None else _("back to the rule: {point}").format(
                point=full_point(rule, session.zone))  # fmt: skip
            return Reading((None,), [Span(back)])
        at, tail = instant(session, text)
        said = remark(session, at, rule) if at is not None else ()
        return Reading(None if at is None else (at,), tail, [[Span("  "), *said]] if said else ())

    def deed(value: tuple[datetime | None]) -> Done:
        return session.tickets.due(ids, value[0])

    return OneLine(_("Deadline of {what}").format(what=cases(tickets)), read, deed)


def note(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """One more line of notes."""
    ids = [ticket.id for ticket in tickets]
    prompt = _("Note on {what}").format(what=cases(tickets))
    return OneLine(prompt, lambda text: Reading(text.strip() or None), lambda text: session.tickets.note(ids, text))


def tag(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """Tags to put on, and with a `-` in front to take off."""
    ids = [ticket.id for ticket in tickets]
    known = sorted({tag for ticket in session.tickets.queue() for tag in ticket.tags})

    def read(text: str) -> Reading:
        words = text.replace(",", " ").replace("\uff0c", " ").split()
        add = [word.lstrip("#") for word in words if word[0] != "-" and word.strip("#")]
        remove = [word[1:] for word in words if word[0] == "-" and len(word) > 1]
        tail = [Span(_("in use: {tags}").format(tags=", ".join(known[:8])), "faint")] if known else []
        return Reading((add, remove) if add or remove else None, tail)

    def complete(text: str) -> str | None:
        head, blank, last = text.rpartition(" ")
        sign = "-" if last.startswith("-") else ""
        found = next((tag for tag in known if tag.startswith(last.removeprefix("-"))), None)
        return f"{head}{blank}{sign}{found} " if found else None

    prompt = _("Tags of {what}").format(what=cases(tickets))
    return OneLine(prompt, read, lambda found: session.tickets.tag(ids, found[0], found[1]), complete=complete,
                   placeholder=", ".join(tickets[0].tags))  # fmt: skip


def snooze(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """Out of the top of the list until a time; it wakes by itself before its deadline."""
    ids = [ticket.id for ticket in tickets]

    def read(text: str) -> Reading:
        at, tail = instant(session, text)
        if at is None:
            return Reading(None, tail)
        below: list[Line] = []
        for ticket in tickets:
            try:
                after = moves.snooze(ticket, at, session.now())
            except (Refusal, Misuse) as error:
                return Reading(None, tail, [[Span("  ! ", "soon_bold"), *amber(render(error.saying))]])
            if after.snoozed_until is not None and after.snoozed_until < at:
                text = _("wakes already {point}, before its deadline").format(
                    point=full_point(after.snoozed_until, session.zone))  # fmt: skip
                below = [[Span("  \u25aa ", "soon"), *amber(text)]]
        return Reading(at, tail, below)

    prompt = _("Snooze {what} until").format(what=cases(tickets))
    return OneLine(prompt, read, lambda at: session.tickets.snooze(ids, at))


def when_sheet(session: Session, prompt: str, *, past: bool = False) -> OneLine:
    """An instant; dismissed with it."""

    def read(text: str) -> Reading:
        at, tail = instant(session, text, past=past)
        if at is not None and past and at > session.now():
            return Reading(None, tail, [[Span("  ! ", "soon_bold"), *amber(_("that time is still to come"))]])
        return Reading(at, tail)

    return OneLine(prompt, read)
