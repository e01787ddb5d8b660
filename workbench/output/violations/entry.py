"""A violation in full, as lines of plain text: points, appeal, evidence, statement, sums, timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from workbench.core.policy import Policy
from workbench.core.saying import Saying, say
from workbench.core.timeline import Event
from workbench.core.violations.appeals import standing
from workbench.core.violations.clocks import why, why_expiry
from workbench.core.violations.evidence import checklist, words
from workbench.core.violations.model import Evidence, Violation
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _, pick, render
from workbench.output.cells import clean, pad
from workbench.output.marks import DONE
from workbench.output.tickets.table import table
from workbench.output.violations.json import why_text
from workbench.output.violations.words import count, counts_until, day, other_reading, reason, what_next
from workbench.output.words import edited, full_point, who

_MARGIN = 10

_EVENTS: dict[str, Saying] = {
    "announced": say("announced it"), "dropped": say("dropped it"),
    "issued": say("issued it"), "filed": say("filed an appeal"), "accepted": say("accepted the appeal"),
    "rejected": say("rejected the appeal"), "edit": say("edited"), "evidence": say("evidence is there"),
    "evidence_open": say("evidence is open"),
}  # fmt: skip

ABOUT: dict[str, Saying] = {
    "appeal": say("Until when it can be appealed"), "answer": say("When the answer is due"),
    "expiry": say("Until when the points count"),
}  # fmt: skip


def violation_lines(violation: Violation, rules: PointsPolicy, shop: Policy, now: datetime) -> Iterator[str]:
    """The violation for a person; empty fields are left out."""
    zone, stands = shop.zone, standing(violation, rules, shop, now)
    points = _(", ").join(part for part in (
        count(violation.points), counts_until(stands, now, zone), other_reading(stands, now, zone),
    ) if part)  # fmt: skip
    yield f"{points}   {violation.ref}"
    yield what_next(stands, now, zone)
    yield ""
    for name, text in (
        (_("Reason"), reason(violation, rules)),
        (_("Ref"), violation.platform_id),
        (_("Announced"), full_point(violation.announced, zone) if violation.announced else ""),
        (_("Issued"), "" if violation.pending else _issued(violation, now, zone)),
        (_("Note"), violation.note),
    ):
        if text:
            yield pad(name, _MARGIN) + clean(text)
    for at, item in enumerate(checklist(violation, rules)):
        yield pad(_("Evidence") if at == 0 else "", _MARGIN) + clean(_item(at + 1, item, violation, rules))
    if violation.statement:
        text = _("{n} of {limit} characters").format(n=len(violation.statement), limit=rules.statement_limit)
        yield pad(_("Statement"), _MARGIN) + text
        yield from (pad("", _MARGIN) + clean(line) for line in violation.statement.splitlines())
    for at, event in enumerate(violation.story):
        line = f"{full_point(event.at, zone)}  {who(event)}  {happened(event)}"
        yield pad(_("Timeline") if at == 0 else "", _MARGIN) + clean(line)


def why_lines(violation: Violation, rules: PointsPolicy, shop: Policy, now: datetime) -> Iterator[str]:
    """The sum behind what is due next, and the one behind the end of the points."""
    yield f"{violation.ref}  {what_next(standing(violation, rules, shop, now), now, shop.zone)}"
    found = why(violation, rules, shop, now)
    if found is None:
        return
    sums = [found] if found.about == "expiry" else [found, why_expiry(violation, rules, shop)]
    for each in sums:
        yield ""
        yield render(ABOUT[each.about])
        rows = [
            (full_point(step.at, shop.zone), f"+{step.seconds}", clean(why_text(each, step))) for step in each.steps
        ]
        yield from table((_("at"), _("seconds"), _("what")), rows, frozenset((1,)))
        yield _("rule {rule}, source {source}, as of {date}").format(
            rule=each.rule, source=each.source or _("none"), date=each.as_of or "?"
        )
        if each.assumed:
            yield _("assumed: this market states no figure of its own, so the general one is used")


def _issued(violation: Violation, now: datetime, zone: tzinfo) -> str:
    if violation.issued_day_only:
        return _("{date}, time not known").format(date=day(violation.issued_at, now, zone))
    return full_point(violation.issued_at, zone)


def _item(number: int, item: Evidence, violation: Violation, rules: PointsPolicy) -> str:
    tick = DONE if item.done else " "
    line = f"{number} [{tick}] {pick(words(violation, rules, item.item))}"
    if item.path is None:
        return line
    size = _("{n:,} bytes").format(n=item.size or 0)
    return f"{line}   {item.path}  {size}  sha256 {item.sha256}"


def happened(event: Event) -> str:
    """What happened, in words; unsafe to print as it is."""
    word = render(_EVENTS[event.what]) if event.what in _EVENTS else event.what
    text = edited(event.text) if event.what == "edit" and event.text else event.text
    return _("{word}: {text}").format(word=word, text=text) if text else word
