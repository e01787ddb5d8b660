"""The forms of values with a meaning of their own: days, times, zones, currencies, conditions, filters, paths."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbench.config.forms import BAD, Form, Key, Note, Text, Wrong, unknown
from workbench.core.hours import DAYS, Hours, parse_hours
from workbench.core.policy import Condition, TimeSpan, parse_condition, parse_span
from workbench.core.saying import Misuse, say

if TYPE_CHECKING:
    from workbench.core.rates import Target


class Filter(Text):
    """An expression of the queue's filter."""

    def __init__(self) -> None:
        super().__init__(say("a filter such as kind:message, at most 300 characters"), r".{1,300}")

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        cleaned = super().clean(value, at, note)
        if cleaned is not BAD:
            from workbench.core.tickets.filter import compiled  # what is shipped needs no check at every start

            try:
                compiled(cleaned, datetime(2000, 1, 1, tzinfo=UTC), UTC)
            except Misuse as mistake:
                note(at, mistake.saying)
                return BAD
        return cleaned


class EncodingName(Text):
    """An encoding of text that this Python knows."""

    def __init__(self) -> None:
        super().__init__(say('the name of an encoding such as "cp874"'), r"[A-Za-z0-9_.-]{1,40}")

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        cleaned = super().clean(value, at, note)
        if cleaned is not BAD:
            try:
                "a".encode(cleaned)
            except (LookupError, UnicodeError):
                note(at, self.refuse(value).saying)
                return BAD
        return cleaned


class Day(Form[date]):
    """A calendar day."""

    expected = say("a day such as 2026-11-24, without quotes")

    def read(self, value: Any) -> date:
        if not isinstance(value, date) or isinstance(value, datetime) or not 2000 <= value.year <= 2100:
            raise self.refuse(value)
        return value


class TimeOfDay(Form[time]):
    """A time of day, to the minute."""

    expected = say('a time of day such as "18:00"')

    def read(self, value: Any) -> time:
        if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value, re.ASCII):
            try:
                return time.fromisoformat(value)
            except ValueError:
                raise self.refuse(value) from None
        if not isinstance(value, time):
            raise self.refuse(value)
        return value.replace(second=0, microsecond=0)


class NightTime(TimeOfDay):
    """A time of the night or the morning, when the evening before ends."""

    expected = say('a time before noon such as "04:00"')

    def read(self, value: Any) -> time:
        found = super().read(value)
        if found >= time(12):
            raise self.refuse(value)
        return found


class OpenHours(Form[Hours]):
    """The hours of a week in which something is open."""

    expected = say('hours such as "mon-fri 09:00-18:00, sat 10:00-14:00", or ""')

    def read(self, value: Any) -> Hours:
        try:
            if isinstance(value, str):
                return parse_hours(value)
        except ValueError:
            pass
        raise self.refuse(value)


class RateTarget(Form["Target"]):
    """The line of a rate."""

    expected = say('a target such as ">= 85%"')

    def read(self, value: Any) -> "Target":
        from workbench.core.rates import parse_target  # exact fractions, which few calls reckon with

        try:
            if isinstance(value, str):
                return parse_target(value)
        except ValueError:
            pass
        raise self.refuse(value)


class WeekTime(Form[tuple[int, int]]):
    """A time of a week: the weekday (0: Monday) and the minute of the day."""

    expected = say('a weekday and a time such as "mon 12:00"')

    def read(self, value: Any) -> tuple[int, int]:
        match = re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):([0-5]\d)", str(value), re.ASCII)
        if not isinstance(value, str) or match is None:
            raise self.refuse(value)
        return DAYS.index(match[1]), int(match[2]) * 60 + int(match[3])


class Zone(Form[ZoneInfo | None]):
    """A time zone by its name in the tz database; with `auto` also that of the machine, as None."""

    def __init__(self, *, auto: bool = False) -> None:
        self.auto = auto
        plain = say('the name of a time zone such as "Asia/Bangkok"')
        self.expected = say('"auto" or {zone}', zone=plain) if auto else plain

    def read(self, value: Any) -> ZoneInfo | None:
        if not isinstance(value, str):
            raise self.refuse(value)
        if self.auto and value == "auto":
            return None
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            from zoneinfo import available_timezones  # reads the whole tz database: only for a mistake

            raise Wrong(unknown(value, available_timezones())) from None


class Currency(Form[str]):
    """An ISO 4217 code."""

    expected = say('the code of a currency such as "USD"')

    def read(self, value: Any) -> str:
        from workbench.core.currencies import CURRENCIES

        if not isinstance(value, str):
            raise self.refuse(value)
        if value not in CURRENCIES:
            raise Wrong(unknown(value, CURRENCIES))
        return value


class Country(Form[str]):
    """A country of the `holidays` package, or the empty text."""

    expected = say('the code of a country such as "TH", or ""')

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"([A-Z]{2})?", value):
            raise self.refuse(value)
        return value

    def clean(self, value: Any, at: Key, note: Note) -> Any:
        cleaned = super().clean(value, at, note)
        if cleaned is BAD or not cleaned:
            return cleaned
        from holidays import list_supported_countries  # slow, and hardly anybody sets a country

        known = list_supported_countries()
        if cleaned in known:
            return cleaned
        note(at, unknown(cleaned, known))
        return BAD


class Length(Form[TimeSpan]):
    """A length of time, at most a year; `wd` are working days."""

    expected = say('a time such as "24h", "2d" or "1wd" (working days), a year at most')

    def read(self, value: Any) -> TimeSpan:
        try:
            span = parse_span(value) if isinstance(value, str) else None
        except ValueError:
            span = None
        if span is None or span.fixed.days > 366:
            raise self.refuse(value)
        return span


class Duration(Form[timedelta]):
    """A fixed length of time."""

    expected = say('a time such as "15min", "24h" or "2d", a year at most')

    def read(self, value: Any) -> timedelta:
        try:
            span = Length().read(value)
        except Wrong:
            raise self.refuse(value) from None
        if span.unit == "wd":
            raise self.refuse(value)
        return span.fixed


class Share(Form[Decimal]):
    """A share as a fraction: `"20%"` is 0.2; a number is below 1."""

    expected = say('a share such as "20%", from 0 to 100 %')

    def read(self, value: Any) -> Decimal:
        if isinstance(value, str) and (match := re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)\s?%", value, re.ASCII)):
            share = Decimal(match[1]) / 100
        elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
            share = Decimal(str(value))
        else:
            raise self.refuse(value)
        if share > 1:
            raise self.refuse(value)
        return share


class PartShare(Share):
    """A share that leaves something: below the whole."""

    expected = say('a share such as "20%", from 0 to below 100 %')

    def read(self, value: Any) -> Decimal:
        share = super().read(value)
        if share == 1:
            raise self.refuse(value)
        return share


class When(Form[Condition]):
    """A condition on the amount."""

    expected = say('a condition such as "amount > 100"')

    def read(self, value: Any) -> Condition:
        try:
            condition = parse_condition(value) if isinstance(value, str) and value.isascii() else None
        except ValueError:
            condition = None
        if condition is None or condition.amount > Decimal(10) ** 12:
            raise self.refuse(value)
        return condition


class PathForm(Form[Path | None]):
    """A file or folder by its whole path, `~` being the home; None for `none` (the empty text, or "auto")."""

    def __init__(self, none: str) -> None:
        self.none = none
        self.expected = say('a whole path such as "~/Downloads", or "{none}"', none=none)

    def read(self, value: Any) -> Path | None:
        if value == self.none:
            return None
        if isinstance(value, str) and value.isprintable():
            try:
                path = Path(value).expanduser()
            except RuntimeError:  # the home of nobody known
                raise self.refuse(value) from None
            if path.is_absolute():
                return path
        raise self.refuse(value)
