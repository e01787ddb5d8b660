"""What the seller's file says of days off and changes nothing, which is a slip; asked by `config check` alone."""

from collections.abc import Iterator
from datetime import date

import msgspec

from workbench.config.daysoff import Holidays, days_off
from workbench.config.groups import DaysOff
from workbench.config.load import Loaded
from workbench.config.market_tables import MARKET
from workbench.config.overlay import Problem
from workbench.core.saying import Saying, say


def problems(loaded: Loaded) -> Iterator[Problem]:
    """What stands in the seller's file about days off and changes nothing, and subdivisions that do not exist."""
    for market, table in loaded.settings.own.get("markets", {}).items():
        country, part = MARKET.read(loaded.settings.raw_market(market)).holidays, table.get("subdivision", "")
        if part:
            from holidays import list_supported_countries

            known = list_supported_countries().get(country, [])
            if part not in known:
                names = ", ".join(known) or say("none")
                what = say('{country} has no part "{part}". Known: {names}.', country=country, part=part, names=names)
                yield loaded.problem(("markets", market, "subdivision"), what)
    for market, table in loaded.settings.own.get("holidays", {}).items():
        own, changes = MARKET.read(loaded.settings.raw_market(market)), loaded.settings.days_off(market)
        for name in table:
            for at, day in enumerate(getattr(changes, name)):
                without = _without(changes, name, at)
                meant = Holidays(own.holidays, own.subdivision, changes)
                if days_off(Holidays(own.holidays, own.subdivision, without), day) == days_off(meant, day):
                    at_key = (at,) if isinstance(table[name], list) else ()
                    yield loaded.problem(("holidays", market, name, *at_key), _needless(name, day, meant))


def _without(changes: DaysOff, name: str, at: int) -> DaysOff:
    kept = tuple(day for n, day in enumerate(getattr(changes, name)) if n != at)
    return msgspec.structs.replace(changes, **{name: kept})


def _needless(name: str, day: date, calendar: Holidays) -> Saying:
    if name == "strike" and day.weekday() >= 5:
        return say(
            "{day} is of the weekend, so striking changes nothing. A weekend that is worked stands in worked.", day=day
        )
    if days_off(calendar, day):
        return say("{day} is a day off anyway. Take the line out.", day=day)
    return say("{day} is a working day anyway. Take the line out.", day=day)
