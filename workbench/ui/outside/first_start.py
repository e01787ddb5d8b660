"""The first start, on one page: language, market, shop time, each guessed already; then where to begin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from textual import events
from textual.binding import BindingType

from workbench.config import data_dir, download_dir
from workbench.core.saying import Refusal, Saying, say
from workbench.i18n import NAMES, _, language, n_, render, use
from workbench.output.cities import city
from workbench.output.marks import CURSOR
from workbench.output.words import clock, long_date
from workbench.session import Options
from workbench.session.choices import MARKET_NAMES, MARKETS
from workbench.session.first_start import Answers, guess_market, guess_zone, settle, zones_of
from workbench.session.session import clock_of, load_settings
from workbench.ui.commands import bindings
from workbench.ui.imports.downloads import exports_in
from workbench.ui.outside.one_page import Block, OnePage, at_home
from workbench.ui.text import Line, Span, line_width, width
from workbench.ui.theme import palette_of
from workbench.ui.zones import own_zone

#: How the page is left.
LOOK, IMPORT, EMPTY = "look", "import", "empty"
#: The cells of the names at the left.
_NAMES = 11


class Spot(NamedTuple):
    """Where on the page an answer stands: the cells from `first` up to `end`, of which question, which answer."""

    y: int
    first: int
    end: int
    question: int
    answer: str


class Questions(Block):
    """The page. Up and down choose a question, left and right its answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("first")

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._options = options
        loaded = self._loaded = load_settings(options)
        self._settings = loaded.settings
        self._clock = clock_of(options, loaded)
        zone = own_zone()
        self._own = zone.key if zone else None
        market = guess_market(self._own, os.environ)
        self.answers = Answers(language(), market, guess_zone(self._settings, market, self._own))
        self.question = 0
        self.fault: Saying | None = None
        self._spots: list[Spot] = []

    def fill(self, rows: list[Line]) -> None:
        self._spots = []
        rows += [
            [Span("  workbench", "title")],
            [Span("  " + _("What must be done, before which minute."), "quiet")],
            [],
        ]
        for question, name in enumerate((_("Language"), _("Market"), _("Shop time"))):
            rows += self._question(question, name, len(rows))
        rows.append([])
        found = len(exports_in(self._settings.intake.downloads or download_dir()))
        files = n_("{n} file in Downloads", "{n} files in Downloads", found).format(n=found) if found else ""
        rows.append(self.way("first.look", _("Look around in an invented shop"), _("nothing of it is kept")))
        rows.append(self.way("first.import", _("Import my Seller Center files"), files))
        rows.append(self.way("first.empty", _("Start with an empty queue"), _("enter cases by hand")))
        rows.append([])
        data = at_home(self._options.data or data_dir())
        rows += self.said(_("Your data stays on this machine, in {path}.").format(path=data), "quiet")
        if self.fault is not None:
            rows += [[], *self.said(render(self.fault), "late_bold", "!")]

    def _question(self, question: int, name: str, y: int) -> Iterator[Line]:
        here = question == self.question
        mark = Span(f"{CURSOR} " if here else "  ", "accent_bold")
        line: list[Span] = [mark, Span(name + " " * (_NAMES - width(name)), "bold" if here else "quiet")]
        for answer, text in self._offered(question):
            chosen = answer == self._given(question)
            chip = self._chip(text, chosen)
            if line_width(line) + width(chip.text) > self.cells:
                yield line
                y += 1
                line = [Span(" " * (_NAMES + 2))]
            begin = line_width(line)
            self._spots.append(Spot(y, begin, begin + width(chip.text), question, answer))
            line.append(chip)
        yield line
        if question == 2:
            yield [Span(" " * (_NAMES + 3)), *self._clocks()]

    def _chip(self, text: str, chosen: bool) -> Span:
        if not chosen:
            return Span(f" {text} ", "quiet")
        palette = palette_of(self.app)
        return Span(f"[{text}]" if palette.no_colour or palette.ansi else f" {text} ", "title", "row")

    def _clocks(self) -> Line:
        now, shop = self._clock(), ZoneInfo(self.answers.timezone)
        line = [Span(f"{long_date(now.astimezone(shop).date())} {clock(now, shop)}")]
        if self._own is not None and _offset(now, self._own) != _offset(now, shop.key):
            mine = ZoneInfo(self._own)
            text = _("   you: {city} {time}").format(city=city(mine), time=clock(now, mine))
            line.append(Span(text, "quiet"))
        return line

    # answers

    def _given(self, question: int) -> str | None:
        return (self.answers.language, self.answers.market, self.answers.timezone)[question]

    def _offered(self, question: int) -> list[tuple[str, str]]:
        if question == 0:
            return list(NAMES.items())
        if question == 1:
            return [(market, render(MARKET_NAMES[market])) for market in MARKETS]
        zones = zones_of(self._settings, self.answers.market, self._own)
        # Two zones of one name (`UTC` and `Etc/UTC`) are one answer, the given one if it is among them.
        names = {city(ZoneInfo(zone)): zone for zone in reversed(zones)}
        given = city(ZoneInfo(self.answers.timezone))
        if given in names:
            names[given] = self.answers.timezone
        return [(zone, name) for name, zone in reversed(names.items())]

    def answer(self, question: int, answer: str) -> None:
        """Take this answer. The language changes the page at once, the market sets the shop's time."""
        given, self.fault = self.answers, None
        if question == 0:
            use(answer)
            self.answers = Answers(answer, given.market, given.timezone)
        elif question == 1:
            self.answers = Answers(given.language, answer, guess_zone(self._settings, answer, self._own))
        else:
            self.answers = Answers(given.language, given.market, answer)
        self.question = question
        self.draw()

    def _step(self, step: int) -> None:
        offered, given = [answer for answer, _text in self._offered(self.question)], self._given(self.question)
        at = offered.index(given) if given in offered else -1 if step > 0 else 0
        self.answer(self.question, offered[(at + step) % len(offered)])

    def action_first_left(self) -> None:
        self._step(-1)

    def action_first_right(self) -> None:
        self._step(1)

    def action_first_up(self) -> None:
        self.question = max(self.question - 1, 0)
        self.draw()

    def action_first_down(self) -> None:
        self.question = min(self.question + 1, 2)
        self.draw()

    async def on_click(self, event: events.Click) -> None:
        """A click on an answer takes it."""
        for spot in self._spots:
            if spot.y == event.y + self.scroll_offset.y and spot.first <= event.x < spot.end:
                self.answer(spot.question, spot.answer)
                return

    # leaving

    def action_first_look(self) -> None:
        """The invented shop: nothing is written, so that the questions come again."""
        self.app.exit(LOOK)

    def action_first_import(self) -> None:
        """Without a market too: it is asked with what the files say, before anything of them is taken in."""
        self._settle(IMPORT)

    def action_first_empty(self) -> None:
        if self.answers.market is not None:
            self._settle(EMPTY)
            return
        self.fault, self.question = say("Choose the market first: its rules make the deadlines."), 1
        self.draw()

    def _settle(self, way: str) -> None:
        try:
            settle(self.answers, self._loaded)
        except Refusal as refused:
            self.fault = refused.saying
            self.draw()
        else:
            self.app.exit(way)

    def action_first_quit(self) -> None:
        self.app.exit()


class FirstStart(OnePage[str]):
    """The page; ends with the way that was taken."""

    def __init__(self, options: Options) -> None:
        super().__init__(Questions(options))


def ask(options: Options) -> str | None:
    """Show the page; the way that was taken, None where none was."""
    return FirstStart(options).shown()


def _offset(now: datetime, zone: str) -> object:
    return now.astimezone(ZoneInfo(zone)).utcoffset()
