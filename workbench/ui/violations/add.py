"""The one-line questions of the Ledger: add, edit, note, score, and a violation that is only supposed."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from workbench.core.violations.appeals import ViolationStanding, standing
from workbench.core.violations.entry import record
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.line import TypedViolation, read_line, reason_begun, write_line
from workbench.core.violations.model import Violation, ViolationDraft
from workbench.i18n import _, pick, render
from workbench.output.marks import SOON
from workbench.output.violations.words import count, day, other_reading
from workbench.output.words import due_point, full_point
from workbench.session import Done, Session
from workbench.ui.sheets.base import Sheet, labelled
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Line, Span

#: How many completions are named.
_NAMED = 6


def add(session: Session, text: str = "") -> OneLine:
    """A violation by hand, read back while it is typed; several pasted lines are shown one by one."""

    def several(pasted: str) -> Sheet[Any]:
        from workbench.ui.violations.paste import several

        return several(session, pasted, sheet.place, lambda text: add(session, text))

    sheet = OneLine(
        _("New violation"), lambda text: _read(session, text), session.ledger.add, value=text,
        placeholder=_("8 not as described 24 Nov"), known=lambda text: _typed(session, text).known,
        complete=lambda text: _complete(session, text), several=several,
    )  # fmt: skip
    return sheet


def suppose(session: Session) -> OneLine:
    """A violation that has not happened, for what-if; dismissed with it, nothing is saved."""
    return OneLine(
        _("What if one more"), lambda text: _read(session, text), placeholder=_("4 late dispatch"),
        known=lambda text: _typed(session, text).known, complete=lambda text: _complete(session, text),
    )  # fmt: skip


def edit(session: Session, violation: Violation) -> OneLine:
    """What was entered wrong, put right; only what differs is changed."""
    shop = session.ledger.shop

    def read(text: str) -> Understood:
        reading = _read(session, text)
        draft: ViolationDraft | None = reading.value
        if draft is None:
            return reading
        names = [
            "points",
            "reason",
            *(("pending",) if draft.pending else ()),
            *(("issued_at", "issued_day_only") if _typed(session, text).dated else ()),
        ]
        if draft.note:
            names.append("note")
        found = {name: getattr(draft, name) for name in names if getattr(draft, name) != getattr(violation, name)}
        if found.get("reason", "") is None:
            found["reason"] = ""
        if not found:
            return Understood(None, (), [[Span("  " + _("nothing is changed yet"), "quiet")]])
        return Understood(found, (), reading.below)

    def deed(found: dict[str, Any]) -> Done:
        return session.ledger.edit(violation.id, **found)

    return OneLine(
        violation.ref, read, deed, value=write_line(violation, shop),
        known=lambda text: _typed(session, text).known, complete=lambda text: _complete(session, text),
    )  # fmt: skip


def note(session: Session, violation: Violation) -> OneLine:
    """The note on a violation; the empty text drops it."""

    def read(text: str) -> Understood:
        return Understood(None if text.strip() == (violation.note or "") else (text.strip(),))

    prompt = _("Note on {what}").format(what=violation.ref)
    return OneLine(
        prompt, read, lambda text: session.ledger.edit(violation.id, note=text[0]), value=violation.note or ""
    )


def score(session: Session) -> OneLine:
    """The score that Seller Center shows, where it counts down."""

    def read(text: str) -> Understood:
        text = text.strip()
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            return Understood(None, amber(_("a whole number, as Seller Center shows it now")) if text else ())
        return Understood(int(text))

    return OneLine(_("Score in Seller Center now"), read, session.ledger.set_score, placeholder="172")


def read_back(session: Session, draft: ViolationDraft, *, dated: bool = True) -> list[Line]:
    """How a draft was understood: points and reason, its day and what follows from it, what it changes."""
    desk, now, zone = session.ledger, session.now(), session.zone
    known = find_reason(desk.rules, draft.reason)
    named = pick(known.name) if known else draft.reason or ""
    words: list[Span] = [Span(count(draft.points), "strong"), Span(f"   {named}")]
    if draft.note:
        words.append(Span("   " + _('"{words}"').format(words=draft.note), "quiet"))
    lines = [labelled(_("Read as"), words)]
    violation = record(0, draft, desk.rules, desk.shop)
    stands = standing(violation, desk.rules, desk.shop, now)
    if draft.issued_day_only:
        issued = _("{date}, time not known").format(date=day(draft.issued_at, now, zone))
    else:
        issued = full_point(draft.issued_at, zone)
    due = stands.appeal.due_at
    closes = ""
    if due is not None:
        text = _("appeal until {point}") if stands.appeal.state == "open" else _("appeal lapsed {point}")
        closes = text.format(point=due_point(due, now, zone))
    follows = f"   {closes}   {_counts(stands, now, zone)}"
    role = "strong" if dated else "soon"
    lines.append(labelled(_("Issued"), [Span(issued if dated else _("today, as no day is named"), role),
                                        Span(follows, "quiet")]))  # fmt: skip
    return lines


def _counts(stands: ViolationStanding, now: datetime, zone: tzinfo) -> str:
    """Until when the points count, with what another source says."""
    if stands.expires_at is None:
        return _("pending, does not count yet")
    until = _("counts to {date}") if stands.state == "active" else _("expired {date}")
    parts = (until.format(date=day(stands.expires_at, now, zone)), other_reading(stands, now, zone))
    return "   ".join(part for part in parts if part)


def _typed(session: Session, text: str) -> TypedViolation:
    desk = session.ledger
    return read_line(text, desk.rules, desk.shop, session.now())


def _read(session: Session, text: str) -> Understood:
    typed = _typed(session, text)
    _begun, names = reason_begun(text, session.ledger.rules)
    offered: list[Line] = [[Span("  " + _(", ").join(names[:_NAMED]), "quiet")]] if names else []
    if typed.draft is None:
        problem = render(typed.problem) if typed.problem else ""
        return Understood(None, (), [[Span("  "), Span(problem, "soon" if text.strip() else "quiet")], *offered])
    lines = [*read_back(session, typed.draft, dated=typed.dated), _after(session, typed.draft)]
    if typed.remark is not None:
        lines.append([Span(f"  {SOON} ", "soon"), *amber(render(typed.remark))])
    known = find_reason(session.ledger.rules, typed.draft.reason)
    return Understood(typed.draft, (), lines if known else [*lines, *offered])


def _after(session: Session, draft: ViolationDraft) -> Line:
    """What it does to the points: `26 of 48, reaches milestone 24`."""
    found = session.ledger.what_if([draft])
    now, then = found.now, found.then
    reached = [new.points for old, new in zip(now.milestones, then.milestones, strict=True)
               if new.reached and not old.reached]  # fmt: skip
    line = [Span(_("{now} to {then}").format(now=now.points, then=then.points), "strong")]
    if reached:
        worst = max(reached) if now.system == "climb" else min(reached)
        line.append(Span("   " + _("reaches milestone {mark}").format(mark=worst), "soon_bold"))
    return labelled(_("Points"), line)


def _complete(session: Session, text: str) -> str | None:
    """The reason that the last words begin."""
    begun, names = reason_begun(text, session.ledger.rules)
    return text[: len(text) - len(begun)] + names[0] + " " if names else None
