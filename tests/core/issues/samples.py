"""A small set of issue types and SKUs, and a fixed today, for the tests of the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from workbench.core.issues.line import read
from workbench.core.issues.model import Issue, IssueDraft
from workbench.core.issues.names import TypeBook
from workbench.core.issues.skus import Skus
from workbench.core.issues.types import IssueType

#: A Tuesday, of ISO week 48.
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def kind(id: str, en: str, zh: str, *aliases: str, short: str | None = None) -> IssueType:
    return IssueType(
        id=id,
        name={"en": en, "zh": zh},
        short={"en": short or id, "zh": zh},
        aliases=aliases,
        check={"en": f"look at {id}"},
    )


TYPES = [
    kind("size", "Size", "尺码", "fit", "small", "large", "too small", "偏小", "偏大", "尺寸"),
    kind("colour", "Colour", "颜色", "color", "色差"),
    kind("quality", "Quality", "质量", "broken", "doesn't work", "质量问题", "瑕疵"),
    kind("damaged", "Damaged in transit", "运输破损", "damage", "crushed", "碎了"),
    kind("missing_part", "Missing part", "缺件", "incomplete", "漏发", short="missing"),
    kind("wrong_item", "Wrong item", "发错货", "fit", short="wrong"),
    kind("late", "Late", "延误", "slow", "missing package", "太慢"),
    kind("other", "Other", "其他", "misc"),
]
BOOK = TypeBook(TYPES)
IDS = list(BOOK.types)
PRODUCTS = [
    ("PANTS-BLK-L", "Wide leg pants, black L"),
    ("PANTS-BLK-M", "Wide leg pants, black M"),
    ("CHAIR-OAK", "Folding chair, oak"),
    ("LAMP", None),
    ("LAMP late", None),
    ("Red Dress S", "Dress"),
    ("大衣", None),
    ("Sun", None),
]


def known() -> Skus:
    return Skus(PRODUCTS)


def reading(text: str, skus: Skus | None = None, **more):
    return read(text, **({"types": BOOK, "skus": skus or known(), "today": TODAY} | more))


def draft(sku="PANTS-BLK-L", type="size", words="", day=TODAY, **more) -> IssueDraft:
    return IssueDraft(day=day, sku=sku, type=type, words=words, **more)


def issue(id: int, day=TODAY, sku="PANTS-BLK-L", type="size", words="w", minutes: int | None = None, **more) -> Issue:
    at = NOON + timedelta(minutes=id if minutes is None else minutes)
    return Issue(id=id, day=day, logged_at=at, sku=sku, type=type, words=words, **more)


def none_day(id: int, day=TODAY) -> Issue:
    return Issue(id=id, day=day, logged_at=NOON, count=0, none=True)
