"""A promotion in one line, in both languages."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.line import TOOL_WORDS, read_line, write_line
from workbench.core.promotions.model import TOOLS, Item

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 24, 9, tzinfo=BANGKOK)  # a Tuesday


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def read(text: str):
    return read_line(text, NOW, BANGKOK, 2)


@pytest.mark.parametrize(
    ("line", "tool", "items", "starts", "ends", "keep"),
    [
        ("flash LAMP-WHT 590 until fri 14:00 keep", "flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T14:00", True),
        ("秒杀 LAMP-WHT 590 到 周五 14:00 常挂", "flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T14:00", True),
        ("live flash LAMP-WHT 590 for 20min", "live_flash", [("LAMP-WHT", "590.00")], None, "2026-11-24T09:20", False),
        ("达人秒杀 LAMP-WHT 590 for 3d", "creator_flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T09:00", False),
        ('flash "red dress, M" 590 for 3d', "flash", [("red dress, M", "590.00")], None, "2026-11-27T09:00", False),
        ("flash LAMP-WHT ฿590 for 3d", "flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T09:00", False),
        ("flash LAMP-WHT 590 挂 72 小时", "flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T09:00", False),
        ("discount A 5 B 6.50 from 2026-12-01 until 2026-12-05", "discount", [("A", "5.00"), ("B", "6.50")],
         "2026-12-01T00:00", "2026-12-06T00:00", False),
        ("discount -10% until fri", "discount", [(None, "10%")], None, "2026-11-28T00:00", False),
        ("折扣 全部 -12.5% 到 2026-11-30", "discount", [(None, "12.5%")], None, "2026-12-01T00:00", False),
        ("ｆｌａｓｈ LAMP-WHT ５９０ until fri 14:00", "flash", [("LAMP-WHT", "590.00")], None, "2026-11-27T14:00",
         False),
    ],
)  # fmt: skip
def test_what_a_line_means(line, tool, items, starts, ends, keep):
    found = read(line)
    assert found.problem is None
    draft = found.draft
    expected = tuple(
        Item(sku, percent=Decimal(price[:-1])) if price.endswith("%") else Item(sku, Decimal(price))
        for sku, price in items
    )
    assert (draft.tool, draft.items, draft.keep) == (tool, expected, keep)
    assert draft.starts_at == (NOW if starts is None else local(starts))
    assert draft.ends_at == local(ends)


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("", "Which tool"),
        ("LAMP-WHT 590", "Which tool"),
        ("flash", "Which SKU"),
        ("flash LAMP-WHT", "At which price"),
        ("flash LAMP-WHT 590", "Until when"),
        ("flash LAMP-WHT 590 until fri for 3d", "Until when"),
        ("flash LAMP-WHT 590 until 2026-11-01", "end before"),
        ("flash LAMP-WHT 5.555 for 3d", "decimals"),
        ("my flash LAMP-WHT 5 for 3d", "Which tool"),
        ("flash LAMP-WHT 5 for 3x", "not a length"),
        ("flash LAMP-WHT 5 for", "not a length"),
        ("flash LAMP-WHT 5 from nix for 3d", "not a time"),
        ("flash LAMP-WHT 5 until", "not a time"),
    ],
)
def test_what_is_still_missing_is_asked(line, asks):
    found = read(line)
    assert found.draft is None
    assert asks in found.problem.text


def test_the_words_that_were_understood_are_named():
    line = "flash LAMP-WHT 590 until fri 14:00 keep"
    assert " ".join(line[low:high] for low, high in read(line).known) == line


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_line_is_a_fault(text):
    found = read(f"flash {text}")
    assert (found.draft is None) == (found.problem is not None)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(' ",，'), min_size=1)
        .map(str.strip).filter(bool)
        | st.sampled_from(["keep", "until", "for", "all", "-10%", "590", "灯 大", "ＡＢ", "flash", 'a "b" c']),
        min_size=1, max_size=4, unique=True,
    ),
    st.sampled_from(TOOLS),
)  # fmt: skip
def test_what_a_line_is_written_as_is_read_back(skus, tool):
    items = tuple(Item(sku, Decimal("5.00")) for sku in skus)
    draft = PromotionDraft(tool=tool, items=items, starts_at=NOW, ends_at=local("2026-11-27T14:00"), keep=True)
    assert read(write_line(draft, BANGKOK)).draft == draft


def test_the_second_name_of_a_tool_is_chinese():
    assert [tool for tool in TOOLS if TOOL_WORDS[tool][1].isascii()] == []
