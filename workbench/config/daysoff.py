"""The public holidays of a market, and the seller's changes to them."""

from datetime import date
from typing import Any

from workbench.config.groups import DaysOff

#: What an added day is called, as "weekend" is in the steps of a deadline.
ADDED = "day off"


class Holidays:
    """Called with a day, it gives the name of the holiday or None. `country` "" knows none of its own.

    Names are English, as the `holidays` package gives them: those that it only estimates are no holidays.
    """

    def __init__(self, country: str, changes: DaysOff) -> None:
        self.country = country
        self.added, self.struck = frozenset(changes.add), frozenset(changes.strike)
        self._years: dict[int, Any] = {}

    def __call__(self, day: date) -> str | None:
        if day in self.struck:
            return None
        if day in self.added:
            return ADDED
        names = self._year(day.year).get_list(day) if self.country else []
        return "; ".join(name for name in names if "estimated" not in name.casefold()) or None

    def _year(self, year: int) -> Any:
        if year not in self._years:
            import holidays  # 50 ms, and reading a queue asks for no holiday

            self._years[year] = holidays.country_holidays(
                self.country, years=year, expand=False, observed=True, language="en_US"
            )
        return self._years[year]


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
