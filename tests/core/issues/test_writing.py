"""What is written reads as the same issue, whatever SKU and words it has."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.issues.samples import BOOK, IDS, PRODUCTS, TODAY, draft, issue, none_day, reading
from workbench.core.issues.skus import Skus
from workbench.core.issues.writing import opening, write

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PIECES = st.lists(
    st.sampled_from(
        ["size", "尺码", "part", "missing", "x2", "@T-7", "@-", "today", "周一", "LAMP", '"', "＂", " ", "  ", "\t"]
    ),
    max_size=6,
).map("".join)
WORDS = TEXT | PIECES
SKUS = (TEXT | PIECES | st.sampled_from([sku for sku, _ in PRODUCTS])).filter(str.strip)


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        (draft(words="too tight"), "2026-11-24 PANTS-BLK-L size too tight"),
        (draft(), "2026-11-24 PANTS-BLK-L size"),
        (draft(words="w", count=2, ticket=7), "2026-11-24 PANTS-BLK-L size x2 @T-7 w"),
        (draft(words="x2 w"), "2026-11-24 PANTS-BLK-L size x1 x2 w"),
        (draft(words="@T-7 w"), "2026-11-24 PANTS-BLK-L size x1 @- @T-7 w"),
        (draft(type="missing_part", words="w"), "2026-11-24 PANTS-BLK-L missing part w"),
        (draft("Wide Leg", words="w"), '2026-11-24 "Wide Leg" size w'),
        (draft("LAMP", "late", "size w"), '2026-11-24 "LAMP" late size w'),
    ],
)
def test_a_line_is_plain_where_it_can_be(wanted, line):
    assert write(wanted, types=BOOK, language="en", skus=Skus(PRODUCTS)) == line


def test_the_day_may_be_left_out():
    day = date(2026, 11, 20)
    assert write(draft(words="w", day=day), types=BOOK, language="zh", dated=False) == "PANTS-BLK-L 尺码 w"
    line = write(draft("today", words="w", day=day), types=BOOK, language="en", dated=False)
    assert reading(line, day=day).draft == draft("today", words="w", day=day)


@settings(max_examples=300)
@given(
    sku=SKUS,
    type=st.sampled_from(IDS),
    words=WORDS,
    day=st.dates(),
    count=st.integers(1, 999_999),
    ticket=st.none() | st.integers(1, 999_999_999),
    language=st.sampled_from(["en", "zh"]),
    dated=st.booleans(),
    others=st.lists(SKUS, max_size=3),
)
def test_what_is_written_reads_as_the_same(sku, type, words, day, count, ticket, language, dated, others):
    wanted = draft(sku, type, words, day, count=count, ticket=ticket)
    skus = Skus([(name, None) for name in [sku, *others]])
    line = write(wanted, types=BOOK, language=language, skus=skus, dated=dated)
    assert reading(line, skus, today=TODAY, day=None if dated else day).draft == wanted


def test_a_day_with_nothing_wrong_has_no_line():
    assert write(none_day(1), types=BOOK, language="en") == ""


def test_a_type_that_is_gone_is_written_by_its_id():
    assert write(issue(1, type="gone"), types=BOOK, language="en").split()[2] == "gone"


def test_an_opening_repeats_the_last_sku_and_type():
    assert opening("LAMP", None, types=BOOK, language="en") == "LAMP "
    line = opening("Red Dress S", "missing_part", types=BOOK, language="zh")
    assert line == '"Red Dress S" 缺件 '
    assert reading(line + "w", Skus()).draft == draft("Red Dress S", "missing_part", "w")
