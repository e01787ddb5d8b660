"""The shipped settings, `config.toml`: where the file is, and its sections, parsed one by one.

A start needs few of them, and parsing is what costs. A section is the text under the headers of one name; a market
with its deadlines is one, and so is each other part of a market. A header names the whole path of its table, so that
each section is a valid file by itself; a test holds that together they are the whole.
"""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any


def shipped_path() -> Path:
    """The shipped settings: in the installed package, else beside the package in the source tree."""
    package = Path(__file__).parent.parent
    inside = package / "config.toml"
    return inside if inside.exists() else package.parent / "config.toml"


class Shipped:
    """The text of the shipped settings and its sections."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self._parsed: dict[tuple[str, ...], Any] = {}

    def section(self, *names: str) -> Any:
        """A section, such as `shop`, `markets TH` or `markets TH points`; empty where there is none."""
        if names not in self._parsed:
            found = tomllib.loads("".join(self._sections.get(names, ())))
            for name in names if found else ():
                found = found[name]
            self._parsed[names] = found
        return self._parsed[names]

    def whole(self) -> dict[str, Any]:
        """Everything at once."""
        return tomllib.loads(self.text)

    @cached_property
    def _sections(self) -> dict[tuple[str, ...], list[str]]:
        sections: dict[tuple[str, ...], list[str]] = {}
        for part in f"\n{self.text}".split("\n[")[1:]:  # what stands before the first header is a comment
            names = tuple(part[: part.index("]")].strip("[").split("."))
            size = 1 if names[0] != "markets" else 2 if names[2:3] in ((), ("deadlines",)) else 3
            sections.setdefault(names[:size], []).append(f"[{part}\n")
        return sections
