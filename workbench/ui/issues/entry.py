"""The entry line of the Log: typed, completed, read back under it, asked about in place, and saved by Enter.

The line is free for the next issue at once: what is to be saved waits in order behind what is being saved. What could
not be saved comes back with the key that repeats.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from workbench.core.issues.complete import Candidate, Completer, applied
from workbench.core.issues.model import Issue, IssueDraft
from workbench.core.issues.reading import LineReading
from workbench.core.issues.suggest import Suggestion
from workbench.core.issues.writing import quoted
from workbench.core.saying import Told
from workbench.i18n import _
from workbench.session import Done
from workbench.ui.bench import OnBench
from workbench.ui.issues import repeat
from workbench.ui.issues.line import LineEntry, LogLine, Waiting
from workbench.ui.issues.readback import digit_of, inviting, numbered, read_back
from workbench.ui.sheets.several import lines_of
from workbench.ui.text import Line, Span, clean, shorten
from workbench.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from workbench.session.issues.desk import LogDesk
    from workbench.ui.sheets.form import Back


class LogEntry(Vertical, OnBench):
    """The line and what is read back under it. `mark` counts the suggestions, or the completions of a started line."""

    DEFAULT_CSS = "LogEntry { height: auto; background: $sheet; }"

    class Changed(Message):
        """What is typed, marked or saved is another thing than before."""

    class Left(Message):
        """Escape was pressed with nothing to take back."""

    class NotLogged(Message):
        """It could not be saved; it stands in the line again."""

        def __init__(self, told: Told) -> None:
            super().__init__()
            self.told = told

    class Logged(Message):
        """It is on disk."""

        def __init__(self, done: Done) -> None:
            super().__init__()
            self.done = done

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.line = LogLine(self, self._known, self._ahead, _("SKU  type  the buyer's words"))
        self.editing: Issue | None = None
        self.mark = 0
        self._asked = False
        self._answering = False
        self._waiting: deque[Waiting] = deque()
        self._saving: Waiting | None = None
        self._unsaved: list[str] = []
        self._back = 0
        self._repeated: str | None = None
        self._exact: dict[str, str] = {}
        self._read: tuple[object, LineReading] | None = None

    def compose(self) -> ComposeResult:
        self.line.several = self._several
        yield LineEntry(self.line)
        yield Lines([[]], id="read", ground="sheet")

    # what is kept until it is saved

    #: The line of the Log is one, on its screen and in its sheet.
    place = "issues.line"

    def on_mount(self) -> None:
        for draft in self.bench.keeper.begin(self):
            self._unsaved += draft.texts.values()

    def on_unmount(self) -> None:
        self.bench.keeper.over(self, saved=False)

    def texts(self) -> Mapping[str, str]:
        """What is typed, and what could not be saved."""
        found = [each.text for each in (self._saving, *self._waiting) if each is not None]
        return {str(at): text for at, text in enumerate((*found, *self._unsaved, self.line.value)) if text.strip()}

    def _several(self, text: str) -> bool:
        """Several lines pasted into one are shown one by one, each as it is read."""
        if len(lines_of(text)) < 2:
            return False
        from workbench.ui.issues.several import several

        sheet = several(self.desk, self.place, text, self.take)
        self.app.push_screen(sheet, lambda _left: self._told(sheet.done))
        return True

    def _told(self, done: Done | None) -> None:
        """A sheet over this line saved: told here, too, for the bar of the screen may be covered."""
        if done is not None:
            self.post_message(self.Logged(done))

    def take(self, texts: Sequence[str]) -> None:
        """The first comes into the line, the others with the key that repeats."""
        self._unsaved += texts
        self.put(self._unsaved.pop(0))

    @property
    def desk(self) -> LogDesk:
        return self.bench.session.log

    def edited(self) -> int | None:
        """The number of the line that is edited."""
        return None if self.editing is None else self.editing.id

    # what is understood

    @property
    def suggested(self) -> list[Suggestion]:
        """What today's cases suggest, without those that are being saved."""
        taken = {each.ticket for each in (*self._waiting, self._saving) if each is not None}
        return [each for each in self._completer.suggestions if each.ticket not in taken]

    @property
    def _completer(self) -> Completer:
        return self.desk.completer()

    def _reading(self, text: str) -> LineReading:
        """What the text says; the same question is answered once."""
        day = self.editing.day if self.editing else None
        key = text, day, self.bench.session.store.version
        if self._read is None or self._read[0] != key:
            self._read = key, self.desk.read(text, day)
        return self._read[1]

    def _known(self, text: str) -> list[tuple[int, int]]:
        reading = self._reading(text)
        quiet = ("words", "sku") if reading.new_sku else ("words",)
        return [(part.start, part.end) for part in reading.parts if part.name not in quiet]

    def _candidates(self) -> list[Candidate]:
        before = self.line.value[: self.line.cursor_position]
        return self._completer.candidates(self._reading(before)) if before.strip() else []

    def _ahead(self, text: str) -> str:
        """What is faint ahead of the cursor at the end of the line."""
        if self.line.cursor_position != len(text):
            return ""
        found = self._candidates()
        return found[self.mark].ahead if self.mark < len(found) else ""

    # what is shown

    def draw(self) -> None:
        """Read back what the line says now."""
        cells = self.size.width - 4
        if cells < 1 or not self.query("#read"):  # it is being taken down
            return
        text = self.line.value
        line: Line
        if not text.strip():
            self.mark = min(self.mark, max(len(self.suggested) - 1, 0))
            line = inviting(self.suggested, self.mark) if self.line.has_focus else []
            if self._unsaved:
                line = [Span(_("not saved yet: the key up brings it back"), "soon")]
        else:
            completer = self._completer
            line = read_back(
                self._reading(text), self._candidates(), self.mark, skus=completer.skus, types=completer.types,
                today=self.desk.today, asked=self._asked, cells=cells - (8 if self.editing else 0),
            )  # fmt: skip
        if self.editing is not None:
            line = [Span(f"{self.editing.ref}  ", "accent"), *line]
        self.query_one("#read", Lines).show([[Span("  "), *shorten(line, cells)]])
        self.query_one(LineEntry).light(self.line.has_focus)

    def on_resize(self) -> None:
        self.draw()

    def typed(self) -> None:
        """The line says another thing: what was marked in it and asked about it is over."""
        if self.line.value != self._repeated:
            self._repeated, self._back = None, 0
        self._asked, self.mark = False, 0

    @on(Input.Changed)
    def _draw_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.draw()
        self.post_message(self.Changed())

    @on(LogLine.Focused)
    def _focus_moved(self) -> None:
        self.draw()
        self.post_message(self.Changed())

    def put(self, text: str, cursor: int | None = None) -> None:
        """Put this into the line."""
        self.line.value = clean(text)
        self.line.cursor_position = len(self.line.value) if cursor is None else cursor

    # keys

    def save(self) -> None:
        """Enter: save the line, or the marked suggestion; else ask."""
        text = self.line.value
        if not text.strip():
            self._save_suggestion()
            return
        reading = self._reading(text)
        draft = reading.draft
        if draft is None:
            if self._candidates() and (self.mark or (self._asked and reading.type is not None)):
                self.complete()
                return
            self._asked = True
            self.draw()
            return
        draft = self._exactly(draft)
        edited, self.editing = self.editing, None
        desk = self.desk
        deed = (lambda: desk.replace(edited.id, draft)) if edited else (lambda: desk.add(draft))
        self.put("")
        self.queue(Waiting(deed, text, draft.ticket))

    def _exactly(self, draft: IssueDraft) -> IssueDraft:
        """Words that came from a case or from the log are kept as they were, also what cannot be shown of them."""
        from msgspec.structs import replace

        return replace(draft, words=self._exact.get(draft.words, draft.words))

    def _save_suggestion(self) -> None:
        found = self.suggested
        if self.editing is not None or self.mark >= len(found):
            return
        suggestion = found[self.mark]
        if suggestion.type is None:
            self.bring(suggestion)
            return
        draft, desk = suggestion.draft(self.desk.today), self.desk
        self.queue(Waiting(lambda: desk.add(draft), self.desk.write(draft), suggestion.ticket))

    def queue(self, what: Waiting) -> None:
        """Save it once everything before it is saved."""
        self._waiting.append(what)
        self._next()
        self.draw()
        self.post_message(self.Changed())

    def _next(self) -> None:
        if self._saving is None and self._waiting:
            self._saving = self._waiting.popleft()
            self.bench.do(self._saving.deed, self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self._saving = None
        self._next()
        if self.is_mounted:
            self.draw()
            self.post_message(self.Logged(done))

    def _refused(self, told: Told) -> None:
        """Nothing is lost: what could not be saved, and what waited behind it, comes back into the line."""
        failed = [each.text for each in (self._saving, *self._waiting) if each is not None]
        self._saving = None
        self._waiting.clear()
        self._unsaved += failed
        if self.is_mounted and not self.line.value.strip():
            self.put(self._unsaved.pop(0))
        if self.is_mounted:
            self.draw()
            self.post_message(self.Changed())
            self.post_message(self.NotLogged(told))
        else:
            self.bench.refused(told)

    def complete(self) -> None:
        """Tab: take the completion, or bring the marked suggestion into the line."""
        if not self.line.value.strip():
            if self.mark < len(self.suggested):
                self.bring(self.suggested[self.mark])
            return
        found = self._candidates()
        if found:
            self._take(found[min(self.mark, len(found) - 1)])

    def keep(self) -> None:
        """The SKU that was asked about is a new one: in quotes it is meant as it stands."""
        reading, text = self._reading(self.line.value), self.line.value
        part = reading.part("sku")
        if part is None or not reading.new_sku or reading.question is None or reading.sku is None:
            return
        kept = quoted(reading.sku)
        self.put(text[: part.start] + kept + text[part.end :])

    def _take(self, candidate: Candidate) -> None:
        at = self.line.cursor_position
        before, rest = self.line.value[:at], self.line.value[at:]
        if candidate.kind == "words":
            self._exact[clean(candidate.value)] = candidate.value
        text, cursor = applied(before, candidate)
        self.put(text + (rest.lstrip() if text.endswith(" ") else rest), len(clean(text[:cursor])))

    def bring(self, what: Suggestion | Issue) -> None:
        """Bring a suggestion, or a line of the log, into the entry."""
        self._exact[clean(what.words)] = what.words
        self.editing = what if isinstance(what, Issue) else None
        if isinstance(what, Issue):
            self.put(self.desk.write(what))
        elif what.type is None:
            self.put(f"{what.sku} ")
        else:
            self.put(self.desk.write(what.draft(self.desk.today)))
        self.line.focus()

    def formed(self, result: Done | Back | None) -> None:
        """The form was saved, or comes back as a line; where it was left, the line stays as it was."""
        if isinstance(result, Done):
            self.editing = None
            self.put("")
            self._told(result)
        elif result is not None:
            self.put(result.line)

    def up(self) -> None:
        """The mark up; else repeat: the last SKU and type, then the SKU alone, then those before."""
        if self.mark:
            self._marked(-1)
            return
        text = self.line.value
        if self._unsaved and not text.strip():
            self.put(self._unsaved.pop(0))
            return
        if self._repeated is None and text.strip():
            if again := repeat.with_type(self.desk, self._reading(text)):
                self.put(again)
            return
        openings = repeat.openings(self.desk)
        if self._back < len(openings):
            self._repeated = clean(openings[self._back])
            self._back += 1
            self.put(self._repeated)

    def down(self) -> None:
        """The mark down."""
        self._marked(1)

    def _marked(self, step: int) -> None:
        of = len(self._candidates()) if self.line.value.strip() else len(self.suggested)
        self.mark = max(0, min(self.mark + step, of - 1))
        self.draw()
        self.line.show_ahead()
        self.post_message(self.Changed())

    def skip(self) -> None:
        """Delete on an empty line: the marked suggestion is not offered again today."""
        found, desk = self.suggested, self.desk
        if self.mark < len(found):
            ticket = found[self.mark].ticket
            self.queue(Waiting(lambda: desk.skip(ticket), "", ticket))

    def leave(self) -> None:
        """Escape: take back the edit, empty the line, then leave it."""
        if self.editing is not None or self.line.value:
            self.editing = None
            self.put("")
            self.draw()
            self.post_message(self.Changed())
        else:
            self.post_message(self.Left())

    def answer(self, digit: int) -> bool:
        """Whether the digit was an answer to the open question, and was taken."""
        text = self.line.value
        if self.line.cursor_position != len(text) or not numbered(self._reading(text), self._asked):
            return False
        offers = [each for each in self._candidates() if each.kind != "words"]
        found = next((each for at, each in enumerate(offers) if digit_of(each, at, self.desk.types) == digit), None)
        if found is None:
            return False
        self._take(found)
        return True
