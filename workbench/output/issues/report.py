"""The week of the log, ready to be written in any form: text, JSON, Markdown, a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from workbench.core.issues.heat import Heat, heat
from workbench.core.issues.model import OTHER, Decision
from workbench.core.issues.week import MovedSince, Week, WeekRow
from workbench.i18n import _, n_
from workbench.output.cells import clean
from workbench.output.json import Document, Shaper
from workbench.output.words import short_date


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log under its SKU and type. Ticket, order and buyer are there where the line names a ticket."""

    day: date
    words: str
    count: int
    ticket: str | None = None
    order: str | None = None
    buyer: str | None = None

    @property
    def about(self) -> list[str]:
        """What stands behind the words: the count, the ticket, the order, the buyer."""
        count = f"x{self.count}" if self.count > 1 else None
        return [part for part in (count, self.ticket, self.order, self.buyer) if part]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU and type in full. `weeks` are the counts of six weeks up to this one; `decided` the newest first."""

    row: WeekRow
    type: str
    check: str
    weeks: list[int]
    lines: list[ReportLine]
    decided: list[Decision]
    moved: list[MovedSince]

    @property
    def telling(self) -> bool:
        """Whether there is more to say than numbers: it occurred, or something was decided about it."""
        return bool(self.row.count or self.decided or self.moved)


class TypeNames(msgspec.Struct, frozen=True):
    """How a type is called, in full and short."""

    name: str
    short: str


class WeekReport(msgspec.Struct, frozen=True, kw_only=True):
    """A week. `weeks` are the sums of six weeks up to it, `mean4` the mean of the four before it; `evenings` says how
    many of its days were logged; `names` has every type that occurs. With `anonymous`, lines name nobody."""

    week: Week
    today: date
    sections: list[Section]
    weeks: list[int]
    mean4: float
    evenings: int
    names: dict[str, TypeNames]
    anonymous: bool
    #: The video, live or post that it is about; None: about all.
    content: str | None = None

    @property
    def count(self) -> int:
        """The issues of the week."""
        return sum(section.row.count for section in self.sections)

    @property
    def rising(self) -> int:
        """How many SKUs and types rise."""
        return sum(section.row.rising for section in self.sections)

    @property
    def running(self) -> bool:
        """Whether the week is not over."""
        return self.today <= self.week.sunday

    def heat(self, columns: int) -> Heat:
        """The table of at most so many types."""
        return heat([section.row for section in self.sections], columns)

    def short(self, type: str) -> str:
        """The short name of a type; the column `other` may stand for types that have no such name."""
        return self.names[type].short if type in self.names else _("other") if type == OTHER else type


def title(report: WeekReport) -> str:
    """`Week 47 of 2026, 16 Nov to 22 Nov`."""
    week = report.week
    text = _("Week {number} of {year}, {first} to {last}").format(
        number=week.number, year=week.year, first=short_date(week.monday), last=short_date(week.sunday)
    )
    return text if report.content is None else f"{text}   #{clean(report.content)}"


def headline(report: WeekReport) -> str:
    """What the week says in a sentence or two."""
    said = [_counts(report)]
    if report.rising:
        said.append(n_("{n} rises.", "{n} rise.", report.rising).format(n=report.rising))
    if report.running:
        said.append(_("The week is not over."))
    return sentences(said)


def sentences(said: Sequence[str]) -> str:
    """Sentences one behind the other."""
    first, *others = said
    for other in others:
        first = _("{one} {two}").format(one=first, two=other)
    return first


def _counts(report: WeekReport) -> str:
    if report.count:
        issues = n_("{n} issue", "{n} issues", report.count).format(n=report.count)
        return _("{issues}, {last} the week before, {mean} on average.").format(
            issues=issues, last=report.weeks[-2], mean=mean(report.mean4)
        )
    if not report.evenings:
        return _("Nothing was logged.")
    evenings = n_("{n} evening was logged", "{n} evenings were logged", report.evenings).format(n=report.evenings)
    return _("Nothing was wrong: {evenings}, without an issue.").format(evenings=evenings)


def mean(value: float) -> str:
    """A mean of four weeks: quarters have two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def change(value: int) -> str:
    """Against last week: `+3`, `-1`, nothing where it is the same."""
    return f"{value:+d}" if value else ""


def numbers(section: Section) -> str:
    """`4 this week, 1 last week, 1.25 on average`, and whether it rises."""
    row = section.row
    said = _("{count} this week, {last} last week, {mean} on average").format(
        count=row.count, last=row.last_week, mean=mean(row.mean4)
    )
    return _("{numbers}, rising").format(numbers=said) if row.rising else said


def decisions(section: Section) -> list[str]:
    """What was decided, and of what is older whether the number moved."""
    return [_decided(each) for each in section.decided] + [
        _("{decided}: {before} then, {after} now").format(
            decided=_decided(each.decision), before=each.before, after=each.after
        )
        for each in section.moved
    ]


def _decided(decision: Decision) -> str:
    if decision.by is None:
        return decision.text
    return _("{text}, by {day}").format(text=decision.text, day=short_date(decision.by))


def week_labels(report: WeekReport) -> list[str]:
    """The six weeks of a picture: their ISO numbers."""
    return [str(report.week.later(n).number) for n in range(1 - len(report.weeks), 1)]


def document(shape: Shaper, report: WeekReport) -> Document:
    """The report as the interface promises it."""
    return {"week": str(report.week), "rows": [_row(shape, section) for section in report.sections]}


def _row(shape: Shaper, section: Section) -> Document:
    row = section.row
    return {
        "sku": row.sku,
        "type": row.type,
        "count": row.count,
        "last_week": row.last_week,
        "mean4": row.mean4,
        "words": [line.words for line in section.lines],
        "check": section.check or None,
        "rising": row.rising,
        "weeks": section.weeks,
        "decided": [_decision(shape, each, None) for each in section.decided]
        + [_decision(shape, each.decision, each) for each in section.moved],
    }


def _decision(shape: Shaper, decision: Decision, moved: MovedSince | None) -> Document:
    return {
        "text": decision.text,
        "by": decision.by.isoformat() if decision.by else None,
        "decided_at": shape.time(decision.decided_at),
        "before": moved.before if moved else None,
        "after": moved.after if moved else None,
    }
