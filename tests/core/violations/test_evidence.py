"""The checklist of an appeal: by reason, in both languages, with the seller's own items."""

import pytest
from points_support import climbing, utc, violation

from workbench.core.saying import Refusal
from workbench.core.violations.evidence import checklist, find_item, find_reason, open_items, tick, words
from workbench.core.violations.model import Evidence

RULES = climbing()
GENERAL = ["proof complete", "liability stated without vague words"]
LATE = violation(utc("2026-03-01T00:00Z"), reason="迟发货率")


@pytest.mark.parametrize("text", ["late_dispatch", "late dispatch rate", "LDR", " ldr ", "迟发货率", "late dispatch"])
def test_a_reason_is_known_by_everything_it_is_called(text):
    assert find_reason(RULES, text).id == "late_dispatch"


@pytest.mark.parametrize("text", [None, "", "  ", "late"])
def test_what_is_not_a_reason(text):
    assert find_reason(RULES, text) is None


def test_the_reasons_items_come_before_the_general_ones():
    assert [e.item for e in checklist(LATE, RULES)] == ["carrier's proof of hand-over", *GENERAL]
    assert [e.item for e in checklist(violation(LATE.issued_at), RULES)] == GENERAL


def test_ticking_keeps_the_order_and_the_file():
    proof = Evidence("proof complete", True, "/tmp/a.png", 12, "ab")
    entry = tick(LATE, proof)
    assert checklist(entry, RULES)[1] == proof
    assert [e.item for e in open_items(entry, RULES)] == ["carrier's proof of hand-over", GENERAL[1]]
    again = tick(entry, Evidence("proof complete"))
    assert [e.done for e in checklist(again, RULES)] == [False, False, False]


def test_own_items_stand_at_the_end_and_stay_where_they_are():
    entry = tick(tick(tick(LATE, Evidence("invoice")), Evidence("chat", True)), Evidence("invoice", True))
    assert [(e.item, e.done) for e in checklist(entry, RULES)][-2:] == [("invoice", True), ("chat", True)]


def test_another_reason_keeps_what_was_ticked():
    entry = tick(LATE, Evidence("carrier's proof of hand-over", True))
    other = checklist(violation(LATE.issued_at, reason="SFCR", evidence=entry.evidence), RULES)
    assert [e.item for e in other] == [*GENERAL, "carrier's proof of hand-over"]
    assert [e.done for e in other] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("1", "carrier's proof of hand-over"),
        ("证据完整", "proof complete"),
        ("LIABILITY", GENERAL[1]),
        ("hand-over", "carrier's proof of hand-over"),
        (" invoice ", "invoice"),
    ],
)
def test_an_item_by_number_words_or_part(text, item):
    assert find_item(LATE, RULES, text) == item


@pytest.mark.parametrize("text", ["0", "4", "proof", " "])
def test_an_item_that_cannot_be_told_is_refused(text):
    with pytest.raises(Refusal):
        find_item(LATE, RULES, text)


def test_words_in_both_languages_and_the_sellers_own_in_his():
    assert words(LATE, RULES, "proof complete")["zh"] == "证据完整"
    assert words(LATE, RULES, "发票") == {"en": "发票"}


def test_a_reason_with_words_behind_it_has_its_checklist():
    entry = violation(LATE.issued_at, reason="Late dispatch, 5.1 % in week 46")
    assert checklist(entry, RULES)[0].item == "carrier's proof of hand-over"
    assert checklist(violation(LATE.issued_at, reason="Late dispatching"), RULES)[0].item == "proof complete"
