"""The settings of the screens: what is near, the seller's own zone, look, keys, saved views, files written beside."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import Number, Text, Texts, Word
from workbench.config.tables import Many, Pairs, Rows, TableForm
from workbench.config.values import Duration, Filter, PathForm, Zone
from workbench.core.saying import say


class Soon(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown as near."""

    tickets: Annotated[timedelta, Duration(), say("A ticket that is due within this time.")]
    appeals: Annotated[timedelta, Duration(), say("An appeal window that closes within this time.")]
    points: Annotated[int, Number(0, 1000), say("So many points below the next milestone.")]
    on_time: Annotated[int, Number(1, 100), say("The share of a month's cases to be handled in time, in per cent.")]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The seller."""

    timezone: Annotated[ZoneInfo | None, Zone(auto=True), say("The zone the seller lives in; auto: this machine's.")]


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """The look."""

    theme: Annotated[
        str, Text(say("the name of a theme"), r"[a-z0-9][a-z0-9_-]{0,39}"), say("The theme of the screens.")
    ]


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys. Whether the commands and keys exist is checked by `keymap.check_keymap`."""

    preset: Annotated[Literal["default", "vim"], Word("default", "vim"), say("The keys to begin with.")]
    bind: Annotated[
        dict[str, tuple[str, ...]],
        Pairs(Many(Text(say("the name of a key"), r"\S{1,40}"))),
        say("Keys of your own, by the id of the command."),
    ]


class CalendarFile(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar file."""

    write_to: Annotated[Path | None, PathForm(""), say("A file that is written anew after each change; empty: none.")]


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """Backups made from the screens."""

    folder: Annotated[
        Path | None, PathForm(""), say("The folder that the palette's backup offers; empty: beside the daily ones.")
    ]


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """A saved view of the queue."""

    digit: Annotated[int, Number(1, 9), say("The digit that opens it.")]
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    filter: Annotated[str, Filter(), say("Which tickets it shows, written as for queue --filter.")]


SOON = TableForm(Soon)
ME = TableForm(Me)
DISPLAY = TableForm(Display)
KEYS = TableForm(Keys)
CALENDAR = TableForm(CalendarFile)
BACKUP = TableForm(Backup)
VIEWS = Rows(TableForm(QueueView), unique="digit")
