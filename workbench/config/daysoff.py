"""The public holidays of a market, the weekend days worked by decree, and the seller's changes to both.

The `holidays` package knows them, and takes longer to load than a verb takes. What it says of the markets for some
years is kept in `data/holidays`, made by `make docs`; it counts as long as the package that is installed is the one it
was made with.
"""

import os
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config.groups import DaysOff

if TYPE_CHECKING:
    from typing import Protocol

    class OffYear(Protocol):
        """The days of a year."""

        def get_list(self, key: date) -> Sequence[str]:
            """The names of what a day is."""

        @property
        def weekend_workdays(self) -> Any:
            """The days of weekends that are worked by decree."""


DATA = Path(__file__).parent.parent / "data" / "holidays"

#: What an added day is called, as "weekend" is in the steps of a deadline.
ADDED = "day off"


class KeptYear(msgspec.Struct, frozen=True):
    """What the package said of a year."""

    names: dict[date, tuple[str, ...]]
    weekend_workdays: tuple[date, ...] = ()

    def get_list(self, key: date) -> Sequence[str]:
        return self.names.get(key, ())


class KeptYears(msgspec.Struct, frozen=True):
    """What the package of a version said of some years."""

    version: str
    years: dict[int, KeptYear]


class Holidays:
    """The days of a country; `country` "" knows none of its own, `subdivision` "" stands for the whole of it.

    Names are English, as the `holidays` package gives them: those that it only estimates are no holidays. A
    subdivision that it does not know is as none, and a problem of `config check`.
    """

    def __init__(self, country: str, subdivision: str, changes: DaysOff) -> None:
        self.country, self.subdivision = country, subdivision
        self.added, self.struck = frozenset(changes.add), frozenset(changes.strike)
        self.kept = frozenset(changes.worked)
        self._years: dict[int, OffYear] = {}

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that `day` is, or None."""
        if day in self.struck or day in self.kept:
            return None
        if day in self.added:
            return ADDED
        names = self._year(day.year).get_list(day) if self.country else []
        return "; ".join(name for name in names if "estimated" not in name.casefold()) or None

    def worked(self, day: date) -> bool:
        """Whether a day of the weekend is worked, by decree or as the seller says."""
        if day in self.kept:
            return True
        # A day of December may be worked for one of January, which stands with the year to come.
        years = (day.year, day.year + 1) if day.month == 12 else (day.year,)
        return bool(self.country) and any(day in self._year(year).weekend_workdays for year in years)

    def _year(self, year: int) -> "OffYear":
        if year not in self._years:
            self._years[year] = kept(self.country, self.subdivision).get(year) or asked(
                self.country, self.subdivision, year
            )
        return self._years[year]


def asked(country: str, subdivision: str, year: int) -> "OffYear":
    """What the package says of a year."""
    import holidays  # 50 ms, and reading a queue asks for no holiday

    known = holidays.list_supported_countries().get(country, []) if subdivision else []
    found: OffYear = holidays.country_holidays(
        country, subdiv=subdivision if subdivision in known else None, years=year, expand=False, observed=True,
        language="en_US",
    )  # fmt: skip
    return found


@cache
def kept(country: str, subdivision: str) -> dict[int, KeptYear]:
    """What is kept of a country by year; nothing where it was made with another package than the one installed."""
    path = kept_path(country, subdivision)
    if not path.exists():
        return {}
    found = msgspec.json.decode(path.read_bytes(), type=KeptYears)
    return found.years if found.version == holidays_version() else {}


def kept_path(country: str, subdivision: str) -> Path:
    """The file of a country."""
    return DATA / f"{'-'.join(filter(None, (country, subdivision)))}.json"


def days_off(calendar: Holidays, day: date) -> bool:
    """Whether nobody works on `day`."""
    return calendar.holiday(day) is not None or (day.weekday() >= 5 and not calendar.worked(day))


@cache
def holidays_version() -> str:
    """The `holidays` package with its version, by the name of its metadata folder; "" where there is none.

    It stands in the fingerprint that every start computes; `importlib.metadata` takes 10 ms to say the same.
    """
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("holidays")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for name in os.listdir(os.path.dirname(place)):
            if name.startswith("holidays-") and name.endswith(".dist-info"):
                return name.removesuffix(".dist-info")
    return ""
