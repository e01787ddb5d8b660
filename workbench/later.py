"""Modules that are loaded with the first thing that is asked of them.

A desk is there before anything is done at it, and a start only reads: what a module needs for its deeds alone it
declares among its imports, for the reader and the checker of types, and has it loaded by the first deed:

    if TYPE_CHECKING:
        from workbench.core.tickets import moves
    else:
        moves = later("workbench.core.tickets.moves")

What a single function needs is imported in it; this is for what many of them need.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any


class later:  # noqa: N801 - reads as the `import` it stands for
    """The module of this name, loaded when it is first asked for something."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(self._name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)
