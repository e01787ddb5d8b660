"""What if: appeals that have not been won and violations that have not happened, and what would be different.

Nothing of it is kept: the trial lives in the screen, the ledger of it is reckoned beside the one on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from workbench.core.violations.ledger import Ledger
from workbench.core.violations.model import Violation, ViolationDraft
from workbench.core.violations.policy import Right
from workbench.core.violations.whatif import MilestoneChange, Stay, WhatIf
from workbench.i18n import _, language, n_, p_, pick
from workbench.output.violations.words import count, day
from workbench.ui.text import Line, Span, fit, shorten, width, wrap

#: How many milestones and changes are compared at most.
_MOST = 4


@dataclass
class Supposed:
    """What is supposed: the appeals kept as won, the one under the cursor (while it follows it), what is added."""

    kept: set[int] = field(default_factory=set)
    follows: bool = True
    added: list[ViolationDraft] = field(default_factory=list)

    def won(self, current: Violation | None, possible: bool) -> list[int]:
        """The violations whose appeals are supposed to be won, by number."""
        found = set(self.kept)
        if self.follows and possible and current is not None:
            found.add(current.id)
        return sorted(found)


def sentence(trial: Supposed, won: Sequence[int], found: WhatIf, cells: int) -> Line:
    """`What if V-12 is won: 10 points, 2 below milestone 12.  not saved`"""
    what: list[str] = []
    if won:
        names = _(", ").join(f"V-{id}" for id in won[:3])
        if len(won) > 3:
            names = n_("{n} appeal", "{n} appeals", len(won)).format(n=len(won))
        what.append(n_("{what} is won", "{what} are won", len(won)).format(what=names))
    if trial.added:
        points = count(sum(draft.points for draft in trial.added))
        what.append(_("{points} more").format(points=points))
    supposed = _(" and ").join(what) if what else _("nothing changes")
    text = _("What if {what}:").format(what=supposed)
    gap = "" if language() == "zh" else " "
    line = [Span("  "), Span(text, "accent_bold"), Span(gap + _standing(found.then), "title")]
    return shorten([*line, Span("   " + _("not saved"), "quiet")], cells - 1)


def _standing(ledger: Ledger) -> str:
    """`10 points, 2 below milestone 12.`"""
    if ledger.revoked:
        return _("the shop is revoked.")
    points, mark = count(ledger.points), ledger.next_milestone
    if mark is None:
        return _("{points}.").format(points=points)
    if ledger.system == "climb":
        return _("{points}, {n} below milestone {mark}.").format(points=points, n=mark - ledger.points, mark=mark)
    return _("{points}, {n} above milestone {mark}.").format(points=points, n=ledger.points - mark, mark=mark)


def rows(found: WhatIf, zone: tzinfo) -> list[tuple[str, str, str]]:
    """What is compared: (label, now, what if)."""
    now, then = found.now, found.then
    rows = [(_("Points"), str(now.points), str(then.points))]
    climb = now.system == "climb"
    label = _("Below milestone") if climb else _("Above milestone")
    rows.append((label, _distance(now), _distance(then)))
    for at in _drops(now, then):
        rows.append((day(at, now.on, zone), str(_level(now, at)), str(_level(then, at))))
    below = _("Below {mark} from") if climb else _("Above {mark} from")
    for change in _touched(found.milestones):
        clear = [_clear(stay, now.on, zone) for stay in (change.now, change.then)]
        rows.append((below.format(mark=change.points), clear[0], clear[1]))
    last = _("Zero on") if climb else _("All back on")
    rows.append((last, _end(now, zone), _end(then, zone)))
    for right in found.rights:
        kept, lost = _("kept"), _("lost")
        name = _short(right.right)
        rows.append((name, kept if right.now else lost, kept if right.then else lost))
    return rows


def columns(found: WhatIf, zone: tzinfo, trial: Supposed, won: Sequence[int], cells: int) -> list[Line]:
    """The pane: two columns, now and what if, changed values bold; then what it means."""
    compared = rows(found, zone)
    label = min(max(width(row[0]) for row in compared) + 2, cells - 26)
    column = 10
    head = [Span("  " + " " * label), Span(fit(p_("at present", "now"), column, True), "quiet")]
    lines: list[Line] = [
        [],
        [Span("  "), Span(_("What would change"), "title")],
        [],
        [*head, Span(fit(_("what if"), column + 3, True), "accent")],
    ]
    for name, now, then in compared:
        changed = now != then
        lines.append([
            Span("  " + fit(name, label), "quiet"), Span(fit(now, column, True), "text"),
            Span(fit(then, column + 3, True), "title" if changed else "quiet"),
        ])  # fmt: skip
    text = " ".join(meaning(found, won)) if language() == "en" else "".join(meaning(found, won))
    lines += [[], *([Span("  " + line, "quiet")] for line in wrap(text, cells - 4) if text)]
    for draft in trial.added:
        added = f"+ {count(draft.points)}   {draft.reason or ''}"
        lines.append(shorten([Span("  "), Span(added, "accent")], cells - 2))
    return lines


def meaning(found: WhatIf, won: Sequence[int]) -> list[str]:
    """What the figures mean: penalties lifted, rights lost, and what the rights need."""
    texts: list[str] = []
    for change in found.milestones:
        if change.lifted and won:
            names = _(", ").join(f"V-{id}" for id in won)
            texts.append(_("{what} brought the shop to milestone {mark}: winning lifts that penalty too.").format(
                what=names, mark=change.points))  # fmt: skip
    if found.then.revoked and not found.now.revoked:
        texts.append(_("The shop would be revoked, for good."))
    for right in found.rights:
        texts.append(_("{right} need fewer than {n} points.").format(right=_short(right.right), n=right.right.below))
    return texts


def summary(found: WhatIf, zone: tzinfo, cells: int) -> Line:
    """What changes, in one line, for a narrow screen."""
    changed = [(name, now, then) for name, now, then in rows(found, zone) if now != then]
    line: list[Span] = [Span("  ")]
    for name, now, then in changed[2:] or changed:
        gap = "   " if len(line) > 1 else ""
        text = _("{date} to now").format(date=now) if then == p_("at present", "now") else _("{now} to {then}")
        line += [Span(f"{gap}{name} ", "quiet"), Span(text.format(now=now, then=then), "title")]
    return shorten(line if changed else [*line, Span(_("Nothing changes."), "quiet")], cells - 1)


def _distance(ledger: Ledger) -> str:
    mark = ledger.next_milestone
    if ledger.revoked or mark is None:
        return _("none")
    return _("{mark} by {n}").format(mark=mark, n=abs(mark - ledger.points))


def _drops(now: Ledger, then: Ledger) -> list[datetime]:
    """The next change for the better, as it is and as it would be."""
    found = [drop.at for ledger in (now, then) if (drop := ledger.next_drop) is not None]
    return sorted(set(found))[:_MOST]


def _level(ledger: Ledger, at: datetime) -> int:
    return [level.points for level in ledger.forecast if level.at <= at][-1]


def _touched(changes: Sequence[MilestoneChange]) -> list[MilestoneChange]:
    return [change for change in changes if change.now.reached_at or change.then.reached_at][:_MOST]


def _clear(stay: Stay, now: datetime, zone: tzinfo) -> str:
    if stay.reached_at is None:
        return p_("at present", "now")
    return day(stay.clear_at, now, zone) if stay.clear_at else _("never")


def _end(ledger: Ledger, zone: tzinfo) -> str:
    last = ledger.forecast[-1]
    return day(last.at, ledger.on, zone) if len(ledger.forecast) > 1 else p_("at present", "now")


def _short(right: Right) -> str:
    """The name of a right without its remark in brackets."""
    return pick(right.name).partition("(")[0].partition("\uff08")[0].strip()
