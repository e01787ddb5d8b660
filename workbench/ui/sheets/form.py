"""What a line says as a form, for those who prefer one: a field a row, with what is wrong told beside it.

Tab completes and goes on, Enter saves, ctrl+o goes back to the line with what the form says, Esc to the line as it was.
A form says what its fields are, how each is read, and how all of them are saved; the rest is the same for every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import events, on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.saying import Misuse, Saying, say
from workbench.core.spelling import plain
from workbench.i18n import render
from workbench.output.marks import CURSOR
from workbench.session import Done
from workbench.ui.bench import OnBench
from workbench.ui.commands import action, bindings, command, keys_of
from workbench.ui.sheets.base import Sheet, in_margin, told
from workbench.ui.sheets.oneline import amber, which_sku
from workbench.ui.text import Line, Span, clean, shorten, width
from workbench.ui.widgets.entry import Entry, Typed
from workbench.ui.widgets.lines import Lines

#: The rows beside the fields: edge, title, keys with the empty row above them.
_AROUND = 4


class Field(NamedTuple):
    """One row. `picked`: its answers are few and known, so that the arrows choose one; `optional`: or none."""

    name: str
    label: Saying
    picked: bool = False
    optional: bool = False


class Answer(NamedTuple):
    """What a field says: its value, what is told behind it, and what is wrong with it."""

    value: Any = None
    said: Line = ()
    wrong: Saying | None = None


class Back(NamedTuple):
    """What the form says, as a line; `beside` are the fields that no line can say, as they are typed."""

    line: str
    beside: Mapping[str, str]


class FieldText(Typed, OnBench):
    """The text of a field. Who types quickly has typed into the next field before a binding has gone there: so the keys
    that go from field to field, and those of the answers, act at once, and each key waits for the one before.
    """

    #: Each key is dealt with before the next is sent anywhere: this one may move the focus.
    in_turn: ClassVar[bool] = True
    joint = " / "

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(value)
        self._picked = field.picked
        self._own: dict[str, str] = {}

    def on_mount(self) -> None:
        ids = ["sheet.down", "sheet.up", "line.complete", *(("form.after", "form.before") if self._picked else ())]
        keymap = self.bench.keymap
        self._own = {key: action(id) for id in ids for key in keys_of(command(id), keymap)}
        self._own.setdefault("shift+tab", action("sheet.up"))

    async def _on_key(self, event: events.Key) -> None:
        if event.key in self._own:
            event.stop()
            event.prevent_default()
            await self.run_action(f"screen.{self._own[event.key]}")


class Row(Entry):
    """A field: its label, lit where it has the focus, and what is typed."""

    def __init__(self, field: Field, value: str, margin: int) -> None:
        super().__init__([in_margin(render(field.label), least=margin)], id=f"field-{field.name}")
        self.typed = FieldText(field, value)
        self.field, self._margin = field, margin

    @property
    def lit(self) -> bool:
        """Whether it has the focus."""
        return self.screen.focused is self.typed

    def light(self) -> None:
        """The mark of the cursor stands before the row in focus."""
        mark = [Span(f"{CURSOR} ", "accent_bold")] if self.lit else [Span("  ")]
        self._prompt.tell([*mark, in_margin(render(self.field.label), "", self._margin)])


class FormSheet(Sheet[Done | Back]):
    """The base of all forms; `texts` are what stands in the fields already."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line", "form")
    DEFAULT_CSS = """
    FormSheet #fields {
        height: auto; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        scrollbar-background: $sheet; scrollbar-background-hover: $sheet; scrollbar-background-active: $sheet;
    }
    """
    AUTO_FOCUS = "Typed"
    fields: ClassVar[Sequence[Field]]

    def __init__(self, title: str, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._title_text = self.subject = title
        margin = max(width(render(field.label)) for field in self.fields) + 1
        self._rows = [Row(field, texts.get(field.name, ""), margin) for field in self.fields]
        #: Enter was pressed: what is missing is told too.
        self._asked = False
        #: The SKU that was asked about, and those that are meant as they stand.
        self._doubted = ""
        self._kept: set[str] = set()

    # what a form is

    def read(self, name: str, text: str) -> Answer:
        """What `text` says in this field; the empty text too."""
        raise NotImplementedError

    def answers(self, name: str) -> Sequence[Sequence[str]]:  # noqa: ARG002
        """Every answer of a picked field by all its names, the one to write first."""
        return ()

    def fits(self, name: str, text: str) -> Sequence[str]:
        """What `text`, which is not yet an answer, may become, the likeliest first."""
        found = [names for names in self.answers(name) if begins(names, text)]
        return [names[0] for names in sorted(found, key=lambda names: not begins(names[:1], text))]

    def complete(self, name: str, text: str) -> str | None:
        """What Tab makes of `text`; None where it stays."""
        return next(iter(self.fits(name, text)), None)

    def faint(self, name: str) -> str:  # noqa: ARG002
        """What an empty field means."""
        return ""

    def read_back(self, values: Mapping[str, Any]) -> Sequence[Line]:  # noqa: ARG002
        """What all fields together mean."""
        return ()

    def meant(self, sku: str) -> Sequence[str]:  # noqa: ARG002
        """The known SKUs that an unknown one in the field `sku` may be meant as, the likeliest first."""
        return ()

    def heading(self) -> Line:
        """The first line."""
        return [Span(f"  {self._title_text}", "title")]

    def save(self, values: Mapping[str, Any]) -> Done:
        """Save it."""
        raise NotImplementedError

    def back(self) -> Back:
        """What the form says, as a line; asked only while nothing in it is wrong."""
        raise NotImplementedError

    # what is shown

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Those of an entry line, and the arrows where they choose."""
        row = self._lit
        choose = ("form.after",) if row is not None and row.field.picked else ()
        return ("sheet.accept", "line.complete", *choose, "form.line", "sheet.leave")

    def body(self) -> Iterable[Widget]:
        yield Lines(id="title", ground="sheet")
        with Vertical(id="fields"):
            yield from self._rows
        yield Lines(id="read", ground="sheet")

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("save"), "line.complete": say("complete, next")})
        self._show()

    @property
    def _lit(self) -> Row | None:
        return next((row for row in self._rows if row.lit), None)

    def text(self, name: str) -> str:
        """What is typed in a field, without the blanks around it."""
        return next(row.value.strip() for row in self._rows if row.field.name == name)

    def value(self, name: str) -> Any:
        """What a field says; None where nothing or something wrong."""
        return self.read(name, self.text(name)).value

    def _show(self) -> None:
        answers = {row.field.name: self.read(row.field.name, row.value.strip()) for row in self._rows}
        below: Sequence[Line] = ()
        for row in self._rows:
            row.typed.placeholder = clean(self.faint(row.field.name))
            row.light()
            answer, text = answers[row.field.name], row.value.strip()
            wrong = answer.wrong if text or self._asked else None
            line = self._offered(row.field, text) if row.lit and not self._asked else ()
            line = line or (amber(render(wrong)) if wrong else answer.said if text or row.lit else ())
            if not row.tell(line) and row.lit and wrong:
                below = told(Misuse(wrong), self.cells)
        read_back = self.read_back({name: answer.value for name, answer in answers.items()})
        self._below(below or [shorten(line, self.cells + 2) for line in read_back])

    def _offered(self, field: Field, text: str) -> Line:
        """The answers that are possible, the one that is meant, or that Tab takes, in strong."""
        names = [each[0] for each in self.answers(field.name)]
        at = self.chosen(field.name, text)
        if text and at < 0:
            names, at = list(self.fits(field.name, text)), 0
        first = max(at - 1, 0)
        shown = [Span(name, "strong" if row == at else "quiet") for row, name in enumerate(names)][first:]
        return [part for span in shown for part in (span, Span("  "))]

    def _below(self, lines: Sequence[Line]) -> None:
        """What stands under the fields, which take the room that is left."""
        self.query_one("#read", Lines).show([[], *lines] if lines else [])
        room = self.room - _AROUND - (len(lines) + 1 if lines else 0)
        airy = room > len(self.fields)
        title = self.heading()
        self.query_one("#title", Lines).show([title, []] if airy else [title])
        self.query_one("#fields").styles.max_height = max(room - airy, 1)

    # keys

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._asked = False
        self._show()

    def on_descendant_focus(self) -> None:
        self.draw()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._right(missing=True) and not self._asks_sku():
            values = {field.name: self.value(field.name) for field in self.fields}
            self.do(lambda: self.save(values), self._saved)

    def _asks_sku(self) -> bool:
        """Whether the SKU is in doubt: the first Enter asks which one is meant, the second takes the proposal."""
        row = next((row for row in self._rows if row.field.name == "sku"), None)
        sku = row.value.strip() if row is not None else ""
        meant = self.meant(sku) if sku and sku not in self._kept else ()
        if row is None or not meant:
            return False
        row.typed.focus()
        if self._doubted == sku:
            row.put(meant[0])
        else:
            self._doubted = sku
            self.call_after_refresh(lambda: self._below([which_sku(meant, self.bench.keymap, self.cells)]))
        return True

    def action_line_new(self) -> None:
        """The SKU asked about is meant as it stands."""
        self._kept.add(self.text("sku"))
        self._show()

    def _right(self, *, missing: bool) -> bool:
        """Whether nothing is wrong (or `missing`); else the cursor goes to the first field that is."""
        for row in self._rows:
            text = row.value.strip()
            if (text or missing) and self.read(row.field.name, text).wrong is not None:
                self._asked = True
                row.typed.focus()
                self._show()
                return False
        return True

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(done)

    def action_form_line(self) -> None:
        # What is being saved already would stand in the line once more.
        if not self._busy and self._right(missing=False):
            self.dismiss(self.back())

    def chosen(self, name: str, text: str) -> int:
        """The place of the answer that `text` is, by any of its names; -1 where it is none."""
        return next((at for at, names in enumerate(self.answers(name)) if is_one(names, text)), -1)

    def action_form_after(self) -> None:
        self._turn(1)

    def action_form_before(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        """The answer before or behind the one that is meant, or that what is typed may become."""
        row = self._lit
        if row is None or not row.field.picked:
            return
        name, text = row.field.name, row.value.strip()
        names = [each[0] for each in self.answers(name)]
        at = self.chosen(name, text)
        if at < 0 and text and (likely := self.complete(name, text)) is not None:
            row.put(likely)
            return
        at = max(min(at + step, len(names) - 1), -1 if row.field.optional else 0)
        row.put(names[at] if at >= 0 else "")

    def action_line_complete(self) -> None:
        """Complete the field, and go to the next."""
        row = self._lit
        if row is None:
            return
        name, text = row.field.name, row.value.strip()
        if text and self.chosen(name, text) < 0 and (found := self.complete(name, text)) is not None:
            row.put(found)
        self.action_sheet_down()

    def action_sheet_down(self) -> None:
        self.focus_next("Typed")

    def action_sheet_up(self) -> None:
        self.focus_previous("Typed")


def is_one(names: Sequence[str], text: str) -> bool:
    """Whether `text` is one of the names, whatever its case and width."""
    return plain(text).casefold() in (name.casefold() for name in names)


def begins(names: Sequence[str], text: str) -> bool:
    """Whether one of the names, or a later word of one, begins with `text`; a Chinese word may begin anywhere."""
    begun = plain(text).casefold()
    front = " " if begun.isascii() else ""
    return any(f"{front}{begun}" in f" {name.casefold()}" for name in names)
