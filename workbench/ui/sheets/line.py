"""The small questions of the Queue: deadline, note, tag, snooze, and when something was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from workbench.core.saying import Misuse, Refusal, say
from workbench.core.tickets import moves
from workbench.core.tickets.model import Ticket
from workbench.core.when import parse_when, read_due
from workbench.i18n import _, render
from workbench.output.cities import city
from workbench.output.marks import SOON
from workbench.output.words import cases, due_point, full_due, full_point, in_time, long_date
from workbench.session import Done, Session
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Line, Span

NOT_A_TIME = say("not a time; such as: 18:00, yesterday 9:30, Mon 20:15, 24 Nov 8:00")
NOT_A_DUE = say("not a time; such as: 18:00, tomorrow, Fri 9:00, 24 Nov, +3h, tonight, end of day")


def instant(session: Session, text: str, *, past: bool = False) -> tuple[datetime | None, Line]:
    """What the text means, and how it is read back; `past`: when something was."""
    if not text.strip():
        such = (
            _("such as: 18:00, yesterday 9:30, Mon 20:15")
            if past
            else _("such as: tomorrow 18:00, Fri 9:00, +3h, 18:00")
        )
        return None, [Span(such, "quiet")]
    at = parse_when(text, session.now(), session.zone, past=past)
    if at is None:
        return None, amber(render(NOT_A_TIME if past else NOT_A_DUE))
    return at, _read_back(session, at, full_point(at, session.zone))


def due_typed(session: Session, text: str, tickets: Sequence[Ticket] = ()) -> tuple[datetime | date | None, Line]:
    """A deadline as it is typed, an instant or a bare day, and how it is read back: by the rule of the one ticket it is
    for, else by its day."""
    if not text.strip():
        return None, [Span(_("such as: 18:00, tomorrow, Fri 9:00, tonight, +3h"), "quiet")]
    typed = read_due(text, session.now(), session.zone)
    if typed is None:
        return None, amber(render(NOT_A_DUE))
    at = session.tickets.meant_due(tickets[0], typed) if len(tickets) == 1 else typed
    if isinstance(at, datetime):
        return at, _read_back(session, at, full_due(at, session.zone))
    return typed, [Span(long_date(typed)), Span(_(", at the time of day of the rule, else 24:00"), "quiet")]


def _read_back(session: Session, at: datetime, point: str) -> Line:
    left = _(", {left}").format(left=in_time(at - session.now())) if at > session.now() else ""
    return [Span(f"{point} "), Span(city(session.zone), "quiet"), Span(left, "quiet")]


def remark(session: Session, at: datetime, rule: datetime | None) -> Line:
    """What is odd about a deadline of one's own: that it is over, or later than the rule's."""
    if at <= session.now():
        return [Span("! ", "soon_bold"), *amber(_("that time is over already"))]
    if rule is not None and at > rule:
        when = due_point(rule, session.now(), session.zone)
        return [Span(f"{SOON} ", "soon"), *amber(_("later than the rule, which says {point}").format(point=when))]
    return ()


def deadline(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """A deadline of one's own for the present stage; `none` goes back to the rule's."""
    ids = [ticket.id for ticket in tickets]
    rules = [at for ticket in tickets if (at := session.tickets.by_rule(ticket).at) is not None]
    rule, first = rules[0] if len(rules) == len(tickets) == 1 else None, min(rules, default=None)

    def read(text: str) -> Understood:
        if text.strip().casefold() in ("none", "无"):
            back = _("back to the rule") if rule is None else _("back to the rule: {point}").format(
                point=full_due(rule, session.zone))  # fmt: skip
            return Understood((None,), [Span(back)])
        typed, tail = due_typed(session, text, tickets)
        said = remark(session, typed, first) if isinstance(typed, datetime) else ()
        return Understood(None if typed is None else (typed,), tail, [[Span("  "), *said]] if said else ())

    def deed(value: tuple[datetime | date | None]) -> Done:
        return session.tickets.due(ids, value[0])

    return OneLine(_("Deadline of {what}").format(what=cases(tickets)), read, deed)


def note(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """One more line of notes."""
    ids = [ticket.id for ticket in tickets]
    prompt = _("Note on {what}").format(what=cases(tickets))
    return OneLine(
        prompt, lambda text: Understood(text.strip() or None), lambda text: session.tickets.note(ids, text), joint=" / "
    )


def tag(session: Session, tickets: Sequence[Ticket]) -> OneLine:
    """Tags to put on, and with a `-` in front to take off."""
    ids = [ticket.id for ticket in tickets]
    known = sorted({tag for ticket in session.tickets.queue() for tag in ticket.tags})

    def read(text: str) -> Understood:
        words = text.replace(",", " ").replace("\uff0c", " ").split()
        add = [word.lstrip("#") for word in words if word[0] != "-" and word.strip("#")]
        remove = [word[1:] for word in words if word[0] == "-" and len(word) > 1]
        tail = [Span(_("in use: {tags}").format(tags=", ".join(known[:8])), "quiet")] if known else []
        return Understood((add, remove) if add or remove else None, tail)

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

    def read(text: str) -> Understood:
        at, tail = instant(session, text)
        if at is None:
            return Understood(None, tail)
        below: list[Line] = []
        for ticket in tickets:
            try:
                after = moves.snooze(ticket, at, session.now())
            except (Refusal, Misuse) as error:
                return Understood(None, tail, [[Span("  ! ", "soon_bold"), *amber(render(error.saying))]])
            if after.snoozed_until is not None and after.snoozed_until < at:
                text = _("wakes already {point}, before its deadline").format(
                    point=full_point(after.snoozed_until, session.zone))  # fmt: skip
                below = [[Span(f"  {SOON} ", "soon"), *amber(text)]]
        return Understood(at, tail, below)

    prompt = _("Snooze {what} until").format(what=cases(tickets))
    return OneLine(prompt, read, lambda at: session.tickets.snooze(ids, at))


def when_sheet(session: Session, prompt: str, *, past: bool = False) -> OneLine:
    """An instant; dismissed with it."""

    def read(text: str) -> Understood:
        at, tail = instant(session, text, past=past)
        if at is not None and past and at > session.now():
            return Understood(None, tail, [[Span("  ! ", "soon_bold"), *amber(_("that time is still to come"))]])
        return Understood(at, tail)

    return OneLine(prompt, read)
