"""Fields are found, filled once, and never blank; a value is never read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.replies.fields import FieldValue, day_field, fields, fill, masked, pieces
from workbench.core.replies.fields import given as typed

VALUES = {"buyer": FieldValue("malee.s"), "order": FieldValue("{buyer}"), "blank": FieldValue("  ")}


def filled(text: str) -> tuple[str, tuple[str, ...]]:
    found = fill(text, VALUES.get)
    return found.text, found.missing


@pytest.mark.parametrize(
    ("text", "out", "missing"),
    [
        ("Hi {buyer}", "Hi malee.s", ()),
        ("Hi {BUYER}", "Hi malee.s", ()),
        ("{order}", "{buyer}", ()),
        ("{blank}", "{blank}", ("blank",)),
        ("{blank|there}", "there", ()),
        ("{x} and {x} and {y}", "{x} and {x} and {y}", ("x", "y")),
        ("{{buyer}}", "{buyer}", ()),
        ("{{{buyer}}}", "{malee.s}", ()),
        ("{ buyer }", "{ buyer }", ()),
        ("{buyer|}", "{buyer|}", ()),
        ("{}", "{}", ()),
        ("{\u4e70\u5bb6}", "{\u4e70\u5bb6}", ("\u4e70\u5bb6",)),
        ("{policy.decide}", "{policy.decide}", ("policy.decide",)),
        ("{today+3wd} {today-2d} {today+3x}", "{today+3wd} {today-2d} {today+3x}", ("today+3wd", "today-2d")),
        ("{a|{b}}", "{a|{b}}", ("b",)),
        ("[bold]{buyer}[/bold]", "[bold]malee.s[/bold]", ()),
    ],
)
def test_filling(text: str, out: str, missing: tuple[str, ...]) -> None:
    assert filled(text) == (out, missing)


ALPHABET = st.text(st.sampled_from("{}|ab.+3wdtoday \u4e70[]"), max_size=30)


@given(ALPHABET)
def test_pieces_cover_the_text(text: str) -> None:
    found = pieces(text)
    assert "".join(text[each.begin : each.end] for each in found) == text
    assert len(masked(text)) == len(text)
    assert set(fields(text)) == {each.name for each in found if each.name}


@given(ALPHABET, st.text(max_size=8))
def test_a_value_is_never_read_again(text: str, value: str) -> None:
    found = fill(text, lambda name: FieldValue(value))
    for place in found.places:
        if found.text[place.begin : place.end] != value:
            assert not value.strip()
    marked = fill(text, lambda name: FieldValue("\ufffc"))
    if value.strip() and not marked.missing:
        assert marked.text.replace("\ufffc", value) == found.text


@given(ALPHABET)
def test_doubled_braces_are_text(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert fill(doubled, lambda name: None).text == text


def test_given_values() -> None:
    assert typed({" Size ": "L", "x": " "}) == {"size": FieldValue("L", own=False)}


def test_days() -> None:
    assert [day_field(name) for name in ("today", "today+3wd", "today-2d", "todays")] == [
        (0, "d"),
        (3, "wd"),
        (-2, "d"),
        None,
    ]
