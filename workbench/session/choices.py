"""What was chosen on the screens and is remembered: market, shop time, language, theme, where backups go.

It stands in one small file of our own beside the settings file, which is the seller's and is never written: what stands
there counts, then what is remembered, then what was shipped.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.config import Loaded, load
from workbench.core.saying import Refusal, Saying, say

#: The markets in the order in which they are offered; what is none of them goes by the generic rules.
MARKETS = ("TH", "US", "VN", "ID", "PH", "MY", "SG", "UK", "generic")
MARKET_NAMES: dict[str, Saying] = {
    "TH": say("Thailand"), "US": say("United States"), "VN": say("Vietnam"), "ID": say("Indonesia"),
    "PH": say("Philippines"), "MY": say("Malaysia"), "SG": say("Singapore"), "UK": say("United Kingdom"),
    "generic": say("another market"),
}  # fmt: skip

#: Settings by their dotted key; None takes back what was chosen before.
Choices = Mapping[str, str | None]


def shop_choices(market: str | None, zone: str | None, loaded: Loaded) -> Choices:
    """The choice of a market and its shop's zone, which is left out where it is the market's main one.

    Without a market nothing is chosen: a zone alone would reckon by rules that nobody named.
    """
    if market is None:
        return {}
    main = loaded.settings.raw_market(market)["timezone"]
    return {"shop.market": market, "shop.timezone": None if zone in (None, main) else zone}


def remember(loaded: Loaded, choices: Choices) -> Loaded:
    """The settings with these choices, once they are on disk. Raises `Refusal` and has changed nothing where the
    seller's file says otherwise, or where they cannot be written."""

    def read() -> Loaded:
        own = Path(loaded.overlay.file) if loaded.overlay.file else None
        return load(own, loaded.settings.shipped.path, loaded.memory)

    now = read()  # another window may have chosen something since
    for key, value in choices.items():
        _refuse_if_decided(now, key, value)
    if now.memory is None or any(not problem.key for problem in now.remembered.problems):
        file = str(now.memory or now.overlay.file)
        raise Refusal(say("What is remembered in {path} cannot be read. Take that file away.", path=file))
    _write(now.memory, _with(now.remembered.raw, choices))
    return read()


def _refuse_if_decided(loaded: Loaded, key: str, value: str | None) -> None:
    """The seller's file has the last word, and where it says the same nothing is missing."""
    table, name = key.split(".")
    said = loaded.overlay.raw.get(table, {}).get(name)
    if said is not None and value is not None and said != value:
        where = loaded.provenance.get(key, loaded.overlay.file)
        text = say('Your own settings file says {key} = "{value}" ({where}). Change it there.', key=key, value=said,
                   where=where)  # fmt: skip
        raise Refusal(text)


def _with(raw: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    found = {name: dict(table) if isinstance(table, dict) else table for name, table in raw.items()}
    for key, value in choices.items():
        table, name = key.split(".")
        if value is not None:
            found.setdefault(table, {})[name] = value
        else:
            found.get(table, {}).pop(name, None)
    return found


def _write(path: Path, raw: Mapping[str, Any]) -> None:
    from workbench.config.show import toml_text
    from workbench.i18n import _
    from workbench.storage import Files
    from workbench.storage.atomic import make_directory, sync_directory, write_whole

    lines = [
        "# " + _("Chosen in workbench and remembered by it. Your own settings stand in the file beside this one;"),
        "# " + _("what stands there counts before what stands here. `workbench config show` lists everything."),
    ]
    for table, values in raw.items():
        if isinstance(values, dict) and values:
            lines += ["", f"[{table}]", *(f"{name} = {toml_text(value)}" for name, value in values.items())]
    files = Files()
    try:
        make_directory(files, path.parent)
        write_whole(files, path, ["\n".join([*lines, ""]).encode()])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = say("The settings cannot be written to {path} ({reason}). Mend that.", path=str(path), reason=reason)
        raise Refusal(text) from error
    with contextlib.suppress(OSError):  # it is in its place; only its name may be lost with the power
        sync_directory(files, path.parent)
