"""The filter language: each term, how they combine, and what is said about a mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, NOW, at, ticket
from workbench.core.saying import Misuse
from workbench.core.tickets import moves
from workbench.core.tickets.filter import compiled

CASES = [
    ticket(id=1, sku="PANTS-BLK-L", amount="249.00", reason="Too small", buyer="malee.s", tags=("vip",)),
    ticket("return_refund", "buyer_ship", id=2, sku="DRESS-RED-S", product="红色连衣裙", amount="420", order_id="5769"),
    ticket("cancel", id=3, opened="2026-11-20T08:00", note="called him\ntwice"),
    ticket("message", "wait", id=4, words='he said "[bold]hi[/]"'),
    ticket("other", id=5, opened="2026-11-01T00:00", product="套，四"),
    moves.close(ticket(id=6, amount="51"), "kept", NOW, FULL),
]

TABLE = {
    "": {1, 2, 3, 4, 5, 6},
    "pants": {1},
    "PANTS small": {1},
    '"too small"': {1},
    '"too  small"': set(),
    "连衣裙": {2},
    "t-3": {3},
    "5769": {2},
    "twice": {3},
    "[bold]hi": {4},
    "kind:refund_only": {1, 6},
    "kind:refund_only or kind:cancel": {1, 3, 6},
    "-kind:refund_only": {2, 3, 4, 5},
    "stage:buyer_ship": {2},
    "turn:seller": {1, 3, 5},
    "state:overdue": {3},
    "state:waiting": {2, 4},
    "state:closed": {6},
    "sku:PANTS*": {1},
    "sku:pants": set(),
    "sku:*red*": {2},
    "tag:VIP": {1},
    "due:<24h": {1, 3},
    "due:overdue": {3},
    "due:>24h": {2},
    "amount:>50": {1, 2, 6},
    "amount:<=51": {6},
    "amount:249": {1},
    "opened:>2026-11-20": {1, 2, 3, 4, 6},
    "opened:<2026-11-20": {5},
    "opened:2026-11-20": {3},
    "(kind:cancel or kind:message) -turn:buyer": {3},
    "-(kind:cancel or kind:message or kind:other)": {1, 2, 6},
    "kind:refund_only state:closed or stage:wait": {4, 6},
    "  kind:cancel  ": {3},
    'sku:"PANTS-BLK-L"': {1},
    "--kind:cancel": {3},
    "kind：refund_only": {1, 6},
    "due：＜24h": {1, 3},
    "amount：＞＝420": {2},
    "－kind:refund_only": {2, 3, 4, 5},
    "（kind：cancel　ｏｒ　kind：message）－turn：buyer": {3},
    "Ｔ－３": {3},
    "ＰＡＮＴＳ": {1},
    "＂too small＂": {1},
    '"ＰＡＮＴＳ"': set(),
    "套，四": {5},
    '"套，四"': {5},
    '"套,四"': set(),
}


@pytest.mark.parametrize(("expression", "expected"), TABLE.items())
def test_term(expression, expected):
    test = compiled(expression, NOW, BANGKOK)
    assert {case.id for case in CASES if test(case)} == expected


@pytest.mark.parametrize(
    "expression",
    [
        "kind:refund", "stage:x", "color:red", "due:soon", "due:yesterday",
        "goal:today", "goal:", "due:<2wd", "due:<", "amount:>x", "amount:>NaN",
        "opened:>yesterday", "(", ")", "(kind:cancel", "kind:cancel)", "or", "kind:cancel or", "or kind:cancel",
        '"open', 'sku:"open', "kind:", "-(", "()",
    ],
)  # fmt: skip
def test_mistake(expression):
    with pytest.raises(Misuse) as caught:
        compiled(expression, NOW, BANGKOK)
    assert caught.value.saying.text


def test_a_mistake_names_what_was_meant():
    with pytest.raises(Misuse) as caught:
        compiled("stat:overdue", NOW, BANGKOK)
    assert "state" in str(caught.value.saying.args)


@given(st.text(alphabet=st.sampled_from('ab "()-:<>or kindue5wd\\\u202e红'), max_size=40))
def test_any_text_is_a_filter_or_a_told_mistake(expression):
    try:
        test = compiled(expression, NOW, BANGKOK)
    except Misuse:
        return
    for case in CASES:
        assert test(case) in (True, False)


def test_opened_is_half_open():
    case = ticket(opened="2026-11-20T00:00")
    assert compiled("opened:>=2026-11-20", at("2026-11-24"), BANGKOK)(case)
    assert not compiled("opened:>2026-11-20", at("2026-11-24"), BANGKOK)(case)


#: Due at the end of today, overdue or another's, at the end of tomorrow, and one second after it.
OF_DAYS = [
    moves.state_due(ticket(id=1), at("2026-11-25T00:00"), NOW, FULL),
    moves.state_due(ticket("return_refund", "buyer_ship", id=2), at("2026-11-24T23:59"), NOW, FULL),
    moves.state_due(ticket(id=3), at("2026-11-24T00:00:01"), NOW, FULL),
    moves.state_due(ticket(id=4), at("2026-11-24T00:00"), NOW, FULL),
    moves.state_due(ticket(id=5), at("2026-11-26T00:00"), NOW, FULL),
    moves.state_due(ticket(id=6), at("2026-11-26T00:00:01"), NOW, FULL),
    ticket("message", id=7, opened="2026-11-24T08:45"),
    ticket("message", id=8, opened="2026-11-24T08:46"),
]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("due:today -kind:message", {1, 2, 3}),
        ("due:TODAY -turn:seller", {2}),
        ("due:tomorrow", {5}),
        ("goal:past", {7}),
    ],
)
def test_a_deadline_belongs_to_the_last_day_on_which_something_can_be_done(expression, expected):
    test = compiled(expression, NOW, BANGKOK)
    assert {case.id for case in OF_DAYS if test(case)} == expected
