"""The shipped file: in order, complete in both languages, fit for narrow columns, and commented."""

import re
import tomllib
import unicodedata
from itertools import pairwise

import pytest

from workbench.config import load, shipped_path
from workbench.config.groups import ROOT
from workbench.config.load import leaves
from workbench.config.market_tables import PARTS
from workbench.config.reference import reference
from workbench.config.shipped import Shipped

TEXT = shipped_path().read_text("utf-8")
WHOLE = tomllib.loads(TEXT)


def test_it_has_no_problems_when_it_is_read_as_a_sellers_file():
    assert load(shipped_path()).problems == ()


def test_the_sections_together_are_the_whole():
    shipped = Shipped(shipped_path())
    for name, value in WHOLE.items():
        if name != "markets":
            assert shipped.section(name) == value
    for name, market in WHOLE["markets"].items():
        parts = {part: found for part in PARTS if (found := shipped.section("markets", name, part))}
        assert shipped.section("markets", name) | parts == market
    assert shipped.section("no such group") == {}


def test_every_group_and_market_stands_in_it():
    assert set(WHOLE) == set(ROOT.forms) - {"holidays"}
    assert list(WHOLE["markets"]) == ["generic", "US", "TH", "VN", "ID", "PH", "MY", "SG", "UK"]


def texts(value):
    if isinstance(value, dict):
        if "en" in value or "zh" in value:
            yield value
        else:
            for each in value.values():
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_every_text_stands_in_both_languages():
    found = list(texts(WHOLE))
    assert len(found) > 80
    for each in found:
        assert set(each) == {"en", "zh"}
        assert each["en"].isascii()
        assert any("\u4e00" <= char <= "\u9fff" for char in each["zh"])


def test_no_character_of_ambiguous_width():
    assert {char for char in TEXT if unicodedata.east_asian_width(char) == "A"} == set()


def test_issue_types_are_the_twelve_with_shorts_that_fit(shipped):
    types = shipped.settings.issue_types
    assert [each.id for each in types] == [
        "size", "colour", "quality", "damaged", "missing_part", "wrong_item", "not_as_described", "late", "use",
        "authenticity", "price", "other",
    ]  # fmt: skip
    for each in types:
        assert len(each.short["en"]) <= 7
        assert len(each.short["zh"]) <= 3, "three Chinese characters are six cells"
        assert any(alias.isascii() for alias in each.aliases)
        assert any(not alias.isascii() for alias in each.aliases)


def test_a_word_means_one_issue_type(shipped):
    owner = {}
    for each in shipped.settings.issue_types:
        for word in {*each.name.values(), *each.short.values(), *each.aliases, each.id}:
            assert owner.setdefault(word.casefold(), each.id) == each.id


def test_the_reasons_of_the_platforms_files_mean_a_type(shipped):
    known = {alias for each in shipped.settings.issue_types for alias in each.aliases}
    assert {
        "No longer needed",
        "Change of mind",
        "Wrong product sent",
        "Product is defective or doesn't work",
        "Product doesn't match description",
        "Received parcel, but some items were missing",
    } <= known


def test_defaults_as_the_rules_name_them(shipped):
    settings = shipped.settings
    assert settings.shop.market == "generic"
    assert (settings.shop.timezone.key, settings.shop.currency) == ("UTC", None)
    assert settings.shop.day_ends_at.isoformat() == "04:00:00"
    assert (settings.soon.tickets.total_seconds(), settings.soon.appeals.days) == (24 * 3600, 7)
    assert settings.soon.points == 5
    assert settings.me.timezone is None
    assert settings.display.theme == "workbench-dark"
    assert (settings.keys.preset, settings.keys.bind) == ("default", {})
    assert settings.calendar.write_to is None
    assert settings.intake.downloads is None
    assert [each.digit for each in settings.views] == [1, 2, 3, 4, 5, 6, 7]
    assert [each.every or each.each for each in settings.routines] == ["week", "monday", "live", "quarter"]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("selesai", "Completed"),
        ("dibatalkan", "Canceled"),
        ("เสร็จสมบูรณ์", "Completed"),
        ("ยกเลิกแล้ว", "Canceled"),
        ("已完成", "Completed"),
        ("已取消", "Canceled"),
    ],
)
def test_words_of_other_languages_are_folded_and_mean_the_english_one(shipped, word, meaning):
    assert shipped.settings.intake.status[word] == meaning


def test_headers_of_other_languages_name_real_columns(shipped):
    known = {
        "Order ID", "Order Substatus", "Cancelation/Return Type", "Created Time", "Shipped Time", "Cancelled Time",
        "Return Order ID", "Return Logistics Tracking ID", "Return Type", "Return Status", "Return Reason",
        "Time Requested",
    }  # fmt: skip
    assert set(shipped.settings.intake.header.values()) == known


def test_each_plain_value_and_each_rule_has_a_comment_above_it():
    lines = TEXT.splitlines()
    plain, header = 0, ""
    for above, line in pairwise(lines):
        header = line if line.startswith("[") else header
        if re.match(r"\[\[markets\.\w+\.deadlines", line):
            assert above.startswith("#"), line
        elif re.fullmatch(r"\[(shop|soon|me|display|keys|calendar|intake)\]", header) and re.match(r"\w+ =", line):
            assert above.startswith("#"), line
            plain += 1
    assert plain == 17


def test_the_reference_has_every_setting_once_with_help():
    entries = reference(Shipped(shipped_path()))
    keys = [entry.key for entry in entries]
    assert len(keys) == len(set(keys)) > 60
    assert all(entry.help.text.endswith(".") and entry.expected.text for entry in entries)
    shown = {entry.key: entry.default for entry in entries}
    assert shown["soon.tickets"] == '"24h"'
    plain = {".".join(map(str, key)) for key in leaves(WHOLE) if key[0] in ("shop", "soon", "me", "display")}
    assert plain <= set(keys)
