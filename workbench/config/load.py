"""Loading the settings: the shipped file, over it what was chosen on the screens, over both the seller's own file."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from workbench.config.disk import exists
from workbench.config.forms import Key
from workbench.config.overlay import Overlay, Problem, key_text, read_overlay
from workbench.config.settings import Settings, merged
from workbench.config.shipped import Shipped, shipped_path
from workbench.core.saying import Saying


class Loaded(msgspec.Struct, frozen=True, dict=True, eq=False):
    """The settings in force, what is wrong with the files they come from, and where each of their values stands.

    `memory` is where choices are remembered, None where they are not.
    """

    settings: Settings
    overlay: Overlay
    remembered: Overlay = Overlay()
    memory: Path | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in the seller's file and in what is remembered, in the order of their lines."""
        return (*self.overlay.problems, *self.remembered.problems)

    @cached_property
    def provenance(self) -> Mapping[str, str]:
        """`file:line` of every setting that is not as it was shipped, by its dotted key."""
        found: dict[str, str] = {}
        for overlay in (self.remembered, self.overlay):
            lines = overlay.lines
            found |= {key_text(key): f"{overlay.file}:{lines[key]}" for key in leaves(overlay.raw) if key in lines}
        return found

    def source(self, key: Key) -> Overlay | None:
        """The file that decides a setting; None where it is as it was shipped."""
        return next((each for each in (self.overlay, self.remembered) if _stands(each.raw, key)), None)

    def problem(self, key: Key, what: Saying) -> Problem:
        """A mistake that only shows elsewhere (a key, a theme), at the place where the setting stands."""
        from workbench.config.locate import line_of  # only a mistake asks for a line

        overlay = self.source(key) or self.overlay
        return Problem(overlay.file, line_of(overlay.lines, key), key_text(key), what)


def load(path: Path | None, shipped: Path | None = None, memory: Path | None = None) -> Loaded:
    """The settings: the seller's file `path` over what is remembered in `memory` (None: there is none) over `shipped`
    (None: the package's).

    Mistakes are collected, never raised. `Misuse` where `path` does not exist.
    """
    overlay = read_overlay(path) if path is not None else Overlay()
    remembered = read_overlay(memory) if memory is not None and exists(memory) else Overlay()
    settings = Settings(Shipped(shipped or shipped_path()), merged(remembered.raw, overlay.raw))
    return Loaded(settings, overlay, remembered, memory)


def _stands(raw: Any, key: Key) -> bool:
    """Whether `key` stands in a table as it was written."""
    for part in key:
        if isinstance(part, int):
            if not isinstance(raw, list) or part >= len(raw):
                return False
        elif not isinstance(raw, dict) or part not in raw:
            return False
        raw = raw[part]
    return True


def leaves(table: dict[str, Any], at: Key = ()) -> list[Key]:
    """The keys of everything in `table` that is no table."""
    found: list[Key] = []
    for name, value in table.items():
        found += leaves(value, (*at, name)) if isinstance(value, dict) else [(*at, name)]
    return found
