"""The first start: whether it is one, guesses for its three questions, and what they are when it is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from workbench.config import config_file, data_dir, memory_file
from workbench.core.policy import GENERIC

if TYPE_CHECKING:
    from workbench.config import Loaded, Settings
    from workbench.session.base import Options

#: The zones of a market that has several, its main one first.
_ZONES: dict[str, tuple[str, ...]] = {
    "US": ("America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York"),
    "ID": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
}
_MARKET_OF_ZONE = {
    "Asia/Bangkok": "TH", "Asia/Ho_Chi_Minh": "VN", "Asia/Saigon": "VN", "Asia/Jakarta": "ID", "Asia/Makassar": "ID",
    "Asia/Jayapura": "ID", "Asia/Pontianak": "ID", "Asia/Manila": "PH", "Asia/Kuala_Lumpur": "MY",
    "Asia/Kuching": "MY", "Asia/Singapore": "SG", "Europe/London": "UK",
    "America/Los_Angeles": "US", "America/Denver": "US", "America/Chicago": "US", "America/New_York": "US",
    "America/Phoenix": "US", "America/Detroit": "US", "America/Anchorage": "US", "Pacific/Honolulu": "US",
}  # fmt: skip


class Answers(msgspec.Struct, frozen=True):
    """The three answers: `en` or `zh`, the market (None: not chosen yet), the name of the shop's zone."""

    language: str
    market: str | None
    timezone: str


def wanted(options: Options) -> bool:
    """Whether there is neither a settings file, nor anything remembered, nor any data."""
    if options.config is not None or config_file().exists() or memory_file(config_file()).exists():
        return False
    try:
        return next((options.data or data_dir()).iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:  # what is there and cannot be looked into says so when it is opened
        return False


def guess_market(zone: str | None, environment: Mapping[str, str]) -> str | None:
    """The market of the machine's zone, else of its locale's country; None where neither tells one.

    That a machine speaks American English says nothing about where its owner sells.
    """
    if zone in _MARKET_OF_ZONE:
        return _MARKET_OF_ZONE[zone]
    from workbench.session.choices import MARKETS

    of_country = {"GB": "UK"} | {market: market for market in MARKETS if market != GENERIC}
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        country = environment.get(name, "").partition(".")[0].partition("_")[2]
        if country:
            market = of_country.get(country)
            return None if market == "US" else market
    return None


def zones_of(settings: Settings, market: str | None, own: str | None) -> list[str]:
    """The zones that a shop in this market is likely to keep, the market's main one first, the seller's own last."""
    main = settings.raw_market(market or GENERIC)["timezone"]
    return list(dict.fromkeys([main, *_ZONES.get(market or "", ()), *([own] if own else [])]))


def guess_zone(settings: Settings, market: str | None, own: str | None) -> str:
    """The seller's own zone where it is one of the market's, else the market's main one."""
    if own is not None and _MARKET_OF_ZONE.get(own) == market:
        return own
    main: str = settings.raw_market(market or GENERIC)["timezone"]
    return own if market in (None, GENERIC) and own else main


def settle(answers: Answers, loaded: Loaded) -> Loaded:
    """Remember the answers: the settings with them. `Refusal` where they cannot be written."""
    from workbench.session.choices import remember, shop_choices

    return remember(
        loaded, {"shop.language": answers.language, **shop_choices(answers.market, answers.timezone, loaded)}
    )
