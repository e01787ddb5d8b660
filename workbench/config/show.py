"""The settings in force, each with where it came from: `config show`."""

import json
from datetime import date, time
from typing import Any

from workbench.config.forms import Key
from workbench.config.load import Loaded
from workbench.config.locate import line_of, lines_of
from workbench.config.overlay import key_text
from workbench.config.settings import merged
from workbench.core.policy import GENERIC


def show(loaded: Loaded) -> list[tuple[str, str, str]]:
    """`(key, value, where)` in the order of the shipped file: the value as TOML, where as `file:line`.

    Of the markets those in force: generic and the shop's. Lists of tables are one entry a row.
    """
    settings = loaded.settings
    market = settings.shop.market
    everything = merged(settings.shipped.whole(), settings.own)
    everything["markets"] = {name: everything["markets"][name] for name in dict.fromkeys((GENERIC, market))}
    lines = lines_of(settings.shipped.text)

    def where(key: Key) -> str:
        own = loaded.source(key)
        if own is not None and (line := line_of(own.lines, key)):
            return f"{own.file}:{line}"
        return f"{settings.shipped.path}:{line_of(lines, key)}"

    found = [(key_text(key), toml_text(value), where(key)) for key, value in _entries(everything, ())]
    for n, name in enumerate(("timezone", "currency"), 1):
        if name not in everything["shop"] and name in everything["markets"][market]:
            value = everything["markets"][market][name]
            found.insert(n, (f"shop.{name}", toml_text(value), where(("markets", market, name))))
    return found


def _entries(value: Any, at: Key) -> list[tuple[Key, Any]]:
    if isinstance(value, dict) and not _is_text(value):
        return [entry for name, each in value.items() for entry in _entries(each, (*at, name))]
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return [((*at, n), each) for n, each in enumerate(value)]
    return [(at, value)]


def _is_text(value: dict[str, Any]) -> bool:
    """Whether it is one text in its languages."""
    return bool(value) and value.keys() <= {"en", "zh"}


def toml_text(value: Any) -> str:
    """A value as it would be written in the file, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=not value.isprintable())
        case date() | time():
            return value.isoformat()
        case list():
            return f"[{', '.join(toml_text(each) for each in value)}]"
        case dict():
            return f"{{ {', '.join(f'{_name(name)} = {toml_text(each)}' for name, each in value.items())} }}"
        case _:
            return str(value)


def _name(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else json.dumps(name)
