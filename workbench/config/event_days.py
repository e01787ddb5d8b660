"""The days of public holidays that events are about, by the `holidays` package."""

from workbench.core.bigdays.events import Dated


def holiday(name: str, country: str, year: int) -> Dated | None:
    """The first day of a year on which the country keeps the holiday; None where there is none, or no such country.

    A day that the package only estimates is taken and marked.
    """
    import holidays  # 50 ms, and only a plan asks

    try:
        found = holidays.country_holidays(country, years=year, expand=False, observed=False, language="en_US")
    except NotImplementedError:
        return None
    for day in sorted(found):
        for each in found.get_list(day):
            if each.casefold().split(" (")[0].split("; ")[0] == name.casefold():
                return Dated(day, assumed="estimated" in each.casefold())
    return None
