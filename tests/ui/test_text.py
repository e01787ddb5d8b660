"""Text in cells: clean, cut, padded, wrapped."""

from __future__ import annotations

import re
import sys
from unicodedata import combining, east_asian_width

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.output.cells import _harm, _innocent
from workbench.ui import text
from workbench.ui.text import Span
from workbench.ui.theme import Palette

_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ud800-\udfff]")
#: Text as a buyer may write it: any character, the dangerous ones often.
BUYERS = st.text(
    st.characters() | st.sampled_from("\x1b\u202e\u200d\ufe0f\u0301\u7ea2\u0e40\U0001f44d[]\n"), max_size=40
)


@given(BUYERS)
def test_nothing_that_steers_is_left(said):
    assert not _STEERS.search(text.clean(said))
    assert text.clean(text.clean(said)) == text.clean(said)


def test_what_passes_without_a_closer_look_is_harmless():
    passed = "".join(filter(_innocent, map(chr, range(sys.maxunicode + 1))))
    assert len(passed) > 100_000
    assert not any(looked_for.search(passed) for looked_for in _harm())


@given(BUYERS, st.integers(0, 30), st.booleans())
def test_a_cell_has_exactly_its_width(said, cells, right):
    assert cell_len(text.fit(said, cells, right)) == cells


def test_what_is_cut_ends_with_a_mark():
    assert text.cut("PANTS-BLK-LONG", 8) == "PANTS-B~"
    assert text.cut("\u7ea2\u8272\u8fde\u8863\u88d9", 6) == "\u7ea2\u8272~"
    assert text.fit("\u7ea2\u8272", 7) == "\u7ea2\u8272   "


@given(BUYERS, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(said, cells):
    lines = text.wrap(said, cells)
    assert all(cell_len(line) <= cells for line in lines)
    kept = re.sub(r"\s", "", "".join(lines))
    assert kept == re.sub(r"\s", "", text.clean(" ".join(said.splitlines())))


def test_no_line_begins_with_closing_punctuation():
    words = "\u4ec0\u4e48\u90fd\u4e0d\u505a\uff1a\u81ea\u52a8\u540c\u610f\uff0c\u9000\u7ed9\u4e70\u5bb6\u3002"
    for cells in range(6, 30):
        for line in text.wrap(words, cells):
            assert line[0] not in "\uff1a\uff0c\u3002"


def test_what_is_never_parted():
    said = "see \u201c\u7ea2\u8272\u201d, \u597d\uff0c ab\uff0ccd"
    parts = ["see", " ", "\u201c\u7ea2", "\u8272\u201d,", " ", "\u597d\uff0c", " ", "ab\uff0c", "cd"]
    assert list(text._units(said)) == parts


def test_spread_puts_the_right_part_at_the_end_and_cuts_the_left_one():
    line = text.spread([Span("a long title that is cut")], [Span("47m left")], 24)
    assert text.line_width(line) == 24
    assert "".join(span.text for span in line) == "a long title ~  47m left"


@given(BUYERS)
def test_accents_do_not_pile_up(said):
    run = 0
    for character in text.clean(said + "Z" + "\u0301" * 30):
        run = run + 1 if combining(character) == 230 and east_asian_width(character) == "A" else 0
        assert run <= 2


def test_names_that_would_look_alike_when_cut_keep_what_makes_them_differ():
    told = text.told_apart(["LAMP", "DRESS-RED-0001-XL", "DRESS-RED-0002-XL", "DRESS-BLUE-LONG-SLEEVE"], 12)
    assert told == {
        "LAMP": "LAMP", "DRESS-RED-0001-XL": "~RED-0001-XL", "DRESS-RED-0002-XL": "~RED-0002-XL",
        "DRESS-BLUE-LONG-SLEEVE": "DRESS-BLUE-~",
    }  # fmt: skip
    same_ends = text.told_apart(["WOMENS-DRESS-1-LONG-SLEEVE", "WOMENS-DRESS-2-LONG-SLEEVE"], 8)
    assert list(same_ends.values()) == ["~1-LONG~", "~2-LONG~"]


@given(st.lists(BUYERS, max_size=8), st.integers(1, 20))
def test_told_apart_every_name_fits(names, cells):
    told = text.told_apart(names, cells)
    assert set(told) == set(names)
    assert all(cell_len(each) <= cells for each in told.values())


def test_a_mark_goes_with_its_letter_where_a_line_is_cut():
    palette = Palette({}, ansi=True, no_colour=False, sixteen=False)
    drawn = text.strip([Span("\u0e01\u0e35\u0e02"), Span("\u0e04")], 1, palette, "page")
    assert drawn.text == "\u0e01\u0e35"
