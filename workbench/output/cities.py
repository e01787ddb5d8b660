"""The cities that time zones are named after, in the seller's language, and a deadline on the seller's own clock."""

from __future__ import annotations

from datetime import datetime, tzinfo

from workbench.core.saying import Saying, say
from workbench.i18n import _, render
from workbench.output.words import full_due

_CITIES: dict[str, Saying] = {
    "Asia/Bangkok": say("Bangkok"),
    "Asia/Ho_Chi_Minh": say("Ho Chi Minh City"),
    "Asia/Jakarta": say("Jakarta"),
    "Asia/Manila": say("Manila"),
    "Asia/Kuala_Lumpur": say("Kuala Lumpur"),
    "Asia/Singapore": say("Singapore"),
    "Asia/Shanghai": say("Shanghai"),
    "Asia/Hong_Kong": say("Hong Kong"),
    "Asia/Taipei": say("Taipei"),
    "Europe/London": say("London"),
    "Asia/Saigon": say("Ho Chi Minh City"),
    "Asia/Makassar": say("Makassar"),
    "Asia/Jayapura": say("Jayapura"),
    "Asia/Pontianak": say("Pontianak"),
    "Asia/Kuching": say("Kuching"),
    "Asia/Urumqi": say("Urumqi"),
    "Asia/Macau": say("Macau"),
    "Asia/Tokyo": say("Tokyo"),
    "Asia/Seoul": say("Seoul"),
    "America/Denver": say("Denver"),
    "America/Chicago": say("Chicago"),
    "America/Phoenix": say("Phoenix"),
    "America/Detroit": say("Detroit"),
    "America/Anchorage": say("Anchorage"),
    "Pacific/Honolulu": say("Honolulu"),
    "America/Los_Angeles": say("Los Angeles"),
    "America/New_York": say("New York"),
}


def city(zone: tzinfo) -> str:
    """The city a zone is named after, for "09:00 Bangkok"; `UTC` and offsets stand for themselves."""
    key = str(getattr(zone, "key", None) or zone)
    return render(_CITIES[key]) if key in _CITIES else key.rsplit("/", 1)[-1].replace("_", " ")


def own_due(due: datetime, zone: tzinfo, own: tzinfo) -> str:
    """A deadline as the clocks where the seller lives show it, by its day there: `Tue 24 Nov 10:47 Shanghai`; empty
    where they show the same as the shop's."""
    if due.astimezone(own).utcoffset() == due.astimezone(zone).utcoffset():
        return ""
    return _("{point} {city}").format(point=full_due(due, own), city=city(own))
