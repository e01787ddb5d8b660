"""msgspec without what no part of this program asks of it.

A verb spends a sixth of its time on loading it, a fifth of that on modules that it only passes on (its own description
of types, the JSON schema made of it) or looks for by habit. While it is loaded, stand-ins keep them out; afterwards
whoever imports one gets the real one, but `msgspec.json.schema` is none. Where msgspec is not as it was when that was
measured, it is loaded whole.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType, SimpleNamespace


def load() -> None:
    """Load msgspec, unless it is there. `ImportError` where it is not installed."""
    if "msgspec" in sys.modules:
        return
    standing = {name: each for name, each in _stand_ins().items() if name not in sys.modules}
    sys.modules.update(standing)
    try:
        import msgspec
    except Exception:  # noqa: BLE001 - another msgspec than the one this was tried with: it is loaded again, whole
        for name in [name for name in sys.modules if name.partition(".")[0] == "msgspec"]:
            del sys.modules[name]
    else:
        if "msgspec.inspect" in standing:
            del msgspec.inspect
    finally:
        for name in standing:
            sys.modules.pop(name, None)
    import msgspec


def _stand_ins() -> dict[str, ModuleType]:
    found: dict[str, object] = {
        "typing_extensions": None,  # what Python takes for "not installed": `typing` has the names
        "msgspec.inspect": SimpleNamespace(),
        "msgspec._json_schema": SimpleNamespace(schema=None, schema_components=None),
    }
    if hasattr(os, "uname"):
        found["platform"] = SimpleNamespace(system=lambda: os.uname().sysname)  # for `uuid`
    return found  # type: ignore[return-value]
