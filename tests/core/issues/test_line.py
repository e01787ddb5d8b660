"""One line of the log: every part, in both languages, and words that are kept exactly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.issues.samples import BOOK, IDS, TODAY, draft, known, reading
from workbench.core.issues.skus import Skus
from workbench.core.issues.writing import write

HOSTILE = [
    "one size smaller",
    " \"quoted\" and 'single' ",
    "tab\tinside\t",
    "  two blanks before",
    "line\nbreak\r\n",
    "[bold]not markup[/bold] {x} %s \\",
    "\x1b[31mred\x1b[0m \x07",
    "=1+1",
    "@SUM(A1)",
    "+49 170",
    "-",
    "中文，很小。",
    "😀 👩‍👩‍👧",
    "\u202eevil\u202c",
    "x 2",
    "x2y",
    "2x",
    "@T-",
    "@t-7a",
    "size",
    "\u3000full",
]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("PANTS-BLK-L size too tight", draft(words="too tight")),
        ("pants-blk-l SIZE too tight", draft(words="too tight")),
        ("PANTS-BLK-L size", draft()),
        ("   PANTS-BLK-L   size   x2   @T-7 words", draft(words="words", count=2, ticket=7)),
        ("PANTS-BLK-L size X2 @t-7", draft(count=2, ticket=7)),
        ("PANTS-BLK-L size ×12 words", draft(words="words", count=12)),
        ("PANTS-BLK-L size @T-7 x2 words", draft(words="x2 words", ticket=7)),
        ("PANTS-BLK-L size x1 x2 words", draft(words="x2 words")),
        ("PANTS-BLK-L size @- @T-7 words", draft(words="@T-7 words")),
        ("ＰＡＮＴＳ－ＢＬＫ－Ｌ　ｓｉｚｅ　ｘ２　＠Ｔ－７　小", draft(words="小", count=2, ticket=7)),
        ("NEW-1 size w", draft("NEW-1", words="w")),
        ("ＮＥＷ size w", draft("ＮＥＷ", words="w")),
        # Days.
        ("2026-11-02 PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 2))),
        ("２０２６－１１－０２ PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 2))),
        ("today PANTS-BLK-L size w", draft(words="w")),
        ("Yesterday PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 23))),
        ("昨天 PANTS-BLK-L 尺码 w", draft(words="w", day=date(2026, 11, 23))),
        ("今天 PANTS-BLK-L 尺码 w", draft(words="w")),
        ("前天 PANTS-BLK-L 尺码 w", draft(words="w", day=date(2026, 11, 22))),
        ("Monday PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 23))),
        ("tue PANTS-BLK-L size w", draft(words="w")),
        ("WED PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 18))),
        ("周一 PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 23))),
        ("星期天 PANTS-BLK-L size w", draft(words="w", day=date(2026, 11, 22))),
        ("昨天PANTS-BLK-L尺码偏小", draft(words="偏小", day=date(2026, 11, 23))),
        # Types: the longest name or alias.
        ("LAMP missing part of the foot", draft("LAMP", "missing_part", "of the foot")),
        ("LAMP missing  part x", draft("LAMP", "missing_part", "x")),
        ("LAMP missing parts", draft("LAMP", "missing_part", "parts")),
        ("LAMP missing package gone", draft("LAMP", "late", "gone")),
        ("LAMP missing_part foot", draft("LAMP", "missing_part", "foot")),
        ("LAMP Damaged In Transit box", draft("LAMP", "damaged", "box")),
        ("LAMP doesn't work at all", draft("LAMP", "quality", "at all")),
        ("LAMP too small", draft("LAMP", "size", "")),
        # Chinese names may touch what follows.
        ("PANTS-BLK-L 尺码 偏小", draft(words="偏小")),
        ("PANTS-BLK-L 尺码偏小", draft(words="偏小")),
        ("PANTS-BLK-L 偏小一码", draft(words="一码")),
        ("PANTS-BLK-L 质量问题 掉色", draft(type="quality", words="掉色")),
        ("PANTS-BLK-L 质量差", draft(type="quality", words="差")),
        ("PANTS-BLK-L 尺码x2 偏小", draft(words="偏小", count=2)),
        ("PANTS-BLK-L 尺码x2偏小", draft(words="偏小", count=2)),
        ("PANTS-BLK-L 尺码@T-3 偏小", draft(words="偏小", ticket=3)),
        ("PANTS-BLK-L size太小", draft(words="太小")),
        ("PANTS-BLK-L尺码偏小", draft(words="偏小")),
        ("大衣尺码 偏小", draft("大衣", words="偏小")),
        ("外套 尺码 偏小", draft("外套", words="偏小")),
        # SKUs of several words.
        ("red dress s size w", draft("Red Dress S", words="w")),
        ("LAMP late late never came", draft("LAMP late", "late", "never came")),
        ("LAMP late never came", draft("LAMP", "late", "never came")),
        ('"Wide Leg" size w', draft("Wide Leg", words="w")),
        ('"red dress s" size w', draft("Red Dress S", words="w")),
        ('"5"" disc" size w', draft('5" disc', words="w")),
        ("“Wide Leg” size w", draft("Wide Leg", words="w")),
        ("＂Wide Leg＂ size w", draft("Wide Leg", words="w")),
        ('5" size w', draft('5"', words="w")),
        # A day's name is a SKU only where one is known.
        ("Sun size w", draft("Sun", words="w")),
        ("sun LAMP size w", draft("LAMP", words="w", day=date(2026, 11, 22))),
        ("sun NEW size w", draft("NEW", words="w", day=date(2026, 11, 22))),
        ("Sun Sun size w", draft("Sun", words="w", day=date(2026, 11, 22))),
    ],
)
def test_a_line_says(text, want):
    found = reading(text)
    assert (found.draft, found.problem) == (want, None)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    "front", ["LAMP size", "昨天 LAMP 尺码", "LAMP size x3", "LAMP size @T-7", "LAMP size x3 @T-7"]
)
def test_words_are_kept_exactly(front, words):
    assert reading(f"{front} {words}").words == words


@given(
    words=st.text(st.characters(exclude_categories=["Cs"]), max_size=30), front=st.sampled_from(["LAMP size x1 @- #-"])
)
def test_any_words_are_kept_exactly_behind_explicit_marks(words, front):
    assert reading(f"{front} {words}").draft == draft("LAMP", words=words)


@pytest.mark.parametrize(
    ("text", "says", "asks"),
    [
        ("", "The SKU is missing", None),
        ("  ", "The SKU is missing", None),
        ("yesterday", "The SKU is missing", None),
        ('"" size w', "The SKU is missing", None),
        ('"Wide Leg size w', "The quote before the SKU is not closed", None),
        ("2026-02-30 LAMP size w", "is not a day", None),
        ("2026-13-01", "is not a day", None),
        ("LAMP", "The issue type is missing", ("type", tuple(IDS))),
        ("LAMP siz w", "is not an issue type", ("type", ("size", *(id for id in IDS if id != "size")))),
        ("LAMP dmaged w", "is not an issue type", ("type", ("damaged", *(id for id in IDS if id != "damaged")))),
        ("LAMP zzz w", "is not an issue type", ("type", tuple(IDS))),
        ("LAMP sizes w", "is not an issue type", ("type", ("size", *(id for id in IDS if id != "size")))),
        ("LAMP fit w", "may be one of these issue types", ("type", ("size", "wrong_item"))),
        ("yesterday size too tight", "is not an issue type", ("type", tuple(IDS))),
        ("LAMP size x0 w", "counts nothing", None),
    ],
)
def test_what_is_missing_is_said(text, says, asks):
    found = reading(text)
    assert found.draft is None
    assert says in found.problem.text
    if asks:
        assert (found.question.about, found.question.candidates[: len(asks[1])]) == asks


def test_a_problem_names_the_candidates_in_the_language():
    assert reading("LAMP fit w").problem.args == {"text": "fit", "types": "size, wrong item (wrong_item)"}
    assert reading("LAMP fit w", language="zh").problem.args["types"] == "尺码 (size), 发错货 (wrong_item)"


def test_skus_that_differ_only_in_case_are_asked_for_unless_spelled_exactly():
    skus = Skus([("Lamp-1", None), ("LAMP-1", None)])
    assert reading("LAMP-1 size w", skus).sku == "LAMP-1"
    asked = reading("lamp-1 size w", skus)
    assert asked.draft is None
    assert (asked.question.about, asked.question.candidates) == ("sku", ("Lamp-1", "LAMP-1"))
    assert asked.text[asked.question.start : asked.question.end] == "lamp-1"


def test_the_parts_stand_where_they_stand():
    text = "  yesterday red dress s  missing part x2 @T-7  gone "
    found = reading(text)
    assert [(part.name, text[part.start : part.end]) for part in found.parts] == [
        ("day", "yesterday"),
        ("sku", "red dress s"),
        ("type", "missing part"),
        ("count", "x2"),
        ("ticket", "@T-7"),
        ("words", " gone "),
    ]


def test_a_line_without_a_day_is_of_the_day_it_is_given():
    before = date(2026, 11, 20)
    assert reading("LAMP size w", day=before).day == before
    assert reading("today LAMP size w", day=before).day == TODAY


def test_a_day_after_today_and_an_unknown_sku_are_marked():
    assert reading("2026-11-25 LAMP size w").future
    assert not reading("2026-11-24 LAMP size w").future
    assert reading("NEW size w").new_sku
    assert not reading("lamp size w").new_sku


def test_a_long_word_is_read_fast_enough_to_end():
    text = "大" * 50_000 + " size w"
    assert reading(text).sku == "大" * 50_000
    assert BOOK.match("尺" * 50_000, 0) is None


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    found = reading(text)
    assert (found.draft is None) == (found.problem is not None)
    assert all(0 <= part.start < part.end <= len(text) for part in found.parts)
    assert list(found.parts) == sorted(found.parts, key=lambda part: part.start)


def test_known_skus_win_over_a_reading_with_a_new_one():
    assert reading("PANTS-BLK-L尺码偏小 质量 也差").draft == draft(words="偏小 质量 也差")
    assert reading("PANTS-BLK-L尺码偏小 质量 也差", Skus()).draft == draft("PANTS-BLK-L尺码偏小", "quality", "也差")
    assert known().spelled("PANTS-BLK-L") == ("PANTS-BLK-L",)


def test_an_unknown_sku_like_a_known_one_is_asked_about():
    for text in ("PANTS size w", "pants-blk 尺码 w", "yesterday PANTS size x2 @T-1 w"):
        found = reading(text)
        assert found.draft is None
        assert found.question is not None
        assert (found.question.about, found.question.candidates[0]) == ("sku", "PANTS-BLK-L")
        assert "PANTS-BLK-L" in str(found.problem)
    assert reading('"PANTS" size w').draft == draft("PANTS", words="w"), "in quotes it is meant so"
    assert reading("PANTS size w", new=True).draft == draft("PANTS", words="w")
    assert reading("PANTS-BLK-S size w").draft == draft("PANTS-BLK-S", words="w"), "another size is another SKU"


@pytest.mark.parametrize(
    ("line", "content", "words"),
    [
        ("PANTS-BLK-L size #evening too tight", "evening", "too tight"),
        ("PANTS-BLK-L size x2 @T-7 #evening too tight", "evening", "too tight"),
        ("PANTS-BLK-L size #2 is too tight", None, "#2 is too tight"),
        ("PANTS-BLK-L size # too tight", None, "# too tight"),
        ("PANTS-BLK-L size #- #evening", None, "#evening"),
        ("PANTS-BLK-L size too tight #evening", None, "too tight #evening"),
    ],
)
def test_a_content_behind_the_type(line, content, words):
    found = reading(line)
    assert (found.content, found.words) == (content, words)
    again = write(found.draft, types=BOOK, language="en")
    assert reading(again).draft == found.draft
