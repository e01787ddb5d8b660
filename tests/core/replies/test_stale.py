"""Figures that no rule has are found, and no others."""

from __future__ import annotations

import pytest

from workbench.config.replies import shipped_replies, stage_words
from workbench.core.replies.fields import fields, masked
from workbench.core.replies.stale import StageLength, stale

LENGTHS = [
    StageLength(kind="return_refund", stage="buyer_ship", count=5, unit="d", rule="TH.buyer_ship.5d"),
    StageLength(kind="return_refund", stage="decide", count=1, unit="wd"),
    StageLength(kind="return_refund", stage="inspect", count=48, unit="h"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Send it back within 7 days", ["7 days"]),
        ("Send it back within 5 days", []),
        ("Send it back within five days", []),
        ("Send it back within seven days", ["seven days"]),
        ("Send it back within 120 hours", []),
        ("Send it back within 3-5 days", []),
        ("Send it back within 5 to 7 days", ["7 days"]),
        ("Your refund takes 2 days", []),
        ("Your refund takes 1 working day", []),
        ("Your refund takes 1 day", ["1 day"]),
        ("\u8bf7\u5728 7 \u5929\u5185\u5bc4\u56de", ["7 \u5929"]),
        ("\u8bf7\u5728\u4e94\u5929\u5185\u5bc4\u56de", []),
        ("\u8bf7\u5728\u4e24\u5929\u5185\u5bc4\u56de", ["\u4e24\u5929"]),
        ("The parcel will arrive in 7 days. Your refund follows.", []),
        ("Ship the return back within 7 days", ["7 days"]),
        ("It has 7 days of battery", []),
        ("Your refund: the lamp burns, as it says on the page of the shop, for up to 7 days", []),
        ("Refund in version 2.5 days", []),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    each = stale(text, LENGTHS, stage_words())
    assert [one.text.split(" to ")[-1].split("-")[-1] for one in each] == found


@pytest.mark.parametrize("text", ["Send it back within 7 days", "Send the return back within 7 days", "七天内退货"])
def test_the_rule_is_named(text: str) -> None:
    cancelling = StageLength(kind="cancel", stage="decide", count=24, unit="h")
    (found,) = stale(text, [cancelling, *LENGTHS], stage_words())
    assert found.length.rule == "TH.buyer_ship.5d"


def test_shipped_replies_say_the_same_in_both_languages() -> None:
    assert len(shipped_replies()) >= 40
    for reply in shipped_replies():
        assert reply.text.keys() == reply.title.keys() == {"en", "zh"}, reply.key
        assert set(fields(reply.text["en"])) == set(fields(reply.text["zh"])), reply.key
        for text in reply.text.values():
            assert not stale(masked(text), LENGTHS, stage_words()), reply.key
            assert "{" not in masked(text), reply.key
