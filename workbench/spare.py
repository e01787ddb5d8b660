"""Libraries without what no part of this program asks of them.

A verb spends a sixth of its time on loading msgspec, the screens nearly half of theirs until the first frame on
Textual, and a fifth of each on modules that the library only passes on, looks for by habit, or loads for what we have
in another way: msgspec's description of its own types, asyncio's TLS, Textual's command palette. While a library is
loaded, stand-ins keep these out; afterwards whoever imports one gets the real one. Of what was loaded beside a
stand-in, a function goes on to the real one when it is called, but some things are none: `msgspec.json.schema`, TLS in
asyncio's streams, and the palette and its search for themes in Textual's `App`.

Where a library is not as it was when that was measured, it is loaded whole.
"""

from __future__ import annotations

import os
import sys
import typing
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any


def load() -> None:
    """Load paths and msgspec, unless they are there. `ImportError` where msgspec is not installed."""
    _load("pathlib", {"urllib.parse": _functions("urllib.parse", "quote_from_bytes")})
    _load("msgspec", _beside_msgspec())


def load_textual() -> None:
    """Load Textual's app and what its drivers share, unless they are there. `ImportError` where it is not installed."""
    for module in ("textual.app", "textual._xterm_parser", "textual.drivers._writer_thread"):
        _load(module, _beside_textual())


def _load(library: str, stand_ins: Mapping[str, object]) -> None:
    if library in sys.modules:
        return
    before = set(sys.modules)
    standing = {name: each for name, each in stand_ins.items() if name not in before}
    sys.modules.update(standing)  # type: ignore[arg-type]
    try:
        import_module(library)
    except Exception:  # noqa: BLE001 - another one than this was tried with: it is loaded again, whole
        for name in set(sys.modules) - before:
            del sys.modules[name]
    finally:
        for name, each in standing.items():
            sys.modules.pop(name, None)
            above, _, last = name.rpartition(".")
            package = sys.modules.get(above)
            if package is not None and vars(package).get(last) is each:
                delattr(package, last)
    import_module(library)


def _beside_msgspec() -> dict[str, object]:
    found: dict[str, object] = {
        "typing_extensions": None,  # what Python takes for "not installed": `typing` has the names
        "msgspec.inspect": SimpleNamespace(),
        "msgspec._json_schema": SimpleNamespace(schema=None, schema_components=None),
    }
    if hasattr(os, "uname"):
        found["platform"] = SimpleNamespace(system=lambda: os.uname().sysname)  # for `uuid`
    return found


def _beside_textual() -> dict[str, object]:
    palette = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "SimpleProvider")
    return {
        "typing_extensions": typing,
        "ssl": None,
        "subprocess": _Later("subprocess", PIPE=-1, STDOUT=-2, DEVNULL=-3),  # asyncio repeats these three
        "mimetypes": _Later("mimetypes"),
        "textwrap": _Later("textwrap"),
        "pickle": _functions("pickle", "dumps", "loads"),
        "difflib": _functions("difflib", "get_close_matches"),
        "platformdirs": _functions("platformdirs", "user_downloads_path"),
        "rich.table": _functions("rich.table", "Table"),
        "textual.command": SimpleNamespace(
            Provider=type("Provider", (), {}), **vars(_functions("textual.command", *palette))
        ),
    }


class _Later(ModuleType):
    """A module that is loaded when it is asked for more than it was given."""

    def __init__(self, name: str, **given: object) -> None:
        super().__init__(name)
        vars(self).update(given)

    def __getattr__(self, name: str) -> Any:
        return getattr(_real(self.__name__), name)


def _functions(module: str, *names: str) -> SimpleNamespace:
    """A module of these functions; each goes on to the real one."""
    return SimpleNamespace(**{name: _function(module, name) for name in names})


def _function(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(_real(module), name)(*args, **kwargs)

    return call


def _real(module: str) -> ModuleType:
    found = import_module(module)
    if type(found) is not ModuleType:
        raise ImportError(name=module)  # while the library is loaded, it asks for more than it did when it was measured
    return found
