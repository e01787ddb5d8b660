"""Folding keeps the way back: every place of the folded text is a place of the original, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.config.lint import linter
from workbench.core.lint.fold import fold
from workbench.core.lint.model import Allowance, FilledIn

LINT = linter()
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("微信 -_.*/加我whatsap\u200b评价｛Ｖ"), max_size=60
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("W h a t s A p p me", "whatsapp me"),
        ("ＷｅＣｈａｔ", "wechat"),
        ("加 我 微-信", "加我微信"),
        ("加我。微信", "加我。微信"),
        ("加我\n微信", "加我\n微信"),
        ("S / M / L", "s / m / l"),
        ("q.q", "q.q"),
        ("ins\u200btagram", "instagram"),
        ("don’t", "don't"),
        ("5 星 好评", "5星好评"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(TEXTS)
def test_places_rise_and_end_at_the_end(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text) + 1
    assert list(folded.at) == sorted(folded.at)
    assert folded.at[-1] == len(text)


@given(TEXTS)
def test_a_finding_quotes_the_text(text: str) -> None:
    for each in LINT.lint(text):
        assert 0 <= each.begin <= each.end <= len(text)
        assert text[each.begin : each.end] == each.text


@given(TEXTS)
def test_a_value_of_the_case_never_blocks(value: str) -> None:
    place = FilledIn(0, len(value), "buyer", True)
    for each in LINT.lint(value, places=[place]):
        rule = LINT.rule(each.rule)
        assert each.level == "info" or (rule is not None and rule.whole)


def test_hidden_words_are_a_warning_of_their_own() -> None:
    for text in ("W h a t s A p p me", "ins\u200btagram: shop", "加 我 微-信", "a W h a t s A p p"):
        assert "evasion" in {each.rule for each in LINT.lint(text)}, text
    for text in ("S / M / L", "U.S.A.", "退货/退款", "加 我", "👨\u200d👩\u200d👧 family"):
        assert "evasion" not in {each.rule for each in LINT.lint(text)}, text


def test_traditional_characters_are_found() -> None:
    assert 1 in {each.number for each in LINT.lint("給五星評價就送您禮物")}


def test_values() -> None:
    text = "Write to 12 Soi 5, 081-234-5678"
    own = [FilledIn(9, len(text), "return_address", True)]
    (found,) = LINT.lint(text, places=own)
    assert (found.level, found.inside) == ("info", "return_address")
    (found,) = LINT.lint(text, places=[FilledIn(9, len(text), "address", False)])
    assert (found.level, found.inside) == ("block", "address")
    assert LINT.lint(text, known=["12 Soi 5, 081-234-5678"]) == ()


def test_an_allowance_holds_until_the_rule_is_newer() -> None:
    rule = LINT.rule("five-stars")
    text = "Please give us 5 stars"
    (found,) = LINT.lint(text, allow=[Allowance(rule="five-stars", reason="quoted", as_of=rule.as_of)])
    assert (found.allowed, found.blocks) == ("quoted", False)
    (found,) = LINT.lint(text, allow=[Allowance(rule="five-stars", reason="quoted")])
    assert (found.allowed, found.blocks) == (None, True)


def test_a_sellers_own_rules_and_lists() -> None:
    own = linter(
        {
            "rules": [
                {
                    "id": "no-lamp",
                    "number": 12,
                    "level": "warn",
                    "contains": ["lamps"],
                    "message": {"en": "x", "zh": "x"},
                },
                {
                    "id": "thanks",
                    "number": 12,
                    "level": "info",
                    "requires": ["thanks"],
                    "message": {"en": "x", "zh": "x"},
                },
                {"id": "links", "number": 6, "level": "warn", "limit": {"links": 1}, "message": {"en": "x", "zh": "x"}},
            ],
            "lists": {"lamps": ["lamp*"], "thanks": ["thanks"], "insult": ["-stupid", "clown"]},
        }
    )
    assert {each.rule for each in own.lint("the lamps are stupid")} == {"no-lamp", "thanks"}
    assert "insult" in {each.rule for each in own.lint("clown, thanks")}
    assert "links" in {each.rule for each in own.lint("thanks a.com b.com")}
