"""The one way in which a deed is done and told: in a thread, saved before it is said, refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from textual.worker import Worker, WorkerState

from workbench.core.place import Place
from workbench.core.saying import Saying, Told
from workbench.i18n import _, render
from workbench.output.marks import DONE
from workbench.output.words import due_point
from workbench.session import Done, Session
from workbench.storage import Unconfirmed, Unsaved
from workbench.ui.bench import Bench, Result
from workbench.ui.board import Board
from workbench.ui.commands import keys_in_bar
from workbench.ui.drafts import Keeper
from workbench.ui.face import Face
from workbench.ui.frame import Frame
from workbench.ui.text import Line, Span, clean, cut

#: So much of what was copied the bar says.
_COPIED = 40


class Deeds(Bench, Face[str]):
    """An app on a session: deeds, messages, and the data shown as they are now."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.board = Board(session)
        self.keeper = Keeper(self)
        self.keymap = {}
        self.stuck = session.readonly is not None
        self._stale = False
        self._blamed: Saying | None = None
        self._minute = session.now().replace(second=0)
        self.carried = ""
        self.landing = None
        self.walk = None

    def on_mount(self) -> None:
        self._unsubscribe = self.session.subscribe(self._changed)
        self.set_interval(1, self._second)

    def on_unmount(self) -> None:
        self._unsubscribe()

    def exit(self, *args: Any, **more: Any) -> None:
        """End; what is typed and not saved is kept first."""
        self.keeper.flush()
        super().exit(*args, **more)

    @property
    def frame(self) -> Frame | None:
        """The screen under whatever sheets are open, once it stands and until the app takes its screens down."""
        if not self.is_running:
            return None
        return next((screen for screen in self.screen_stack if isinstance(screen, Frame) and screen.is_mounted), None)

    def do(
        self, deed: Callable[[], Result], then: Callable[[Result], None], refused: Callable[[Told], None] | None = None
    ) -> None:
        """Do a deed in a thread, then tell; what it refuses is told too, and nothing has changed then."""
        work = partial(self._do, deed, then, refused or self.refused)
        self.run_worker(work, thread=True, group="deed", exit_on_error=False, description="deed")

    def _do(self, deed: Callable[[], Result], then: Callable[[Result], None], refused: Callable[[Told], None]) -> None:
        try:
            result = deed()
        except Told as told:
            if isinstance(told, (Unsaved, Unconfirmed)):
                self.cannot_save()
            self.call_from_thread(refused, told)
        else:
            self.call_from_thread(self._finish, then, result)

    def _finish(self, then: Callable[[Result], None], result: Result) -> None:
        self._reload_if_stale()
        then(result)

    def cannot_save(self, on: bool = True) -> None:
        """Nothing can be saved, or (not `on`) something was: the header says so while it lasts. From any thread."""
        if self.stuck != on and self.session.readonly is None:
            self.stuck = on
            self.call_later(self._draw_stuck)

    def _draw_stuck(self) -> None:
        if self.frame is not None:
            self.frame.draw_header(self.frame.size.width)

    def leave(self, ids: Iterable[int]) -> None:
        """These cases are about to be dealt with: the cursor will stand on the seller's next one afterwards."""
        following = self.board.next_mine(ids)
        self.landing = Place("tickets", following.id) if following else None

    def saved(self, done: Done) -> None:
        """Tell that it is on disk, and which case is next."""
        frame = self.frame
        if frame is None:
            return
        if self.walk is not None:
            self.walk.done = done
        then = self.board.at(self.landing)
        self.landing = None
        message = [Span(f"{DONE} "), Span(_("{what}, saved.").format(what=render(done.saying)))]
        if then is not None:
            due = then.deadline.at
            now, zone = self.session.now(), self.session.zone
            text = _("Now {ref}").format(ref=then.ref)
            if due is not None:
                text = _("Now {ref}, due {point}.").format(ref=then.ref, point=due_point(due, now, zone))
            message.append(Span(f"   {text}", "quiet"))
        key, word = keys_in_bar(self.keymap, "app.undo")[0]
        frame.tell(message, [Span(key, "bold"), Span(f" {word}", "quiet")])

    def refused(self, told: Told) -> None:
        """Say why it was not done. What the disk refused stays until it is answered."""
        frame = self.frame
        self.landing = None
        if frame is None:
            return
        if self.stuck or told.__cause__ is not None:
            frame.bar.blame(render(told.saying))
        else:
            frame.tell([Span("! ", "soon_bold"), Span(render(told.saying), "soon")])

    def copy(self, id: str | None, none: str) -> None:
        """Copy an id to paste into Seller Center; where there is `none`, say so."""
        if self.frame is None:
            return
        if id is None:
            self.frame.tell([Span("! ", "soon_bold"), Span(none, "soon")])
            return
        self.copy_to_clipboard(clean(id))

    def copy_to_clipboard(self, text: str, told: Line = (), hint: Line = ()) -> None:
        """Copy this, from wherever, and say what is known of it, or `told` where more came of it than a copy.

        `app.copied` shows it again to be selected.
        """
        self._clipboard = text
        work = partial(self._put_on_clipboard, text, told, hint)
        self.run_worker(work, thread=True, group="clipboard", exit_on_error=False, description="clipboard")

    def _put_on_clipboard(self, text: str, told: Line, hint: Line) -> None:
        from workbench.ui.clipboard import copy  # its tools, for this alone

        found = copy(text, lambda asked: self.call_from_thread(self._send, asked))
        self.call_from_thread(self._copied, text, found, told, hint)

    def _send(self, asked: str) -> None:
        if self._driver is not None:
            self._driver.write(asked)

    def _copied(self, text: str, found: str, told: Line, hint: Line) -> None:
        shown = cut(clean(text.partition("\n")[0]), _COPIED)
        if told:
            self.mention(told, hint)
            return
        if found == "copied":
            line = [Span(f"{DONE} "), Span(_("{id} copied.").format(id=shown))]
        else:
            line = [Span(shown, "strong"), Span("   " + _("sent to the terminal: look before you paste"), "soon")]
        self.mention(line)

    def mention(self, line: Line, hint: Line = ()) -> None:
        """Say something where it is seen: in the sheet that is open, else in the bar."""
        from workbench.ui.sheets.base import Sheet

        if isinstance(self.screen, Sheet):
            self.screen.say([[Span("  "), *line]])
        elif self.frame is not None:
            self.frame.tell(line, hint)

    def action_app_copied(self) -> None:
        """What was copied last, to be selected by hand: an id in the bar, a text whole in a sheet."""
        text = self._clipboard
        if len(text) <= _COPIED and "\n" not in text:
            if text:
                self.mention([Span(clean(text), "strong")])
            return
        from workbench.ui.sheets.copied import CopiedSheet

        self.push_screen(CopiedSheet(text))

    def show(self, place: Place) -> bool:
        """Put the cursor on this place, if the screen that is open shows it."""
        return self.frame is not None and self.frame.land(place)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one place where work in a thread that failed is told; what nobody foresaw ends the program."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if not isinstance(error, Told):
            self._handle_exception(error if isinstance(error, Exception) else RuntimeError(str(error)))
        elif error.saying != self._blamed:
            self._blamed = error.saying
            self.refused(error)

    def _changed(self) -> None:
        """The data changed, in whatever thread: it is on disk."""
        self._stale = True
        self.cannot_save(False)
        self.call_later(self._reload_if_stale)

    def _reload_if_stale(self) -> None:
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Show everything as it is now."""
        self._stale = False
        self.board.forget()
        if self.frame is not None:
            self.frame.reload()
            self._tell_notices(self.frame)

    def _tell_notices(self, frame: Frame) -> None:
        """What came up since, such as a calendar file that could not be written; each once."""
        notices = self.session.store.notices
        if notices:
            said = " ".join(render(notices.pop(0)) for _each in range(len(notices)))
            frame.bar.blame(said)

    def _second(self) -> None:
        """Each second: look whether another process wrote; each full minute, show everything anew."""
        self.run_worker(self._look, thread=True, group="look", exclusive=True, exit_on_error=False, description="look")
        minute = self.session.now().replace(second=0)
        if minute != self._minute:
            self._minute = minute
            self.reload()
        elif self.frame is not None:
            self.frame.tick()

    def _look(self) -> None:
        if self.session.refresh():
            self.call_from_thread(self._tell_changed)

    def _tell_changed(self) -> None:
        if self.frame is not None and self.frame.bar.fault is None:
            self.frame.tell([Span(_("The data was changed elsewhere. This is how it is now."), "quiet")])
