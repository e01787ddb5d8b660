"""The days of public holidays that events are about, by the `holidays` package."""

from datetime import timedelta

from workbench.core.bigdays.events import Dated


def holiday(name: str, country: str, year: int) -> tuple[Dated, ...]:
    """The days of a year on which the holiday of a country begins, however many days it lasts; none where there is no
    such holiday, or country.

    A day that the package only estimates is taken and marked.
    """
    import holidays  # 50 ms, and only a plan asks

    try:
        found = holidays.country_holidays(country, years=year, expand=False, observed=False, language="en_US")
    except NotImplementedError:
        return ()
    named = [
        Dated(day, assumed="estimated" in each.casefold())
        for day in sorted(found) for each in found.get_list(day)
        if each.casefold().split(" (")[0].split("; ")[0] == name.casefold()
    ]  # fmt: skip
    days = {each.day for each in named}
    return tuple(each for each in named if each.day - timedelta(days=1) not in days)
