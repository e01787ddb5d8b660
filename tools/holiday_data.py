"""What the `holidays` package says of the markets' days off, as the files that a start reads instead of loading it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from workbench.config.daysoff import KeptYear, KeptYears, asked, holidays_version, kept_path
from workbench.config.shipped import Shipped, shipped_path

#: The years that are kept: those of which a seller may still enter a case, and some to come.
YEARS = range(2024, 2033)


def holiday_data() -> dict[Path, bytes]:
    """The files, each as it has to be."""
    return {kept_path(*market): _encoded(*market) for market in _markets()}


def _markets() -> Iterator[tuple[str, str]]:
    """Country and subdivision of each market that has holidays."""
    for market in Shipped(shipped_path()).whole()["markets"].values():
        if market.get("holidays"):
            yield market["holidays"], market.get("subdivision", "")


def _encoded(country: str, subdivision: str) -> bytes:
    years = {year: _year(country, subdivision, year) for year in YEARS}
    return msgspec.json.encode(KeptYears(holidays_version(), years)) + b"\n"


def _year(country: str, subdivision: str, year: int) -> KeptYear:
    found = asked(country, subdivision, year)
    days = sorted(found)  # type: ignore[call-overload]
    return KeptYear({day: tuple(found.get_list(day)) for day in days}, tuple(sorted(found.weekend_workdays)))
