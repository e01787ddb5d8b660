"""Suggestions: which cases are of today, and what they would be as issues."""

from __future__ import annotations

from datetime import date, time

import msgspec
import pytest

from tests.core.issues.samples import BOOK, TODAY, TYPES, draft, issue
from tests.factories import BANGKOK, at, ticket
from workbench.core.issues.names import TypeBook
from workbench.core.issues.suggest import suggestions
from workbench.core.issues.tally import Tally
from workbench.core.tickets.model import Line
from workbench.core.timeline import Event


def suggested(*tickets, logged=(), skipped=(), types=BOOK):
    return suggestions(
        tickets, tally=Tally(logged), skipped=skipped, types=types, today=TODAY, zone=BANGKOK, ends_at=time(4)
    )


def case(id=1, opened="2026-11-24T10:00", sku="LAMP", **fields):
    return ticket(id=id, opened=opened, sku=sku, **fields)


def test_a_case_is_suggested_with_the_buyers_words():
    (found,) = suggested(case(43, note="one leg is broken", reason="Defective", product="Lamp, white"))
    assert (found.ticket, found.sku, found.type, found.words) == (43, "LAMP", "quality", "one leg is broken")
    assert found.product == "Lamp, white"
    assert found.draft(TODAY) == draft("LAMP", "quality", "one leg is broken", ticket=43)


@pytest.mark.parametrize(
    ("opened", "seen"),
    [("2026-11-24T03:59", False), ("2026-11-24T04:00", True), ("2026-11-25T03:59", True), ("2026-11-25T04:00", False)],
)
def test_today_ends_at_four(opened, seen):
    assert bool(suggested(case(opened=opened))) is seen


def test_an_older_case_with_something_new_today_is_of_today():
    old = msgspec.structs.replace(case(opened="2026-11-10"), timeline=())
    assert suggested(old) == []
    wrote = Event(at("2026-11-24T12:00"), "buyer", "wrote", "still too small")
    before = Event(at("2026-11-20T12:00"), "buyer", "wrote", "the colour is off")
    (found,) = suggested(msgspec.structs.replace(old, timeline=(before, wrote)))
    assert (found.words, found.type) == ("still too small", "size")


def test_logged_skipped_and_those_without_a_sku_are_left_out():
    cases = [case(n) for n in (1, 2, 3)] + [case(4, sku=None)]
    logged = [issue(1, date(2026, 11, 1), ticket=1)]
    assert [one.ticket for one in suggested(*cases, logged=logged, skipped={2})] == [3]


def test_the_first_line_gives_the_sku_where_the_ticket_has_none():
    bare = msgspec.structs.replace(case(sku=None), lines=(Line(sku_id="1"), Line(sku="MUG")))
    assert suggested(bare)[0].sku == "MUG"


def test_the_oldest_come_first():
    cases = [case(1, "2026-11-24T12:00"), case(3, "2026-11-24T09:00"), case(2, "2026-11-24T09:00")]
    assert [one.ticket for one in suggested(*cases)] == [2, 3, 1]


@pytest.mark.parametrize(
    ("words", "reason", "type"),
    [
        ("much too small for me", None, "size"),
        ("the SIZE is wrong, the missing part too", None, "missing_part"),
        ("衣服偏小很多", None, "size"),
        ("有色差", None, "colour"),
        ("no idea", "Product doesn't work", "quality"),
        ("oversized box", None, "other"),
        ("the other one came", "Late delivery", "late"),
        ("does not fit", None, "other"),
        (None, "Damage", "damaged"),
        (None, None, "other"),
    ],
)
def test_the_likely_type(words, reason, type):
    (found,) = suggested(case(note=words, reason=reason))
    assert (found.type, found.words) == (type, words or reason or "")


def test_without_a_type_for_the_rest_the_type_stays_open():
    (found,) = suggested(case(note="no idea"), types=TypeBook(TYPES[:-1]))
    assert found.type is None


def test_the_cause_that_was_said_counts_before_the_words():
    case = ticket(
        "bad_review", opened="2026-11-24T08:00", sku="LAMP", words="too small", cause="quality", content="live-1"
    )
    (found,) = suggested(case)
    assert (found.type, found.content) == ("quality", "live-1")
    assert found.draft(TODAY).content == "live-1"
