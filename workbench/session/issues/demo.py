"""The evenings of the invented shop: seven weeks of its log, and one decision about it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from workbench.core.issues.model import Decision, IssueDraft, nothing_wrong
from workbench.core.saying import Saying, say
from workbench.i18n import render
from workbench.session.issues import ISSUES
from workbench.session.issues.tables import DECISIONS, LOGGED_SKUS, SKIPPED, LoggedSku, Skipped
from workbench.storage import Transaction

TODAY = date(2026, 11, 24)
#: 21:00 in Bangkok.
_EVENING = timedelta(hours=14)
#: How many evenings were logged in a row before today, days with nothing wrong among them.
_EVENINGS = 12


class _Line(NamedTuple):
    """One line: how many days ago, what, the buyer's words, how often, and the case it belongs to."""

    ago: int
    sku: str
    type: str
    words: Saying | None = None
    often: int = 1
    ticket: int | None = None


_SMALLER, _XL, _LIKE_M = say("one size smaller than the chart"), say("please send XL"), say("fits like M")
_CRACKED, _SHADE = say("arrived cracked"), say("shade was cracked")

_LINES = (
    # This week, which is two evenings old.
    _Line(0, "PANTS-BLK-L", "size", _SMALLER, 2, 3),
    _Line(0, "DRESS-RED-S", "colour", say("not the colour in the video"), 1, 7),
    _Line(0, "MUG-SET-4", "missing_part", say("one cup is missing"), 1, 6),
    _Line(0, "LAMP-WHT", "damaged", _SHADE, 1, 10),
    _Line(0, "PANTS-BLK-M", "size", say("too tight at the waist"), 1, 4),
    _Line(1, "PANTS-BLK-L", "size", _SMALLER, 1, 14), _Line(1, "PANTS-BLK-L", "size", _LIKE_M),
    _Line(1, "LAMP-WHT", "quality", say("does not light"), 1, 13), _Line(1, "TENT-2P", "quality", None, 1, 12),
    _Line(1, "MUG-SET-4", "missing_part", say("only three in the box"), 1, 11),
    _Line(1, "DRESS-RED-S", "colour", None, 1, 2), _Line(1, "PANTS-BLK-S", "size", say("fits like XS"), 1, 18),
    # The week before: 24 issues.
    _Line(2, "PANTS-BLK-L", "size", _SMALLER), _Line(2, "LAMP-WHT", "damaged", _CRACKED, 1, 5),
    _Line(2, "CHAIR-OAK", "quality", say("the seat is scratched"), 1, 16), _Line(2, "LAMP-WHT", "price", None, 1, 17),
    _Line(3, "PANTS-BLK-L", "size", _XL), _Line(3, "MUG-SET-4", "missing_part", say("one cup is missing")),
    _Line(3, "DRESS-RED-M", "other", None, 1, 15),
    _Line(4, "PANTS-BLK-L", "size", _SMALLER), _Line(4, "LAMP-WHT", "damaged", _CRACKED),
    _Line(4, "TENT-2P", "late", say("still not here")), _Line(4, "DRESS-RED-S", "not_as_described", None, 1, 19),
    _Line(5, "PANTS-BLK-M", "size", say("too tight at the waist")), _Line(5, "DRESS-RED-S", "colour"),
    _Line(5, "PANTS-BLK-L", "quality", say("a seam is open")),
    _Line(6, "PANTS-BLK-L", "size", _LIKE_M), _Line(6, "LAMP-WHT", "damaged", say("the box was wet")),
    _Line(6, "MUG-SET-4", "damaged", say("a handle is off")), _Line(6, "CHAIR-OAK", "quality"),
    _Line(7, "PANTS-BLK-L", "late"), _Line(7, "MUG-SET-4", "missing_part"), _Line(7, "PANTS-BLK-M", "size"),
    _Line(8, "TENT-2P", "late"), _Line(8, "DRESS-RED-M", "size"), _Line(8, "DRESS-RED-S", "colour"),
    # And the one before it: 22.
    _Line(9, "DRESS-RED-M", "size", None, 2), _Line(9, "PANTS-BLK-L", "size"), _Line(9, "PANTS-BLK-S", "late"),
    _Line(10, "PANTS-BLK-M", "size"), _Line(10, "TENT-2P", "late", None, 2), _Line(10, "TENT-2P", "quality"),
    _Line(11, "DRESS-RED-S", "colour", None, 2), _Line(11, "LAMP-WHT", "damaged"),
    _Line(11, "MUG-SET-4", "missing_part"),
    _Line(12, "DRESS-RED-M", "size"), _Line(12, "PANTS-BLK-L", "quality"), _Line(12, "DRESS-RED-S", "size"),
    _Line(13, "PANTS-BLK-M", "size"), _Line(13, "CHAIR-OAK", "quality"), _Line(13, "LAMP-WHT", "late"),
    _Line(15, "DRESS-RED-M", "other"), _Line(15, "MUG-SET-4", "damaged"), _Line(15, "PANTS-BLK-L", "late"),
    _Line(15, "LAMP-WHT", "price"),
    # Older weeks, as they are remembered: by their numbers.
    _Line(17, "PANTS-BLK-L", "size", None, 2), _Line(18, "DRESS-RED-S", "colour", None, 3),
    _Line(18, "TENT-2P", "late", None, 3), _Line(19, "DRESS-RED-M", "size", None, 4), _Line(20, "LAMP-WHT", "late"),
    _Line(20, "PANTS-BLK-M", "size", None, 2), _Line(22, "MUG-SET-4", "damaged", None, 2),
    _Line(24, "PANTS-BLK-L", "size"), _Line(25, "DRESS-RED-S", "colour", None, 2), _Line(26, "LAMP-WHT", "damaged"),
    _Line(26, "DRESS-RED-M", "size", None, 3), _Line(27, "TENT-2P", "late", None, 3),
    _Line(27, "PANTS-BLK-M", "size", None, 2),
    _Line(31, "PANTS-BLK-L", "size"), _Line(32, "DRESS-RED-S", "colour", None, 3),
    _Line(33, "MUG-SET-4", "missing_part"),
    _Line(33, "DRESS-RED-M", "size", None, 3), _Line(34, "LAMP-WHT", "damaged"),
    _Line(34, "PANTS-BLK-L", "late", None, 2),
)  # fmt: skip
_DECIDED = (("PANTS-BLK-L", "size", say("new chart"), date(2026, 11, 27), 1),)
#: Closed cases without a word, which were not to be logged.
_SKIPPED = range(20, 28)


def fill_log(tx: Transaction) -> None:
    """Put the log into an empty store, within the transaction that fills the rest."""
    days = {line.ago for line in _LINES}
    drafts = [(each.ago, _draft(each)) for each in _LINES]
    drafts += [(ago, nothing_wrong(_day(ago))) for ago in range(_EVENINGS + 1) if ago not in days]
    skus: Counter[str] = Counter()
    for at, (ago, draft) in enumerate(sorted(drafts, key=lambda each: -each[0])):
        logged = _at(_day(ago)) + timedelta(minutes=at % 15) if ago else _at(_day(1)) + timedelta(hours=11, minutes=at)
        issue = draft.issue(tx.next_id(ISSUES), min(logged, datetime(2026, 11, 24, 1, 58, tzinfo=UTC)))
        tx.put(ISSUES, issue.id, issue)
        if issue.sku is not None:
            skus[issue.sku] += 1
    for sku, lines in skus.items():
        id = tx.next_id(LOGGED_SKUS)
        tx.put(LOGGED_SKUS, id, LoggedSku(id=id, sku=sku, lines=lines))
    for ticket in _SKIPPED:
        tx.put(SKIPPED, ticket, Skipped(id=ticket, day=TODAY))
    for sku, type, text, by, ago in _DECIDED:
        id = tx.next_id(DECISIONS)
        found = Decision(id=id, sku=sku, type=type, text=render(text), decided_at=_at(_day(ago)), by=by)
        tx.put(DECISIONS, id, found)


def _day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def _at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + _EVENING


def _draft(line: _Line) -> IssueDraft:
    words = render(line.words) if line.words is not None else ""
    return IssueDraft(
        day=_day(line.ago), sku=line.sku, type=line.type, words=words, count=line.often, ticket=line.ticket
    )
