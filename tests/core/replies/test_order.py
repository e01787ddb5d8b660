"""Which reply comes first, how uses are counted, what lies over what, which language is taken."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.replies.model import Purpose, Reply, best_language, counted, laid_over, valid_key
from workbench.core.replies.ranking import Occasion, ranked

TODAY = date(2026, 11, 24)


def reply(key: str, uses: int = 0, **purpose: tuple[str, ...]) -> Reply:
    return Reply(key=key, text={"en": f"text of {key}"}, uses={TODAY.isoformat(): uses}, purpose=Purpose(**purpose))


def keys(found: list) -> list[str]:
    return [each.reply.key for each in found]


def test_fit_then_uses_then_key() -> None:
    replies = [
        reply("b"),
        reply("a"),
        reply("often", uses=3),
        reply("kind", kinds=("message",)),
        reply("both", kinds=("message",), stages=("reply",)),
        reply("other", uses=9, kinds=("cancel",), stages=("reply",), markets=("TH",)),
    ]
    context = Occasion(market="TH", kind="message", stage="reply")
    assert keys(ranked(replies, context, TODAY)) == ["both", "kind", "often", "a", "b", "other"]
    assert [each.other for each in ranked(replies, context, TODAY)] == [False] * 5 + [True]


def test_search() -> None:
    replies = [
        reply("refund"),
        reply("refund-when", uses=5),
        Reply(key="money", words=("refund",), text={"en": "x"}),
        Reply(key="zz", text={"zh": "refund in the middle: \u9000\u6b3e"}),
        Reply(key="hidden", words=("refund",), text={"en": "refund"}, hidden=True),
        reply("other"),
    ]
    assert keys(ranked(replies, Occasion(), TODAY, "REFUND")) == ["refund", "refund-when", "money", "zz"]
    assert keys(ranked(replies, Occasion(), TODAY, "\u9000\u6b3e")) == ["zz"]
    assert keys(ranked(replies, Occasion(), TODAY, "when")) == ["refund-when"]


@given(st.lists(st.integers(0, 80), max_size=40))
def test_uses_are_never_lost(days: list[int]) -> None:
    found = Reply(key="a")
    for day in sorted(days, reverse=True):
        found = counted(found, TODAY - timedelta(days=day))
    assert found.used == len(days)
    assert found.uses_in(TODAY) == sum(day < 30 for day in days)
    assert len(found.uses) <= 30


def test_what_lies_over_what() -> None:
    shipped = [reply("a"), reply("b"), reply("c")]
    stored = [
        Reply(id=1, key="A", text={"en": "mine"}),
        Reply(id=2, key="b", hidden=True, used_before=4),
        Reply(id=3, key="gone", used_before=1),
    ]
    found = laid_over(shipped, stored)
    assert found["a"].text == {"en": "mine"}
    assert (found["b"].hidden, found["b"].used, found["b"].text) == (True, 4, {"en": "text of b"})
    assert "gone" not in found


def test_languages() -> None:
    assert best_language(["en", "zh"], ["zh-Hant-TW"]) == "zh"
    assert best_language(["en", "zh-Hant"], ["zh-Hant-TW", "en"]) == "zh-Hant"
    assert best_language(["th", "en"], ["vi", "en"]) == "en"
    assert best_language(["th"], ["vi"]) == "th"
    assert best_language([], ["vi"]) is None


def test_keys() -> None:
    assert all(map(valid_key, ["a", "return-steps", "\u9000\u8d27", "A1", "x" * 40]))
    assert not any(map(valid_key, ["", "x" * 41, "a b", "a_b", "a/b", "a\n"]))
