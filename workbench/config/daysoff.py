"""The public holidays of a market, the weekend days worked by decree, and the seller's changes to both."""

from datetime import date
from typing import Any

from workbench.config.groups import DaysOff

#: What an added day is called, as "weekend" is in the steps of a deadline.
ADDED = "day off"


class Holidays:
    """The days of a country; `country` "" knows none of its own, `subdivision` "" stands for the whole of it.

    Names are English, as the `holidays` package gives them: those that it only estimates are no holidays. A
    subdivision that it does not know is as none, and a problem of `config check`.
    """

    def __init__(self, country: str, subdivision: str, changes: DaysOff) -> None:
        self.country, self.subdivision = country, subdivision
        self.added, self.struck = frozenset(changes.add), frozenset(changes.strike)
        self.kept = frozenset(changes.worked)
        self._years: dict[int, Any] = {}

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

    def _year(self, year: int) -> Any:
        if year not in self._years:
            import holidays  # 50 ms, and reading a queue asks for no holiday

            known = holidays.list_supported_countries().get(self.country, []) if self.subdivision else []
            self._years[year] = holidays.country_holidays(
                self.country, subdiv=self.subdivision if self.subdivision in known else None, years=year, expand=False,
                observed=True, language="en_US",
            )  # fmt: skip
        return self._years[year]


def days_off(calendar: Holidays, day: date) -> bool:
    """Whether nobody works on `day`."""
    return calendar.holiday(day) is not None or (day.weekday() >= 5 and not calendar.worked(day))


def holidays_version() -> str:
    """The `holidays` package with its version, by the name of its metadata folder; "" where there is none.

    It stands in the fingerprint that every start computes; `importlib.metadata` takes 10 ms to say the same.
    """
    import importlib.util

    spec = importlib.util.find_spec("holidays")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        from pathlib import Path

        for found in Path(place).parent.glob("holidays-*.dist-info"):
            return found.name.removesuffix(".dist-info")
    return ""
