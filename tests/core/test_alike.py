"""What an unknown SKU may have been meant as."""

from __future__ import annotations

import pytest

from workbench.core.alike import alike

KNOWN = (
    ("PANTS-BLK-L", "Wide leg pants, black L"),
    ("PANTS-BLK-M", "Wide leg pants, black M"),
    ("DRESS-RED-S", "Summer dress, red"),
    ("SKU-10", None),
    ("裤子-黑-L", "阔腿裤 黑色"),
    ("MUG-SET-4", "四件套马克杯"),
)


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("PANTS-BLK", ("PANTS-BLK-L", "PANTS-BLK-M")),
        ("pants", ("PANTS-BLK-L", "PANTS-BLK-M")),
        ("ＰＡＮＴＳ", ("PANTS-BLK-L", "PANTS-BLK-M")),
        ("dress", ("DRESS-RED-S",)),
        ("d", ("DRESS-RED-S",)),
        ("裤子", ("裤子-黑-L",)),
        ("阔腿裤", ("裤子-黑-L",)),
        ("马克杯", ("MUG-SET-4",)),
        ("wide", ("PANTS-BLK-L", "PANTS-BLK-M")),
        # Slips.
        ("PANTSBLKL", ("PANTS-BLK-L",)),
        ("PANTS_BLK_L", ("PANTS-BLK-L",)),
        ("PATNS-BLK-L", ("PANTS-BLK-L",)),
        ("PANT-BLK-L", ("PANTS-BLK-L",)),
        ("PANTTS-BLK-L", ("PANTS-BLK-L",)),
        ("DRSSS-RED-S", ("DRESS-RED-S",)),
        # Another size, colour, number, or thing is another SKU.
        ("PANTS-BLK-S", ()),
        ("PANTS-BLU-L", ()),
        ("SKU-1", ()),
        ("SKU-11", ()),
        ("SKU-100", ()),
        ("PANTS-BLK-L-2", ()),
        ("LAMP-WHT", ()),
        ("ress", ()),
        ("-", ()),
        ("", ()),
    ],
)
def test_what_an_unknown_sku_may_mean(typed, want):
    assert alike(typed, KNOWN) == want


def test_no_more_are_proposed_than_can_be_read():
    assert len(alike("p", [(f"P-{n}", None) for n in range(50)])) == 5


@pytest.mark.parametrize(("typed", "known", "asked"), [
    ("LAMP-WTH", "LAMP-WHT", True), ("LAMP-WHTT", "LAMP-WHT", True), ("LAMP-WHT", "LAMP-WHTE", True),
    ("PANTS-BLU", "PANTS-BLK", False), ("TEE-XXL", "TEE-XXXL", False), ("TEE-XL", "TEE-L", False),
    ("TEE-SM", "TEE-MS", False), ("SKU-123", "SKU-132", False),
])  # fmt: skip
def test_a_slip_in_a_short_word_is_asked_about_and_another_colour_or_size_is_not(typed, known, asked):
    assert bool(alike(typed, [(known, None)])) == asked
