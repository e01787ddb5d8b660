"""All about one violation as lines: what by when, what winning brings, points, tries, evidence, statement, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from workbench.core.violations.appeals import ViolationStanding
from workbench.core.violations.clocks import second_closes_from
from workbench.core.violations.evidence import words
from workbench.core.violations.ledger import Ledger
from workbench.core.violations.model import Evidence, Violation
from workbench.core.violations.plan import Option
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _, language, n_, pick
from workbench.output.cities import own_due
from workbench.output.marks import CURSOR, DONE
from workbench.output.reasons import span
from workbench.output.violations.entry import happened
from workbench.output.violations.words import count, counts_until, day, group_of, other_reading, over, reason
from workbench.output.words import countdown, due_point, full_point, point, time_left, who
from workbench.ui.sections import margin, section
from workbench.ui.text import Line, Span, headed, shorten, width, wrap
from workbench.ui.violations.rows import symbol


class ViolationFacts(NamedTuple):
    """A violation and what is to know around it. `option` is its place in the plan, None where nothing is open."""

    violation: Violation
    stands: ViolationStanding
    option: Option | None
    ledger: Ledger
    checklist: Sequence[Evidence]
    rules: PointsPolicy
    now: datetime
    zone: tzinfo
    #: The zone in which the seller lives.
    own: tzinfo
    soon: timedelta


def headline(facts: ViolationFacts) -> str:
    """What by when: `Appeal by Thu 13:00`, `Answer by Fri 18:00`, `Lapsed on 19 Aug`."""
    appeal, now, zone = facts.stands.appeal, facts.now, facts.zone
    if group_of(facts.stands) == "appeal" and appeal.due_at is not None:
        return _("Appeal by {point}").format(point=due_point(appeal.due_at, now, zone))
    if appeal.answer_by is not None:
        return _("Answer by {point}").format(point=due_point(appeal.answer_by, now, zone))
    if appeal.state == "accepted":
        return _("Won: the points are void")
    if facts.violation.dropped_at is not None:
        return _("Dropped by the platform")
    if facts.stands.state == "pending":
        return _("Announced: is it in force by now?")
    if appeal.state == "lapsed" and appeal.due_at is not None:
        return _("Lapsed on {date}").format(date=day(appeal.due_at, now, zone))
    return _("Rejected twice: final")


def winning(facts: ViolationFacts, *, marks: bool = True) -> str:
    """What an accepted appeal brings: `Winning brings 18 to 10, below milestone 12.`; empty where none is possible."""
    option, violation, ledger = facts.option, facts.violation, facts.ledger
    if option is not None:
        after, leaves = option.points_after, option.leaves
    elif group_of(facts.stands) == "filed" and facts.stands.state == "active":
        step = -violation.points if ledger.system == "climb" else violation.points
        after, leaves = ledger.points + step, None
    else:
        return ""
    if facts.violation.pending:
        return _("Winning keeps these points from ever counting.")
    if after == ledger.points:
        return _("Winning changes nothing now: these points no longer count.")
    text = _("Winning brings {points} to {after}.")
    if leaves is not None and marks:
        text = (
            _("Winning brings {points} to {after}, below milestone {mark}.")
            if ledger.system == "climb"
            else _("Winning brings {points} to {after}, above milestone {mark}.")
        )
    return text.format(points=ledger.points, after=after, mark=leaves)


def hint(facts: ViolationFacts, cells: int) -> Line:
    """The essence in one line, for a narrow screen."""
    violation, stands = facts.violation, facts.stands
    parts: list[str] = []
    if brings := winning(facts, marks=False):
        parts.append(brings)
    if group_of(stands) == "over":
        parts.append(_("{what}, points {counts}.").format(
            what=over(stands.appeal), counts=counts_until(stands, facts.now, facts.zone)))  # fmt: skip
    else:
        done, of = _proved(facts)
        size, limit = len(violation.statement or ""), facts.rules.statement_limit
        parts.append(_("Evidence {done} of {all}, statement {n} of {limit}.").format(
            done=done, all=of, n=size, limit=limit))  # fmt: skip
    text = " ".join(parts) if language() == "en" else "".join(parts)
    return shorten([Span("  "), Span(f"{violation.ref}  ", "quiet"), Span(text)], cells - 1)


def whole(facts: ViolationFacts, cells: int, focused: bool) -> list[Line]:
    """The detail in full, in `cells`; empty fields are left out."""
    violation, stands = facts.violation, facts.stands
    room = cells - 4 - margin()
    lines: list[Line] = [[], *_head(facts, cells, focused), []]
    lines += section(_("Reason"), _texts(reason(violation, facts.rules), room))
    lines += section(_("Points"), _points(facts))
    lines += section(_("Tries"), _tries_lines(facts) if group_of(stands) != "over" else [])
    if violation.platform_id:
        lines += section(_("Ref"), [[Span(violation.platform_id)]])
    for label, part in (
        (_("Evidence"), _evidence(facts, room)),
        (_("Statement"), _statement(facts, room)),
        (_("Follows"), [[Span(text, "quiet")] for text in wrap(follows(facts), room)] if follows(facts) else []),
        (_("Timeline"), _timeline(facts, room)),
        (_("Note"), _texts(violation.note or "", room)),
    ):
        if part:
            lines += [[], *section(label, part)]
    return lines


def follows(facts: ViolationFacts) -> str:
    """What comes after the next step."""
    appeals, appeal = facts.rules.appeals, facts.stands.appeal
    match appeal.state:
        case "open" if appeal.tries_left > 1:
            text = _("The answer takes up to {span}. A rejection opens a second try, for {days} days.")
        case "open" | "lost_first":
            text = _("The answer takes up to {span}. This is the last try.")
        case "filed" if appeal.tries_left:
            text = _("A rejection opens a second try, for {days} days.")
        case "filed" | "filed_second":
            text = _("This decision is final.")
        case _:
            return ""
    return text.format(span=span(appeals.answer), days=appeals.second_days)


def item_line(item: Evidence, facts: ViolationFacts) -> Line:
    """An item of the checklist: `[✓]` or `[ ]`, and its words in the current language."""
    text = pick(words(facts.violation, facts.rules, item.item))
    box = f"[{DONE}] " if item.done else "[ ] "
    return [Span(box, "text" if item.done else "strong"), Span(text, "quiet" if item.done else "text")]


def file_lines(item: Evidence) -> list[Line]:
    """The file that proves it: its name and size, then the beginning of its hash; none where there is no file."""
    if item.path is None:
        return []
    size = _("{n:,} bytes").format(n=item.size or 0)
    lines: list[Line] = [[Span(f"    {PurePath(item.path).name}   {size}", "quiet")]]
    return [*lines, [Span(f"    sha256 {item.sha256[:16]}", "quiet")]] if item.sha256 else lines


def nothing() -> list[Line]:
    """The detail of an empty list."""
    return [[], [Span("  "), Span(_("No violation here."), "quiet")]]


def _head(facts: ViolationFacts, cells: int, focused: bool) -> list[Line]:
    appeal, now, group = facts.stands.appeal, facts.now, group_of(facts.stands)
    mark, role = symbol(facts.stands, now, facts.soon)
    due = appeal.answer_by if group == "filed" else appeal.due_at if group == "appeal" else None
    words = (time_left(due - now), countdown(due - now)) if due else ("",)
    rights = [[Span(f"{mark} {text}".rstrip(), role)] for text in words]
    title = [Span(f"{CURSOR} " if focused else "  ", "accent_bold"), Span(headline(facts), "title")]
    own = "" if due is None else own_due(due, facts.zone, facts.own)
    return [
        headed(title, facts.violation.ref, rights, cells - 2),
        *([Span("  "), Span(line)] for line in wrap(winning(facts), cells - 4)),
        *([Span("  "), Span(line, "quiet")] for line in wrap(own, cells - 4) if own),
    ]


def _texts(text: str, room: int) -> list[Line]:
    return [[Span(line)] for line in wrap(text, room)] if text else []


def _points(facts: ViolationFacts) -> list[Line]:
    violation, now, zone = facts.violation, facts.now, facts.zone
    if violation.pending:
        told = violation.issued_at
        when = day(told, now, zone) if violation.issued_day_only else full_point(told, zone)
        since = _("announced {point}").format(point=when)
    elif violation.issued_day_only:
        since = _("issued {date}, time not known").format(date=day(violation.issued_at, now, zone))
    else:
        since = _("issued {point}").format(point=full_point(violation.issued_at, zone))
    return [
        [Span(count(violation.points), "strong"), Span(f"   {counts_until(facts.stands, now, zone)}")],
        [Span(since, "quiet")],
        *([[Span(other, "quiet")]] if (other := other_reading(facts.stands, now, zone)) else []),
    ]


def _second_from(facts: ViolationFacts) -> str:
    """From when on a second try could be over, while the first one waits for its answer."""
    if facts.stands.appeal.state != "filed" or not facts.stands.appeal.tries_left:
        return ""
    earliest = second_closes_from(facts.violation.appeals[-1], facts.rules)
    return _("the second could close on {date}").format(date=day(earliest, facts.now, facts.zone))


def _tries_lines(facts: ViolationFacts) -> list[Line]:
    earliest = _second_from(facts)
    return [[Span(_tries(facts))], *([[Span(earliest, "quiet")]] if earliest else [])]


def _tries(facts: ViolationFacts) -> str:
    left = facts.stands.appeal.tries_left
    return n_("{n} left of {all}", "{n} left of {all}", left).format(n=left, all=facts.rules.appeals.tries)


def _proved(facts: ViolationFacts) -> tuple[int, int]:
    return sum(item.done for item in facts.checklist), len(facts.checklist)


def _evidence(facts: ViolationFacts, room: int) -> list[Line]:
    done, of = _proved(facts)
    lines: list[Line] = [[Span(_("{n} of {all}").format(n=done, all=of), "strong" if done < of else "quiet")]]
    for item in facts.checklist:
        box, text = item_line(item, facts)
        for at, part in enumerate(wrap(text.text, room - 4)):
            lines.append([box if at == 0 else Span("    "), text._replace(text=part)])
        if item.path is not None:
            lines += [shorten(line, room) for line in file_lines(item)]
    return lines


def _statement(facts: ViolationFacts, room: int) -> list[Line]:
    text = facts.violation.statement
    if not text:
        return []
    return [[length(len(text), facts.rules.statement_limit)], *_texts(text, room)]


def length(size: int, limit: int) -> Span:
    """`312 of 500 characters`, amber where it is too long."""
    text = _("{n} of {limit} characters").format(n=size, limit=limit)
    return Span(text, "soon_bold" if size > limit else "quiet")


def _timeline(facts: ViolationFacts, room: int) -> list[Line]:
    times = 10 if language() == "zh" else 9
    lines: list[Line] = []
    for event in facts.violation.story:
        when, by = point(event.at, facts.now, facts.zone), who(event)
        front = " " * (times - width(when)) + when + "  " + by + " " * max(9 - width(by), 1)
        what = event
        if event.what.startswith("evidence") and event.text:
            what = msgspec.structs.replace(event, text=pick(words(facts.violation, facts.rules, event.text)))
        for at, text in enumerate(wrap(happened(what), room - width(front))):
            lines.append([Span(front if at == 0 else " " * width(front), "quiet"), Span(text)])
    return lines
