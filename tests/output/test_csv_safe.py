"""Cells that no spreadsheet runs, and the way back to exactly what was written."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.output.samples import shop
from workbench import i18n
from workbench.core.issues.model import IssueDraft
from workbench.core.saying import say
from workbench.output.csv_safe import encode, neutral, plain
from workbench.session.issues.sheet import bring_in, exported, preview

BEGINNINGS = st.sampled_from(
    ["", "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", " =", "\u3000+", "\uff1d", "'=", " '="]
)
TEXTS = st.builds(
    lambda begin, rest: begin + rest,
    BEGINNINGS,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@given(TEXTS)
def test_back_is_exactly_what_went_in_and_nothing_is_a_formula(text):
    cell = neutral(text)
    assert plain(cell) == text
    assert not cell.lstrip().startswith(FORMULA)
    assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1", "'=1"), ("'=1", "''=1"), ("'tis", "'tis"), ("a=1", "a=1"), (" \t@x", "' \t@x"), ("-", "'-"), ("", "")],
)
def test_a_cell_changes_only_where_it_must(text, cell):
    assert neutral(text) == cell


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(["LAMP", "=SKU", "-5", "Red Dress"])), min_size=1, max_size=8),
    st.sampled_from(["en", "zh"]),
)
def test_an_export_imports_as_exactly_the_same_words(tmp_path, lines, language):
    """Through the file, in either language, into another log."""
    here, there = (shop(Path(mkdtemp(dir=tmp_path))) for _ in range(2))
    drafts = [IssueDraft(day=date(2026, 11, 24), sku=sku, type="size", words=words) for words, sku in lines]
    here.log.add_many(lambda: drafts, lambda n: say("{n}", n=n))
    file = tmp_path / "log.csv"
    i18n.use(language)
    try:
        file.write_bytes(exported(here.log, here.log.issues()))
    finally:
        i18n.use("en")
    bring_in(there.log, preview(there.log, file))
    assert [issue.draft for issue in there.log.issues()] == drafts
    assert preview(here.log, file).known == len(drafts)


def test_the_file_is_one_that_spreadsheets_open():
    data = encode(["Day", "Words"], [["2026-11-24", 'a "b", c\nd'], [3, "=1"]])
    assert data.startswith(b"\xef\xbb\xbfDay,Words\r\n")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows == [["Day", "Words"], ["2026-11-24", 'a "b", c\nd'], ["3", "'=1"]]
