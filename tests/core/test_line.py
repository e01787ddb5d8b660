"""A case in one line."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ticket
from workbench.core.money import Money
from workbench.core.tickets.line import KIND_WORDS, as_line, parse_amount, parse_line, write_line

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

BAHT = Money(Decimal(249), "THB")


def read(text, **more):
    return parse_line(text, NOW, BANGKOK, **({"currency": "THB"} | more))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "refund PANTS-BLK-M \u0e3f249 zip broke on day one",
            {"kind": "refund_only", "sku": "PANTS-BLK-M", "words": "zip broke on day one", "money": BAHT},
        ),
        (
            "return 576981590830166131 MUG-SET-4 1,290.00 THB @malee.s damaged  twice since Mon 20:15 #vip",
            {
                "kind": "return_refund", "order_id": "576981590830166131", "sku": "MUG-SET-4", "buyer": "malee.s",
                "money": Money(Decimal("1290.00"), "THB"), "words": "damaged  twice", "tags": ("vip",),
                "since": datetime(2026, 11, 23, 13, 15, tzinfo=UTC),
            },
        ),
        (
            "message is it in stock? by 18:00",
            {"kind": "message", "words": "is it in stock?", "due": datetime(2026, 11, 24, 11, tzinfo=UTC)},
        ),
        (
            "退款 DRESS-RED-S ฿249 红色连衣裙 偏小",
            {"kind": "refund_only", "sku": "DRESS-RED-S", "words": "红色连衣裙 偏小", "money": BAHT},
        ),
        ("cancel $23.05", {"kind": "cancel", "money": Money(Decimal("23.05"), "THB")}),
        ("cancel 23.05 USD", {"kind": "cancel", "money": Money(Decimal("23.05"), "USD")}),
        ("refund 249 THB was too much", {"money": Money(Decimal(249), "THB"), "words": "was too much"}),
        ("return Rp150.000", {"money": Money(Decimal(150000), "IDR")}),
        ("refund broken by my 3 kids", {"words": "broken by my 3 kids", "due": None, "money": None}),
        ("refund 3 of 4 MUG-SET-4 broken", {"sku": None, "words": "3 of 4 MUG-SET-4 broken"}),
        ("REFUND", {"kind": "refund_only", "words": None}),
    ],
)  # fmt: skip
def test_what_is_understood(text, fields):
    found = read(text)
    assert found.problem is None
    assert {name: getattr(found, name) for name in fields} == fields


def test_a_known_sku_is_found_in_any_case_and_other_words_are_none():
    assert read("refund lamp too dark", skus={"LAMP": None}).sku == "LAMP"
    assert read("refund lamp too dark").sku is None


@pytest.mark.parametrize("text", ["", "zip broke", "\u0e3f249"])
def test_without_a_kind_it_asks(text):
    found = read(text)
    assert found.kind is None
    assert found.problem is not None


@given(st.text(max_size=60))
def test_any_line_can_be_read_and_pieces_stand_where_they_say(text):
    found = read(text)
    assert all(0 <= piece.begin < piece.end <= len(text) for piece in found.pieces)
    assert (found.kind is None) == (found.problem is not None)


@given(st.sampled_from(sorted(KIND_WORDS)), st.from_regex("[a-z]{1,9}", fullmatch=True))
def test_words_without_form_are_kept_exactly(kind, word):
    words = f"{word}  {word}"
    assert read(f"{KIND_WORDS[kind][0]} {words}").words == words


@pytest.mark.parametrize("money", [None, Money(Decimal("249.00"), "THB"), Money(Decimal(150000), "IDR")])
def test_what_is_written_for_correcting_reads_the_same(money):
    before = ticket(
        "return_refund", sku="PANTS-BLK-M", order_id="576981590830166131", buyer="malee.s", words="too tight",
                    money=money)  # fmt: skip
    found = read(write_line(before))
    assert (found.kind, found.sku, found.order_id, found.buyer, found.words, found.money) == (
        "return_refund", "PANTS-BLK-M", "576981590830166131", "malee.s", "too tight", money,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("249", "249", "THB"), ("1,290", "1290", "THB"), ("\u0e3f249", "249", "THB"), ("23.05 USD", "23.05", "USD"),
     ("$5", "5", "THB")],
)  # fmt: skip
def test_an_amount_alone_may_be_bare_and_is_read_as_in_a_line(text, amount, currency):
    assert parse_amount(text, "THB") == Money(Decimal(amount), currency)
    assert read(f"other {text}").money in (None, parse_amount(text, "THB"))


@pytest.mark.parametrize("text", ["", "2x", "zip broke", "\u0e3f249 zip", "1,29"])
def test_what_is_no_amount_alone(text):
    assert parse_amount(text, "THB") is None


_WORDS = st.lists(
    st.sampled_from(["refund", "by", "18:00", "@malee", "#vip", "\u0e3f9", "MUG-SET-4", "too", "576981590830166131"])
)


@given(
    _WORDS.map(" ".join),
    st.sampled_from([None, "MUG-SET-4", "lamp", "two words"]),
    st.sampled_from([None, "refund_only"]),
)
def test_a_line_says_what_it_is_made_of_and_names_what_it_cannot_say(words, sku, kind):
    pieces = [
        ("kind", "refund", kind),
        ("sku", sku, sku),
        ("due", "by 18:00", read("by 18:00").due),
        ("words", words, words),
    ]
    meant = {name: value for name, _text, value in pieces if value}
    line, left = as_line([piece for piece in pieces if piece[2]], read)
    found = read(line)
    said = {name: value for name in meant if (value := getattr(found, name))}
    assert said == {name: value for name, value in meant.items() if name not in left}
    assert "due" not in left, "nothing before it makes it something else"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("refund by today", "2026-11-24 13:12"),
        ("refund by tue too small", "2026-11-24 13:12"),
        ("by 24/11 is no beginning", None),
        ("message by today", "2026-11-25 00:00"),
        ("refund since Mon 20:15 by Fri", "2026-11-27 20:15"),
        ("refund by Fri end of day", "2026-11-28 00:00"),
    ],
)
def test_a_bare_day_is_meant_at_the_time_of_day_of_the_rule_for_that_case(text, due):
    def rule(kind, since, _money):
        return None if kind == "message" else since or datetime(2026, 11, 26, 6, 12, tzinfo=UTC)

    found = read(text, rule=rule).due
    if due is None:
        assert found == datetime(2026, 11, 24, 17, tzinfo=UTC), "without a kind at its end"
    else:
        assert f"{found.astimezone(BANGKOK):%Y-%m-%d %H:%M}" == due
