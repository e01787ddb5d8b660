"""The records as they are stored, and the names of the issue types, also of the shipped ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from tests.core.issues.samples import BOOK, NOON, TODAY, draft, issue, none_day
from workbench.core.issues.model import Issue, nothing_wrong
from workbench.core.issues.names import TypeBook
from workbench.core.issues.types import IssueType

SHIPPED = tomllib.loads((Path(__file__).parents[3] / "config.toml").read_text(encoding="utf-8"))["issue_types"]


@pytest.mark.parametrize("one", [issue(1, words="w\t中"), issue(2, count=3, ticket=7), none_day(3)])
def test_an_issue_survives_storage(one):
    assert msgspec.json.decode(msgspec.json.encode(one), type=Issue) == one


def test_a_draft_becomes_an_issue_and_back():
    made = draft(words="w", count=2, ticket=7).issue(5, NOON)
    assert (made.ref, made.pair, made.logged_at) == ("I-5", ("PANTS-BLK-L", "size"), NOON)
    assert made.draft == draft(words="w", count=2, ticket=7)
    empty = nothing_wrong(TODAY).issue(6, NOON)
    assert (empty.pair, empty.count, empty.none, empty.sku, empty.type, empty.words) == (None, 0, True, None, None, "")


def test_names_of_a_type():
    assert BOOK.name("missing_part", "zh") == "缺件"
    assert BOOK.name("missing_part", "fr") == "Missing part"
    assert BOOK.name("gone", "en") == "gone"
    assert BOOK.spellings("missing_part", "en")[:2] == ["missing part", "缺件"]
    assert "fit" not in BOOK.spellings("size", "en")
    assert BOOK.meant("ＭＩＳＳＩＮＧ　 Part") == ("missing_part",)


def test_an_id_is_a_name_unless_another_type_has_that_name():
    book = TypeBook(
        [
            IssueType(id="a", name={"en": "Apple"}, short={}, check={}),
            IssueType(id="b", name={"en": "Pear"}, short={}, aliases=("a",), check={}),
        ]
    )
    assert (book.meant("a"), book.meant("b"), book.spellings("a", "en")[0]) == (("b",), ("b",), "apple")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_shipped_type_can_be_written_by_its_name(language):
    book = TypeBook(msgspec.convert(SHIPPED, list[IssueType]))
    for id, type in book.types.items():
        assert book.meant(type.name[language]) == book.meant(type.short[language]) == (id,)
