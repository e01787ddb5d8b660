"""Loading the settings: the shipped file, and the seller's over it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from workbench.config.forms import Key
from workbench.config.overlay import Overlay, Problem, key_text, read_overlay
from workbench.config.settings import Settings
from workbench.config.shipped import Shipped, shipped_path
from workbench.core.saying import Saying


class Loaded(msgspec.Struct, frozen=True, dict=True, eq=False):
    """The settings in force, what is wrong with the seller's file, and where each of its values stands."""

    settings: Settings
    overlay: Overlay

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in the seller's file, in the order of its lines."""
        return self.overlay.problems

    @cached_property
    def provenance(self) -> Mapping[str, str]:
        """`file:line` of every setting that the seller's file decides, by its dotted key."""
        lines = self.overlay.lines
        return {key_text(key): f"{self.overlay.file}:{lines[key]}" for key in leaves(self.overlay.raw) if key in lines}

    def problem(self, key: Key, what: Saying) -> Problem:
        """A mistake that only shows elsewhere (a key, a theme), at the place where the setting stands."""
        from workbench.config.locate import line_of  # only a mistake asks for a line

        return Problem(self.overlay.file, line_of(self.overlay.lines, key), key_text(key), what)


def load(path: Path | None, shipped: Path | None = None) -> Loaded:
    """The settings: the seller's file `path` (None: there is none) over `shipped` (None: the package's).

    Mistakes in `path` are collected, never raised. `Misuse` where `path` does not exist.
    """
    overlay = read_overlay(path) if path is not None else Overlay()
    return Loaded(Settings(Shipped(shipped or shipped_path()), overlay.raw), overlay)


def leaves(table: dict[str, Any], at: Key = ()) -> list[Key]:
    """The keys of everything in `table` that is no table."""
    found: list[Key] = []
    for name, value in table.items():
        found += leaves(value, (*at, name)) if isinstance(value, dict) else [(*at, name)]
    return found
