"""The page in the place of the screens where the data cannot be opened: what is wrong, and the ways out of it.

It changes nothing but what is asked for: trying again and looking for faults only read, going back to a backup shows
what it brings and asks. Nothing is ever read as empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.worker import get_current_worker

from workbench.config import Loaded, data_dir, policy
from workbench.core.saying import Refusal, Saying, Told, say
from workbench.i18n import _, n_, render
from workbench.output.words import full_point
from workbench.session import Options, Session, open_session
from workbench.session.records import Spoilt
from workbench.session.safety.aside import Record, in_the_way, take_out
from workbench.session.safety.desk import WayBack, check, rescue, way_back
from workbench.session.session import clock_of, load_settings
from workbench.session.tables import tables
from workbench.storage import Damaged
from workbench.storage.checking import CheckFinding, Report
from workbench.storage.meta import DATA
from workbench.storage.restoring import Difference
from workbench.ui.commands import bindings
from workbench.ui.keys import seller_keys
from workbench.ui.outside.one_page import INDENT, Block, OnePage, at_home
from workbench.ui.text import Line, Span, fit

Result = TypeVar("Result")

#: The records of tables without ids of their own, together.
_OTHER = say("other records")
#: The cells of their names.
_NAMES = 15


class Trouble(Block):
    """The page. `refusal` is why the data cannot be opened, as far as it was tried."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("trouble", "confirm")

    def __init__(self, options: Options, loaded: Loaded, refusal: Told) -> None:
        super().__init__(seller_keys(loaded.settings)[0])
        self._options = options
        self._directory = options.data or data_dir()
        self._clock = clock_of(options, loaded)
        self._zone = policy(loaded.settings).zone
        self._open = partial(open_session, options)
        self._asking = self._busy = False
        self._report: Report | None = None
        #: What came of the last deed: the text, its role, its mark.
        self._told: tuple[str, str, str] | None = None
        self._learn(refusal)

    def _learn(self, refusal: Told) -> None:
        """Why it is, and whether there is a backup to go back to."""
        self.refusal = refusal
        self._damaged = isinstance(refusal, (Damaged, Spoilt))
        self._backup = way_back(self._open, self._directory, self._clock) if self._damaged else None
        self._record = self._in_the_way(refusal)

    def _in_the_way(self, refusal: Told) -> Record | None:
        """The one record that all else waits for, if it is one."""
        if isinstance(refusal, Spoilt):
            return str(refusal.saying.args["table"]), int(refusal.saying.args["id"])
        return in_the_way(self._directory) if isinstance(refusal, Damaged) else None

    def on_mount(self) -> None:
        self.app.set_keymap(self._keymap)

    # what it shows

    def fill(self, rows: list[Line]) -> None:
        title = _("Your data cannot be opened.") if self._damaged else _("The folder of your data cannot be used.")
        rows += [
            [Span("  workbench", "title")],
            [Span(f"  {title}", "quiet")],
            [],
            *self.said(render(self._wrong()), "late_bold", "!"),
        ]
        if self._damaged:
            rows += self.said(_("Nothing was overwritten, and nothing is read as empty."))
        rows.append([])
        if self._asking and self._backup is not None:
            self._question(rows, self._backup)
        else:
            self._choices(rows)
        if self._told is not None:
            rows += [[], *self.said(*self._told)]
        if self._report is not None:
            rows += self._findings(self._report)

    def _wrong(self) -> Saying:
        """The sentence without the way out where the page is that."""
        args = self.refusal.saying.args
        if isinstance(self.refusal, Damaged) and "what" in args:
            return say("{path} {what}.", path=at_home(Path(args["path"])), what=args["what"])
        return self.refusal.saying

    def _choices(self, rows: list[Line]) -> None:
        if self._backup is not None:
            when = self._when(self._backup)
            rows.append(self.way("trouble.restore", _("Go back to the last good backup"), when))
        elif self._damaged:
            rows.append([Span(" " * INDENT), Span(_("There is no good backup to go back to"), "quiet")])
        if self._record is not None:
            table, number = self._record
            name = _("Set record {id} of {table} aside").format(id=number, table=table)
            rows.append(self.way("trouble.aside", name, _("all else stays")))
        if self._damaged:
            rows.append(self.way("trouble.check", _("Show what check finds"), _("changes nothing")))
        rows.append(self.way("trouble.again", _("Try again")))
        rows.append(self.way("trouble.leave", _("Leave"), _("all stays as it is")))
        if self._backup is None:
            rows.append([])
            if self._damaged:
                rows += self.said(_("Put a copy of your own in its place, then try again."), "quiet")
            text = _(
                "The folder of your data is {path}. To take another one: workbench --data FOLDER, or WORKBENCH_DATA in "
                "the environment."
            )
            rows += self.said(text.format(path=at_home(self._directory)), "quiet")

    def _question(self, rows: list[Line], backup: WayBack) -> None:
        rows += self.said(_("Go back to the state of {when}?").format(when=self._when(backup)), "title")
        rows += self.said(_("What changes with {file}:").format(file=backup.file.name))
        for name, counts in _grouped(backup.brings.differences).items():
            rows.append([Span("  " + fit(name, _NAMES), "quiet"), Span(_counted(*counts))])
        rows += self.said(_("What was saved later is not in it."))
        if not backup.brings.rescued:
            rows += self.said(_("Undo takes it back."))
        elif (self._directory / DATA).exists():
            rows += self.said(_("The damaged file is kept beside it, under another name."))
        rows.append([])
        rows.append(self.way("confirm.yes", _("Yes, go back")))
        rows.append(self.way("trouble.leave", _("No, change nothing")))

    def _when(self, backup: WayBack) -> str:
        return full_point(backup.saved_at, self._zone) if backup.saved_at is not None else backup.file.name

    def _findings(self, report: Report) -> Iterator[Line]:
        yield []
        count = len(report.problems)
        text = n_("check finds {n} problem:", "check finds {n} problems:", count).format(n=count)
        yield from self.said(text if count else _("check finds nothing."), "title")
        for each in report.problems:
            yield from self.said(self._found(each), mark="!")
        for each in report.remarks:
            yield from self.said(self._found(each), "quiet")

    def _found(self, found: CheckFinding) -> str:
        return f"{found.file.relative_to(self._directory)}: {render(found.what)}"

    # the ways

    def action_trouble_again(self) -> None:
        if not self._asking:
            self._do(self._try, self.app.exit)

    def action_trouble_check(self) -> None:
        if self._damaged and not self._asking:
            self._do(partial(check, self._directory), self._show)

    def action_trouble_restore(self) -> None:
        if self._backup is not None and not self._busy:
            self._asking, self._told, self._report = True, None, None
            self.draw()

    def action_trouble_aside(self) -> None:
        """Nothing is lost by it: the record is kept as it is."""
        if self._record is not None and not self._asking:
            self._do(partial(self._set_aside, self._record), self.app.exit)

    def action_confirm_yes(self) -> None:
        if self._asking and self._backup is not None:
            self._do(partial(self._restore, self._backup), self.app.exit)

    def action_trouble_leave(self) -> None:
        """From the question to the choices; from there out, with everything as it is."""
        if not self._asking:
            self.app.exit()
        elif not self._busy:
            self._asking = False
            self.draw()

    def _restore(self, backup: WayBack) -> Session:
        """As it was shown: what came back meanwhile is refused, not replaced."""
        kept = None
        if backup.brings.rescued:
            kept = rescue(self._directory, backup.file, self._clock()).kept
        else:
            self._open().safety.restore(backup.file)
        session = self._try()
        if kept is not None:
            session.store.notices.append(say("The damaged data file is kept as {file}.", file=str(kept)))
        return session

    def _set_aside(self, record: Record) -> Session:
        if isinstance(self.refusal, Spoilt):
            self._open().safety.set_aside(*record)
            return self._try()
        kept = take_out(self._open, self._directory, record, self._clock())
        session = self._try()
        session.store.notices.append(say("The damaged data file is kept as {file}.", file=str(kept)))
        return session

    def _try(self) -> Session:
        """Open the data, and read what the first screen reads."""
        try:
            session = self._open()
            session.store.refuse_if_nowhere()
            session.today().reckoned()
        except Refusal as refused:
            self._learn(refused)
            raise
        return session

    def _show(self, report: Report) -> None:
        self._report = report
        self.draw()

    # deeds

    def _do(self, deed: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do a deed in a thread, one at a time, and tell what it refuses."""
        if not self._busy:
            self._busy, self._report = True, None
            self._told = _("One moment ..."), "quiet", ""
            self.draw()
            self.run_worker(partial(self._work, deed, then), thread=True, exit_on_error=False, description="deed")

    def _work(self, deed: Callable[[], Result], then: Callable[[Result], None]) -> None:
        worker = get_current_worker()
        after: Callable[[], None]
        try:
            after = partial(then, deed())
        except Told as told:
            after = partial(self._refused, told)
        except Exception as error:  # noqa: BLE001 - nobody foresaw it: it ends the page, and the caller logs it
            after = partial(self.app._handle_exception, error)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._finish, after)

    def _finish(self, after: Callable[[], None]) -> None:
        self._busy, self._told = False, None
        after()

    def _refused(self, told: Told) -> None:
        self._asking = False
        text = _("It is still so.") if told is self.refusal else render(told.saying)
        self._told = text, "soon", "!"
        self.draw()


def _grouped(differences: Iterable[Difference]) -> dict[str, tuple[int, int, int]]:
    """How many records come in, go and change, under the names a seller knows."""
    words = {name: table.word for name, table in tables().items() if table.ref is not None}
    found: dict[str, tuple[int, int, int]] = {}
    for each in sorted(differences, key=lambda each: [*words, each.table].index(each.table)):
        name = render(words.get(each.table, _OTHER))
        added, removed, changed = found.get(name, (0, 0, 0))
        found[name] = added + each.added, removed + each.removed, changed + each.changed
    return found


def _counted(added: int, removed: int, changed: int) -> str:
    said = (
        n_("{n} added", "{n} added", added).format(n=added) if added else "",
        n_("{n} removed", "{n} removed", removed).format(n=removed) if removed else "",
        n_("{n} changed", "{n} changed", changed).format(n=changed) if changed else "",
    )
    return _(", ").join(filter(None, said))


def mend(options: Options, refusal: Refusal) -> Session:
    """Show the page until the data can be opened; raises why they cannot where it was left before."""
    loaded = load_settings(options)
    page = Trouble(options, loaded, refusal)
    session = OnePage[Session](page, loaded.settings.display.theme).shown()
    if session is None:
        raise page.refusal
    return session
