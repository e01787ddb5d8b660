"""Import: a path typed, pasted or dropped, or a file from the download folder; then the preview; then Enter.

Nothing is written before that last Enter. Files are looked at and read in threads; Esc stops a reading.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from workbench.config.disk import exists, is_folder
from workbench.config.given import given_paths, looks_like_path
from workbench.core.place import Place
from workbench.core.saying import Misuse, Refusal, Told, say
from workbench.core.time import parse_iso
from workbench.i18n import _, n_, render
from workbench.intake import Stopped
from workbench.output.marks import CURSOR, DONE, FILLED, REST
from workbench.output.words import ago
from workbench.session.imports.desk import ImportPlan
from workbench.ui.commands import bindings
from workbench.ui.imports.downloads import FoundFile, exports_in, looked_at
from workbench.ui.imports.preview import every_change, first_new, preview, read_as
from workbench.ui.sheets.base import Sheet, told
from workbench.ui.text import Line, Span, fit, shorten
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines, Page

_AROUND = 6
#: Seconds of reading after which progress is shown, and between two pictures of it.
_PATIENCE, _PICTURE = 0.5, 0.1
_GAUGE = 10


class ImportSheet(Sheet[None]):
    """The prompt, then the preview of what was chosen."""

    drafts = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    AUTO_FOCUS = "Typed"

    def __init__(self, dropped: str = "") -> None:
        super().__init__()
        self._dropped = dropped
        self._found: list[FoundFile] = []
        #: Of the files those are listed whose names hold this.
        self._kept = ""
        self._paths: list[Path] = []
        self._plans: list[ImportPlan] = []
        #: The file's own time, where the seller had to say it; and whether he is being asked.
        self._as_of: datetime | None = None
        self._asking = False
        self._listing = False
        self._stop: threading.Event | None = None
        self._left = threading.Event()
        self._problem: Told | None = None

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Those of the prompt, or those of the preview."""
        if not self._good:
            return ("sheet.accept", "sheet.leave")
        swap = ("import.swap",) if self._swappable else ()
        return ("sheet.accept", "import.changes", *swap, "sheet.leave")

    @property
    def _listed(self) -> list[FoundFile]:
        return [file for file in self._found if file.shown and self._kept in file.path.name.casefold()]

    @property
    def _good(self) -> bool:
        return any(plan.good for plan in self._plans)

    @property
    def _swappable(self) -> bool:
        return any(plan.reading is not None and not plan.reading.date_order_certain for plan in self._plans)

    def body(self) -> Iterable[Widget]:
        hint = _("a path: type it, paste it, or drop the file here")
        with Vertical(id="prompt"):
            yield Entry([Span("  " + _("Import") + " ", "quiet"), Span(f"{CURSOR} ", "accent_bold")], "", hint)
            yield Lines(id="told", ground="sheet")
            yield Choices(id="files", focusable=False)
        yield Page(id="preview", ground="sheet")

    def on_mount(self) -> None:
        self.query_one("#prompt").styles.height = "auto"
        self.query_one("#preview").display = False
        self.query_one(Entry).typed.several = self._several
        if self._dropped:
            self._choose(self._dropped)
        self.run_worker(self._look, thread=True, group="downloads", exit_on_error=False, description="downloads")

    def on_unmount(self) -> None:
        self._left.set()
        if self._stop is not None:
            self._stop.set()

    # the prompt

    def _look(self) -> None:
        """The files of the download folder; what kind they are is found out one by one."""
        folder = self.session.settings.intake.downloads
        if folder is None:
            from workbench.config import download_dir

            folder = download_dir()
        known = {file.digest for file in self.session.imports.files()}
        found = exports_in(folder)
        if not self._left.is_set():
            self.app.call_from_thread(self._offer, found)
        for at, file in enumerate(found):
            if self._left.is_set():
                return
            found[at] = looked_at(file, self.session.settings.intake.header, known)
            self.app.call_from_thread(self._offer, found)

    def _offer(self, found: Sequence[FoundFile]) -> None:
        if not self.is_mounted:
            return
        self._found = list(found)
        if not self._plans and self._stop is None:
            self.draw()

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("import") if self._good else say("look at it first")})
        told_lines: list[Line] = list(told(self._problem, self.cells)) if self._problem else []
        if self._plans:
            self._draw_preview()
            return
        self.query_one("#told", Lines).show([*told_lines, []])
        choices = [self._file(at, file) for at, file in enumerate(self._listed)]
        self.query_one("#files", Choices).show(choices, self.room - _AROUND)

    def _file(self, at: int, file: FoundFile) -> Choice:
        role = "quiet" if file.known or file.why is not None else "text"
        if file.why is not None:
            name, why = Span("   " + fit(file.path.name, 32), role), Span("  " + render(file.why), role)
            return Choice(shorten([name, why], self.cells), possible=False)
        kind = read_as(file.kind, file.rows) if file.kind is not None else ""
        line = [
            Span(f"{at + 1 if at < 9 else ' '}  ", "bold"), Span(fit(file.path.name, 32), role),
            Span("  " + fit(kind, 24), role), Span("  " + ago(self.session.now() - file.written), "quiet"),
            Span("   " + _("known") if file.known else "", "quiet"),
        ]  # fmt: skip
        return Choice(line)

    def action_sheet_down(self) -> None:
        if self._plans:
            self.query_one("#preview", Page).scroll_relative(y=1, animate=False)
        else:
            self.query_one("#files", Choices).move(1)

    def action_sheet_up(self) -> None:
        if self._plans:
            self.query_one("#preview", Page).scroll_relative(y=-1, animate=False)
        else:
            self.query_one("#files", Choices).move(-1)

    def on_choices_taken(self) -> None:
        self._choose("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._asking:
            self._say_time(event.value)
        else:
            self._choose(event.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """A digit marks that file, other text that is no path keeps the files whose names hold it."""
        event.stop()
        self._problem = None
        text = event.value.strip()
        if self._asking:
            return
        if len(text) == 1 and text.isascii() and text.isdigit():
            self.query_one("#files", Choices).mark(int(text) - 1)
            return
        self._kept = "" if looks_like_path(text) else text.casefold()
        if not self._plans and self._stop is None:
            self.draw()

    def _several(self, text: str) -> bool:
        """Several files that are pasted or dropped at once are looked at as they came; one stays to be seen first."""
        several = not self._asking and looks_like_path(text) and len(given_paths(text)) > 1
        if several:
            self._choose(text)
        return several

    def _say_time(self, text: str) -> None:
        """The time at which the file was exported, where nothing in it tells."""
        try:
            said = parse_iso(text, self.session.zone)
            if said > self.session.now():
                raise Misuse(say("The file cannot be from the future. Type when it was exported."))
        except Misuse as error:
            self._refused(error)
            return
        self._as_of, self._asking = said, False
        self._read(None)

    def _choose(self, text: str) -> None:
        """The typed paths; a single digit or nothing means a file of the list."""
        text = text.strip()
        at = self.query_one("#files", Choices).cursor
        if text.isascii() and text.isdigit() and len(text) == 1:
            at, text = int(text) - 1, ""
        if not text:
            paths = [self._listed[at].path] if 0 <= at < len(self._listed) else []
        elif not looks_like_path(text) and self._kept and self._listed:
            paths = [self._listed[min(max(at, 0), len(self._listed) - 1)].path]
        else:
            paths = given_paths(text)
        if paths:
            self._paths, self._as_of = paths, None
            self._read(None)

    # reading

    def _read(self, day_first: bool | None) -> None:
        """Read the files in a thread; progress is shown once it takes longer than a blink."""
        stop = self._stop = threading.Event()
        began = shown = time.monotonic()

        def progress(done: int, all: int | None) -> None:
            nonlocal shown
            if stop.is_set():
                raise Stopped
            now = time.monotonic()
            if now - began > _PATIENCE and now - shown > _PICTURE:
                shown = now
                self.app.call_from_thread(self._show_progress, done, all)

        def deed() -> list[ImportPlan]:
            for path in self._paths:
                if not exists(path) and is_folder(path.parent):
                    raise Refusal(say("There is no file {path}.", path=str(path)))
            try:
                return self.session.imports.preview(
                    self._paths, day_first=day_first, progress=progress, foreign=True, as_of=self._as_of
                )
            except Stopped:
                return []

        self.do(deed, lambda plans: self._previewed(plans, stop), self._refused)

    def _show_progress(self, done: int, all: int | None) -> None:
        if not self.is_mounted or self._stop is None:
            return
        if all:
            filled = min(_GAUGE * done // all, _GAUGE)
            gauge = [Span(FILLED * filled), Span(REST * (_GAUGE - filled), "faint")]
            text = _("{n} of {all} rows").format(n=f"{done:,}", all=f"{max(all, done):,}")
        else:
            gauge, text = [], n_("{n} row", "{n} rows", done).format(n=f"{done:,}")
        self.query_one("#told", Lines).show([[], [Span("  "), *gauge, Span(f"  {text}", "quiet")]])

    def _previewed(self, plans: list[ImportPlan], stop: threading.Event) -> None:
        self._stop = None
        if not self.is_mounted:
            return
        if stop.is_set():
            self.draw()
            return
        refused = [plan.error for plan in plans if plan.error is not None]
        if refused and len(refused) == len(plans):
            if plans[0].asks_time:
                self._asking = True
                self.query_one(Entry).typed.value = ""
                how = say("{why} Type when it was exported, like 2026-11-24 09:00.", why=refused[0])
                self._refused(Refusal(how))
            else:
                self._refused(Refusal(refused[0]))
            return
        self._problem = None
        if not self.session.market_chosen:
            self._ask_market(plans)
            return
        self._plans = plans
        self.draw()

    def _ask_market(self, plans: Sequence[ImportPlan]) -> None:
        """Whose rules apply is asked before anything is shown of what a file says; then it is read anew."""
        from workbench.session.imports.proposal import proposed_market
        from workbench.ui.everywhere.choosing import choose_market

        def then(market: str | None) -> None:
            if market is not None and self.is_mounted:
                self._read(None)

        currencies = [code for plan in plans if plan.reading is not None for code in plan.reading.currencies]
        choose_market(self.bench, then, proposed_market(currencies, self.session.settings))

    def _refused(self, error: Told) -> None:
        self._stop, self._problem = None, error
        if self.is_mounted:
            self.draw()

    # the preview

    def _draw_preview(self) -> None:
        session, page = self.session, self.query_one("#preview", Page)
        now, zone = session.now(), session.zone
        if self._listing:
            lines = every_change(self._plans, now, zone, self.cells)
        else:
            lines = preview(
                self._plans, now, zone, session.policy, session.settings.soon.tickets, self.cells,
                self.bench.board.tickets,
            )  # fmt: skip
        names = _(", ").join(_short(path) for path in self._paths)
        title: Line = [Span("  " + _("Import") + " ", "quiet"), Span(f"{CURSOR} ", "accent_bold"), Span(names, "title")]
        self.query_one("#prompt").display = False
        page.display = True
        page.styles.height = min(len(lines) + 2, self.room - 3)
        page.show([title, [], *lines], about=self._listing)
        page.focus()

    def action_sheet_accept(self) -> None:
        """Enter in the preview: import."""
        if not self._good:
            return
        plans = [plan for plan in self._plans if plan.good]
        self.query_one("#keys", Lines).show([[], [Span("  " + _("importing, it will be saved in one step"), "quiet")]])
        self.do(lambda: self.session.imports.apply(plans), self._applied)

    def _applied(self, plans: list[ImportPlan]) -> None:
        counts = [plan.count("new") for plan in plans], [plan.count("updated") + plan.count("closed") for plan in plans]
        new, moved = sum(counts[0]), sum(counts[1])
        text = _("Imported: {new} new, {moved} moved on, saved.").format(new=new, moved=moved)
        ships = sum(sum(plan.ship_counts.values()) for plan in plans)
        if ships:
            text = _("Imported: {new} new, {moved} moved on, {ships} orders to ship changed, saved.").format(
                new=new, moved=moved, ships=ships
            )
        elif not new + moved:
            text = _("Imported: nothing has changed.")
        if self.is_mounted:
            self.dismiss(None)
        first = first_new((change for plan in plans for change in plan.changes), self.session.now(), self.session.zone)
        place = Place("tickets", first.id) if first is not None else None
        if place is not None and not self.bench.show(place):
            self.bench.open(place)
        said = [Span(f"{DONE} "), Span(text)]
        self.bench.call_later(lambda: self.bench.frame.tell(said) if self.bench.frame is not None else None)

    def action_import_changes(self) -> None:
        if self._plans:
            self._listing = not self._listing
            self.draw()

    def action_import_swap(self) -> None:
        """The dates the other way round, where both ways are possible."""
        if self._swappable:
            reading = next(plan.reading for plan in self._plans if plan.reading and not plan.reading.date_order_certain)
            self._read(reading.date_order != "DMY")

    def action_sheet_leave(self) -> None:
        """One step back: stop reading, leave the list of changes, go back to the files (where the sheet began with
        them), leave."""
        if self._stop is not None:
            self._stop.set()
        elif self._busy:
            return
        elif self._asking:
            self._asking, self._problem = False, None
            self.query_one(Entry).typed.value = ""
            self.draw()
        elif self._listing:
            self._listing = False
            self.draw()
        elif self._plans and self._found and not self._dropped:
            self._plans = []
            self.query_one("#preview").display = False
            self.query_one("#prompt").display = True
            self.query_one(Entry).typed.focus()
            self.draw()
        else:
            self.dismiss(None)


def _short(path: Path) -> str:
    """The path with `~` for the home directory."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
