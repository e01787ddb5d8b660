"""A campaign: the platform's dates, what was expected (locked when it starts), what came, and what was learnt.

Instants are aware UTC datetimes; amounts are decimal, in the shop's currency; a conversion is a share.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

State = Literal["coming", "running", "review", "measured", "closed"]
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)年?")


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Sales, orders and conversion of a campaign; None is not known."""

    sales: Decimal | None = None
    orders: int | None = None
    conversion: Decimal | None = None


class Later(msgspec.Struct, frozen=True):
    """What was thought of an expectation after it was locked: a dated note beside it."""

    at: datetime
    what: str
    value: str


class After(msgspec.Struct, frozen=True):
    """Measured again 30 days later: the refunds of its SKUs' orders of that period, and their money."""

    refunds: int
    money: Decimal


class CampaignEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of what was done with a campaign."""

    at: datetime
    what: str
    text: str | None = None


class Campaign(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One campaign; `id` is the number of `C-7`. `ticked`: the dates that are dealt with, by name. `reviewed_at`: the
    half hour after it was taken, of which `review_seconds` are used; `measured_at`: the second look, 30 days on."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    registration_opens: datetime | None = None
    registration_closes: datetime | None = None
    price_fixed_from: datetime | None = None
    withdraw_until: datetime | None = None
    stock: str | None = None
    categories: str | None = None
    skus: tuple[str, ...] = ()
    discount: str | None = None
    way: str | None = None
    sold_at: str | None = None
    slot: str | None = None
    hours: str | None = None
    expected: Figures = Figures()
    actual: Figures = Figures()
    why: str | None = None
    later: tuple[Later, ...] = ()
    after: After | None = None
    reviewed_at: datetime | None = None
    review_seconds: int = 0
    measured_at: datetime | None = None
    closed_at: datetime | None = None
    note: str | None = None
    ticked: tuple[str, ...] = ()
    story: tuple[CampaignEntry, ...] = ()

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"C-{self.id}"

    def state(self, now: datetime) -> State:
        """How it stands: after its end a review is due, then it waits to be measured again."""
        if self.closed_at is not None:
            return "closed"
        if now < self.starts_at:
            return "coming"
        if now < self.ends_at:
            return "running"
        return "measured" if self.measured_at is not None else "review"

    def locked(self, now: datetime) -> bool:
        """Whether what was expected stands for good."""
        return now >= self.starts_at


def _words(name: str) -> set[str]:
    """The words of a name, without its year and bare numbers: 双11大促2025 and 双11大促2026 have one in common."""
    return {word for word in _YEAR.sub(" ", name.casefold()).split() if len(word) > 1 and not word.isdigit()}


def similar(one: Campaign, other: Campaign) -> bool:
    """Whether a campaign is like another: a word of the name in common, or the same weeks of another year."""
    if one.id == other.id:
        return False
    if _words(one.name) & _words(other.name):
        return True
    away = abs(one.starts_at.timetuple().tm_yday - other.starts_at.timetuple().tm_yday)
    same_weeks = min(away, 365 - away) <= timedelta(weeks=2).days
    return one.starts_at.year != other.starts_at.year and same_weeks
