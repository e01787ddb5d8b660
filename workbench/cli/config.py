"""`workbench config check|path|show`: the settings in force, where each came from, and what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.call import Call
from workbench.cli.parsing import subverbs
from workbench.i18n import _, render
from workbench.output.cells import clean

if TYPE_CHECKING:
    from workbench.config import Loaded, Problem


def declare(parser: argparse.ArgumentParser) -> None:
    """The second words."""
    words = subverbs(parser)
    for name, text in (
        ("check", _("list every mistake in the settings")),
        ("path", _("where the settings file and the data are")),
        ("show", _("every setting in force and where it came from")),
    ):
        sub = words.add_parser(name, help=text, description=text)
        sub.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Check, locate or show."""
    return {"check": _check, "path": _path, "show": _show}[call.args.subverb](call)


def _check(call: Call) -> int:
    # The table of commands is pure data: the check loads no screen.
    from workbench.ui.keys import keymap_problems

    loaded = call.settings()
    from workbench.config.alerts_check import problems as alert_problems
    from workbench.config.daysoff_check import problems as daysoff_problems

    problems = [
        *loaded.problems,
        *keymap_problems(loaded),
        *daysoff_problems(loaded),
        *alert_problems(loaded),
        *_theme_problems(loaded),
        *_calendar_problems(call, loaded),
    ]
    if call.args.json:
        call.json({"problems": [{"file": p.file, "what": _where(p.line, p.key, render(p.what))} for p in problems]})
    elif problems:
        for problem in problems:
            call.out(clean(f"{problem.file}: {_where(problem.line, problem.key, render(problem.what))}"))
    else:
        call.out(_("The settings are in order."))
    return 1 if problems else 0


def _theme_problems(loaded: Loaded) -> list[Problem]:
    """A theme that nobody knows; only another than our own is looked up where the themes are."""
    name = loaded.settings.display.theme
    if name in ("workbench-dark", "workbench-light"):
        return []
    from textual.theme import BUILTIN_THEMES

    if name in BUILTIN_THEMES:
        return []
    from workbench.config.forms import unknown

    return [loaded.problem(("display", "theme"), unknown(name, BUILTIN_THEMES))]


def _calendar_problems(call: Call, loaded: Loaded) -> list[Problem]:
    """A calendar that would take the place of a data file; it is never written there."""
    path = loaded.settings.calendar.write_to
    if path is None:
        return []
    from workbench.storage.own import is_own, own

    return [loaded.problem(("calendar", "write_to"), own(path))] if is_own(call.data, path) else []


def _where(line: int | None, key: str, what: str) -> str:
    at = _("line {line}").format(line=line) if line else ""
    place = _(", ").join(filter(None, (at, key)))
    return f"{place}: {what}" if place else what


def _path(call: Call) -> int:
    from workbench.config import config_file, data_dir, shipped_path

    options = call.options
    seller = options.config or config_file()
    rows = {
        "config": str(seller),
        "shipped": str(shipped_path()),
        "data": str(options.data or data_dir()),
    }
    if call.args.json:
        return call.json(dict(rows))
    for name, path in rows.items():
        call.out(clean(f"{name:<8} {path}"))
    return 0


def _show(call: Call) -> int:
    from workbench.config.show import show

    rows = show(call.settings())
    if call.args.json:
        return call.json({"settings": [{"key": key, "value": value, "from": source} for key, value, source in rows]})
    from workbench.output.cells import cut, width
    from workbench.output.tickets.table import line_limit, table

    limit = line_limit(sys.stdout.isatty())
    found = [tuple(map(clean, row)) for row in rows]
    if limit is not None:
        # The files' folders are what `config path` says; the value takes the room that is left.
        found = [(key, value, Path(source).name) for key, value, source in found]
        room = limit - sum(max(width(row[at]) for row in found) + 2 for at in (0, 2))
        found = [(key, cut(value, max(room, 8)), source) for key, value, source in found]
    call.out(*table((_("setting"), _("value"), _("from")), found, limit=limit))
    return 0
