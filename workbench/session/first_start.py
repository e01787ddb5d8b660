"""The first start: whether it is one, guesses for its three questions, and the settings file that they make."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbench.config import config_file, data_dir
from workbench.core.saying import Refusal, say

if TYPE_CHECKING:
    from workbench.config import Settings
    from workbench.session.session import Options

#: The markets in the order in which they are offered; what is none of them goes by the generic rules.
MARKETS = ("TH", "US", "VN", "ID", "PH", "MY", "SG", "UK", "generic")
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
_MARKET_OF_COUNTRY = {"GB": "UK"} | {market: market for market in MARKETS}


class Answers(msgspec.Struct, frozen=True):
    """The three answers: `en` or `zh`, the market, the name of the shop's zone."""

    language: str
    market: str
    timezone: str


def wanted(options: Options) -> bool:
    """Whether there is neither a settings file nor any data."""
    if options.config is not None or config_file().exists():
        return False
    try:
        return next((options.data or data_dir()).iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:  # what is there and cannot be looked into says so when it is opened
        return False


def guess_market(zone: str | None, environment: Mapping[str, str]) -> str:
    """The market of the machine's zone, else of its locale's country; generic where neither tells one.

    That a machine speaks American English says nothing about where its owner sells.
    """
    if zone in _MARKET_OF_ZONE:
        return _MARKET_OF_ZONE[zone]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        country = environment.get(name, "").partition(".")[0].partition("_")[2]
        if country:
            market = _MARKET_OF_COUNTRY.get(country, "generic")
            return "generic" if market == "US" else market
    return "generic"


def zones_of(settings: Settings, market: str, own: str | None) -> list[str]:
    """The zones that a shop in this market is likely to keep, the market's main one first, the seller's own last."""
    main = settings.raw_market(market)["timezone"]
    return list(dict.fromkeys([main, *_ZONES.get(market, ()), *([own] if own else [])]))


def guess_zone(settings: Settings, market: str, own: str | None) -> str:
    """The seller's own zone where it is one of the market's, else the market's main one."""
    if own is not None and _MARKET_OF_ZONE.get(own) == market:
        return own
    main: str = settings.raw_market(market)["timezone"]
    return own if market == "generic" and own else main


def settle(answers: Answers, settings: Settings, path: Path | None = None) -> Path:
    """Write the answers as the seller's settings file, whole or not at all. `Refusal` where there is one already, or
    where it cannot be written."""
    path = path or config_file()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("x", encoding="utf-8") as stream:
                stream.write(_text(answers, settings))
                stream.flush()
                os.fsync(stream.fileno())
            _into_place(temporary, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    except FileExistsError:
        raise Refusal(say("There is a settings file already: {path}. Nothing was changed.", path=str(path))) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = say("The settings cannot be written to {path} ({reason}). Mend that.", path=str(path), reason=reason)
        raise Refusal(text) from error
    return path


def _into_place(temporary: Path, path: Path) -> None:
    """Give the file its name, unless there is one of that name: it is somebody's."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError from None
        temporary.replace(path)


def _text(answers: Answers, settings: Settings) -> str:
    """The file, with what each line means in the language of the moment."""
    from workbench.i18n import _

    main = settings.raw_market(answers.market)["timezone"]
    own = "" if answers.timezone != main else "# "
    lines = (
        "# " + _("Your settings of workbench. What does not stand here is as it was shipped."),
        "# " + _("`workbench config show` lists everything, `workbench config check` finds mistakes."),
        "",
        "[shop]",
        "# " + _("Whose rules apply: {markets}.").format(markets=", ".join(sorted(MARKETS, key=str.lower))),
        f'market = "{answers.market}"',
        "# " + _("The zone of the shop's days; left out: the market's main zone."),
        f'{own}timezone = "{answers.timezone}"',
        "# " + _("The language: auto (that of the system), en or zh."),
        f'language = "{answers.language}"',
    )
    return "\n".join(lines) + "\n"
