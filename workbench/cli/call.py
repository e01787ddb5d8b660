"""One call of the program: what was asked, the session it opens, and the two streams it speaks to."""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.config.disk import at_home
from workbench.core.saying import Misuse, Refusal, Saying, say
from workbench.i18n import render
from workbench.output.cells import clean

if TYPE_CHECKING:
    import argparse
    from types import SimpleNamespace

    from workbench.config import Loaded, Settings
    from workbench.output.json import Shaper, TicketDocument
    from workbench.session import Options, Session

#: How a deadline can be written.
DUE_FORMS = say(
    "18:00, tomorrow, Fri 9:00, 24 Nov, 24/11, 2026-11-24T18:00, +3h, tonight, end of day, 24:00; "
    "a day alone means the rule's time of day, else its 24:00"
)


class Call:
    """What a verb works with. The session opens when it is first asked for."""

    def __init__(self, args: argparse.Namespace | SimpleNamespace) -> None:
        self.args = args
        self._did = False

    @property
    def options(self) -> Options:
        """The global options, with their environment variables behind them."""
        from workbench.session import Options

        return Options(
            data=_path(self._given("data", "WORKBENCH_DATA")),
            config=_path(self._given("config", "WORKBENCH_CONFIG")),
            now=self._given("now", "WORKBENCH_NOW"),
            lang=self._given("lang", "WORKBENCH_LANG"),
        )

    @cached_property
    def session(self) -> Session:
        """The data directory of this call, open. Problems of the settings are told on standard error."""
        session = self.opened()
        for notice in session.notices():
            self.tell(notice)
        session.store.notices.clear()
        session.changed = False  # copies merged at opening are nobody's deed
        session.subscribe(self.tell_notices)
        return session

    def opened(self) -> Session:
        """The same with nothing told yet: the screens tell it themselves."""
        from workbench.session import open_session

        session = open_session(self.options)
        self.speak(session.settings)
        return session

    def speak(self, settings: Settings) -> None:
        """Speak the language of the settings, where the call names none."""
        if self.options.lang is None and settings.shop.language != "auto":
            from workbench import i18n

            i18n.use(settings.shop.language)

    def tell_notices(self) -> None:
        """What came up since, such as a backup or a calendar file that could not be written."""
        notices = self.session.store.notices
        while notices:
            self.tell(notices.pop(0))

    @property
    def data(self) -> Path:
        """The data directory of this call, whatever state it is in."""
        from workbench.config import data_dir

        return self.options.data or data_dir()

    @property
    def now(self) -> datetime:
        """The time of this call, also where no session opens."""
        from workbench.session.session import clock_of

        return clock_of(self.options, self.settings())()

    def settings(self) -> Loaded:
        """The settings of this call, without opening any data."""
        from workbench.session.session import load_settings

        return load_settings(self.options)

    @cached_property
    def shaper(self) -> Shaper:
        """Records as JSON, at this call's now and in the shop's zone."""
        from workbench.output.json import Shaper

        return Shaper(self.session.now(), self.session.zone, lambda: self.session.policy.reviews)

    def when(self, text: str, *, past: bool = False) -> datetime:
        """A time as it is typed: ISO 8601, or a phrase such as `tomorrow 18:00`; without offset in the shop's zone.
        `past`: of a weekday or a bare time the last one is meant."""
        from workbench.core.time import parse_iso

        try:
            return parse_iso(text, self.session.zone)
        except Misuse:
            from workbench.core.when import parse_when

            found = parse_when(text, self.session.now(), self.session.zone, past=past)
            if found is None:
                raise
            return found

    def due(self, text: str) -> datetime | date:
        """A deadline as it is typed: an instant, or the bare day that was named (`core.when.due_on`)."""
        from workbench.core.when import read_due

        found = read_due(text, self.session.now(), self.session.zone)
        if found is None:
            raise Misuse(say('"{text}" is no deadline. Write it like {forms}.', text=text, forms=DUE_FORMS))
        return found

    def json(self, document: dict[str, Any] | TicketDocument) -> int:
        """Print one JSON document; the exit status 0."""
        from workbench.output.json import dumps

        print(dumps(document))
        return 0

    def out(self, *lines: str) -> None:
        """Print lines of data, all at once."""
        print("\n".join(lines))

    def tell(self, saying: Saying) -> None:
        """Say something on standard error."""
        self.narrate(clean(render(saying)))

    def narrate(self, line: str) -> None:
        """Print a line on standard error. Where nobody can be told, the data go out all the same."""
        with contextlib.suppress(OSError, ValueError):
            print(line, file=sys.stderr)

    def did(self) -> None:
        """The verb wrote something by other ways than the session: what comes now does not change that."""
        self._did = True

    @property
    def committed(self) -> bool:
        """Whether the verb changed something that stays."""
        session = self.__dict__.get("session")
        return self._did or (session is not None and session.changed)

    def finish(self) -> None:
        """After a verb that saved: the upkeep. What was done is done, so a refusal here is only told."""
        session = self.__dict__.get("session")
        if session is not None:
            self.tell_notices()
        if session is not None and session.saved:
            try:
                session.upkeep()
            except Refusal as refused:
                self.tell(refused.saying)

    def _given(self, option: str, variable: str) -> Any:
        """What the option says, else its variable. An empty option is a slip, an empty variable is none."""
        given = getattr(self.args, option, None)
        if given == "":
            raise Misuse(say("--{option} is empty.", option=option))
        return given or os.environ.get(variable) or None


def _path(text: str | None) -> Path | None:
    return at_home(text) if text else None


def language(text: str) -> str:
    """A language the program speaks; `Misuse` for another."""
    from workbench.i18n import LANGUAGES

    if text not in LANGUAGES:
        raise Misuse(say('There is no language "{text}". Known: {known}.', text=text, known=", ".join(LANGUAGES)))
    return text
