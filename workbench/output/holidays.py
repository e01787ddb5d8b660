"""The names of public holidays in the language of the moment; the calendar has them in English."""

from __future__ import annotations

import re

from workbench.core.saying import say
from workbench.i18n import _, language, render

_NAMES = {
    each.text: each
    for each in (
        say("29 of Lunar New Year"),
        say("Additional holiday"),
        say("Additional special (non-working) day"),
        say("All Saints' Day"),
        say("All Saints' Eve"),
        say("All Souls' Day"),
        say("Asarnha Bucha"),
        say("Ascension Day"),
        say("Birthday of HM Yang di-Pertuan Agong"),
        say("Black Saturday"),
        say("Bonifacio Day"),
        say("Boxing Day"),
        say("Bridge Public Holiday"),
        say("Buddhist Lent Day"),
        say("Chakri Memorial Day"),
        say("Chinese New Year"),
        say("Christmas Day"),
        say("Christmas Eve"),
        say("Columbus Day"),
        say("Constitution Day"),
        say("Coronation Day"),
        say("Day of Silence"),
        say("Day of Valor"),
        say("Day off"),
        say("Diwali"),
        say("Easter Monday"),
        say("Easter Sunday"),
        say("Eid al-Adha"),
        say("Eid al-Fitr"),
        say("Elections special (non-working) day"),
        say("Good Friday"),
        say("HM King Bhumibol Adulyadej Memorial Day"),
        say("HM King Bhumibol Adulyadej the Great's Birthday"),
        say("HM King Chulalongkorn Memorial Day"),
        say("HM King Maha Vajiralongkorn's Birthday"),
        say("HM Queen Sirikit The Queen Mother's Birthday"),
        say("HM Queen Suthida's Birthday"),
        say("Hung Kings' Commemoration Day"),
        say("Immaculate Conception"),
        say("Independence Day"),
        say("International Labor Day"),
        say("Islamic New Year"),
        say("Isra' and Mi'raj"),
        say("Juneteenth National Independence Day"),
        say("Labor Day"),
        say("Late Summer Bank Holiday"),
        say("Liberation Day/Reunification Day"),
        say("Lunar New Year"),
        say("Lunar New Year's Eve"),
        say("Makha Bucha"),
        say("Malaysia Day"),
        say("Martin Luther King Jr. Day"),
        say("Maundy Thursday"),
        say("May Day"),
        say("Memorial Day"),
        say("National Day"),
        say("National Father's Day"),
        say("National Heroes Day"),
        say("National Labor Day"),
        say("National Mother's Day"),
        say("New Year's Day"),
        say("New Year's Eve"),
        say("Ninoy Aquino Day"),
        say("Pancasila Day"),
        say("Polling Day"),
        say("Prophet Muhammad's Birthday"),
        say("Rizal Day"),
        say("Songkran Festival"),
        say("Spring Bank Holiday"),
        say("Thanksgiving Day"),
        say("Vesak Day"),
        say("Veterans Day"),
        say("Vietnam Cultural Day"),
        say("Visakha Bucha"),
        say("Washington's Birthday"),
    )
}
#: What says more of a day than its name: a day in lieu, the second day.
_MORE = re.compile(r"(?:(?:Second|Third|Fourth|Fifth) Day of )?(.*?)(?: Second Day)?(?: \([^()]*\))*")


def holiday(name: str) -> str:
    """A holiday, or several of one day, as people call them here; one that is not known keeps its English name."""
    return name if language() == "en" else _(", ").join(_one(each) for each in name.split("; "))


def _one(name: str) -> str:
    if name in _NAMES:
        return render(_NAMES[name])
    found = _MORE.fullmatch(name)
    base = found[1] if found else name
    return render(_NAMES[base]) if base in _NAMES else name
