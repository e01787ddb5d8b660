"""The Replies screen: the sentence, the list by category, and the text with what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.lint.model import Finding, rank
from workbench.core.place import Place
from workbench.core.replies.model import CATEGORIES, Reply, best_language
from workbench.core.time import shop_day
from workbench.i18n import _, language, n_
from workbench.output.replies.text import category
from workbench.session import Done
from workbench.session.replies.questions import AskedOften, questions
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.frame import Frame
from workbench.ui.replies import look
from workbench.ui.replies.detail import ReplyDetail
from workbench.ui.replies.pane import TextPane
from workbench.ui.replies.rows import ReplyRow, ReplyRows, columns
from workbench.ui.text import Line, Span, clean, shorten
from workbench.ui.tickets.views import filter_line, hits
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.table import Table

#: From these widths on the text stands beside the list, which is then so wide (`replies.tcss`).
WIDE, FULL, LIST_WIDE, LIST_FULL = 110, 150, 50, 62
#: The questions of so many weeks are looked at.
WEEKS = 4
#: Seconds without a key after which the list follows what is looked for.
PAUSE = 0.05


class RepliesScreen(Frame):
    """All replies."""

    pane = "replies"
    scopes = ("replies",)
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings("replies")

    def __init__(self) -> None:
        super().__init__()
        self._search = self._before = ""
        self._pause: Timer | None = None
        #: The values that were typed for the reply which is about to be copied.
        self._values: dict[str, str] = {}
        self._asks = ""
        self._category: str | None = None
        self._language: str | None = None
        self._open: list[AskedOften] = []
        self._levels: dict[tuple[str, str], str] = {}

    def body(self) -> Iterable[Widget]:
        with Container(id="body"):
            with Vertical(id="list"):
                yield Lines(id="sentence")
                yield Table(columns(), id="table")
            yield TextPane(id="detail")

    @property
    def text(self) -> TextPane:
        """The text."""
        return self.query_one("#detail", TextPane)

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#table", Table)

    @property
    def current(self) -> Reply | None:
        """The reply under the cursor."""
        rows = self.table.source
        return rows.rows[self.table.cursor].reply if isinstance(rows, ReplyRows) and len(rows) else None

    # showing

    def fill(self) -> None:
        self._levels = {}
        self._list()
        self.run_worker(self._look_for_questions, thread=True, group="questions", exclusive=True, exit_on_error=False)

    def _look_for_questions(self) -> None:
        """What buyers ask and no reply answers; it may read the archive, so not on the screen's thread."""
        found = [each for each in questions(self.session, WEEKS) if each.reply is None and each.type is not None]
        self.app.call_from_thread(self._asked, found)

    def _asked(self, found: list[AskedOften]) -> None:
        if self.is_mounted and found != self._open:
            self._open = found
            self._list()

    def _list(self) -> None:
        desk = self.session.replies
        found = [each.reply for each in desk.ranked(None, self._search, self._category)]
        if not self._search:
            found.sort(key=lambda reply: CATEGORIES.index(reply.category))
        rows = [ReplyRow("", question=each) for each in self._open if not self._search and self._category is None]
        rows += [ReplyRow(reply.category, reply) for reply in found]
        table = self.table
        table.use(columns())
        table.parted = self.size.height >= 30 and not self._search
        table.empty = [[Span("  " + _("No reply is found."), "quiet")]]
        today = shop_day(self.session.now(), self.session.zone)
        table.show(
            ReplyRows(rows, self._level, today, self.session.log.types), table.key if len(table.source) else None
        )
        self._sentence()
        self._draw()

    def _sentence(self) -> None:
        count = len(self.session.replies.ranked(None))
        line: Line = [Span("  "), Span(n_("{n} reply.", "{n} replies.", count).format(n=count), "title")]
        if self._search:
            line = filter_line(self._search, len(self.table.source), count, self._list_cells)
        elif self._category:
            line = [*line, Span("   " + category(self._category), "accent")]
        elif self._open:
            asked = len(self._open)
            text = n_("{n} question has no answer yet.", "{n} questions have no answer yet.", asked).format(n=asked)
            line = [*line, Span(" " + text)]
        self.query_one("#sentence", Lines).show([shorten(line, self._list_cells - 1)])

    def fit(self) -> None:
        self.table.use(columns())
        self.table.lay_out_again()
        self.call_after_refresh(self._draw)

    @property
    def _list_cells(self) -> int:
        width = self.size.width
        return LIST_FULL if width >= FULL else LIST_WIDE if width >= WIDE else width

    def _level(self, reply: Reply) -> str:
        """The loudest finding of a reply in the language in sight; reckoned for the rows that are drawn."""
        tag = self._tag(reply)
        if (reply.key, tag) not in self._levels:
            found = self.session.replies.findings(reply, tag)
            levels = [each.level for each in found if each.allowed is None]
            self._levels[reply.key, tag] = max(levels, key=rank, default="none")
        return self._levels[reply.key, tag]

    def _tag(self, reply: Reply) -> str:
        return best_language(reply.text, [*([self._language] if self._language else []), *self._wanted]) or "en"

    @property
    def _wanted(self) -> list[str]:
        return [*self.session.policy.languages, "en"]

    @on(Table.Moved)
    def _moved(self) -> None:
        self.call_later(self._draw)

    def _draw(self, typed: Mapping[str, str] | None = None) -> None:
        reply = self.current
        cells = min(self.size.width - (self._list_cells if self.size.width >= WIDE else 0), 100) - 3
        if cells <= 10:
            return
        if reply is None:
            lines: list[Line] = [[], [Span("  " + _("No reply is for this yet. a writes one."), "quiet")]]
        else:
            shown = ReplyDetail(reply, self._tag(reply), self.session.replies, cells)
            values = {**self._values, **(typed or {})}
            keys = keys_in_bar(self.bench.keymap, "replies.take", "replies.why")
            lines = shown.filled(values) if values else shown.written(keys)
        self.text.page.show(lines, about=reply and reply.key)

    # keys

    def on_table_chosen(self) -> None:
        self.action_replies_copy()

    def action_replies_copy(self) -> None:
        """Copy the text; what is missing is asked for first, line by line, under the text as it will look."""
        reply = self.current
        if reply is None or self.text.busy:
            return
        desk, tag, values = self.session.replies, self._tag(reply), dict(self._values)
        prepared = desk.prepare(reply, language=tag, values=values)
        if prepared.filled.missing:
            self._asks = reply.key
            self.text.ask(prepared.filled.missing[0])
            return
        self._values = {}
        if prepared.blocks:
            self._draw()
            self.tell(
                [Span("! ", "soon_bold"), Span(_("A rule forbids this text. w says which, tab edits it."), "soon")]
            )
            return

        def used(_used: object) -> None:
            self.bench.copy_to_clipboard(prepared.filled.text)

        self.bench.do(lambda: desk.use(reply.key, language=tag, values=values), used)

    @on(TextPane.Asking)
    def _asked_for(self, event: TextPane.Asking) -> None:
        """A value is typed, or meant: then the next one is asked for, or the text is copied."""
        if not event.taken:
            self._draw({event.name: event.value})
            return
        self._values[event.name] = event.value
        self.table.focus()
        if self.current is not None and self.current.key == self._asks:
            self._draw()
            self.action_replies_copy()
        else:
            self._read_again()

    @on(TextPane.Left)
    def _read_again(self) -> None:
        self._values = {}
        self.table.focus()
        self._draw()

    def action_replies_edit(self) -> None:
        """Write in the text where it stands."""
        reply = self.current
        if reply is not None:
            tag = self._tag(reply)
            title = [Span(f"  {reply.named(language())}", "title"), Span(f"   {reply.key}   {tag}", "quiet")]
            self._write(reply, tag, title)

    def _write(self, reply: Reply, tag: str, title: Line) -> None:
        desk = self.session.replies

        def lint(text: str) -> tuple[Finding, ...]:
            return desk.findings_of(reply, text)

        self.text.write((reply.key, tag), reply.text.get(tag, ""), lint, title)
        self.bar.keys(keys_in_bar(self.bench.keymap, "write.save", "write.leave"))

    @on(TextPane.Written)
    def _written(self, event: TextPane.Written) -> None:
        """The words were taken: they are saved, as a reply of one's own."""
        desk, text = self.session.replies, event.text
        key, tag = cast("tuple[str, str]", event.about)
        self._read_again()
        if all(each.key.casefold() != key.casefold() for each in desk.all()):
            self.bench.do(lambda: desk.add(key, text={tag: text}), lambda done: self._added(key, done))
        elif desk.get(key).text.get(tag) != text:
            self.bench.do(lambda: desk.edit(key, text={tag: text}), self.bench.saved)

    def _added(self, key: str, done: Done) -> None:
        self.bench.saved(done)
        self.land(Place("replies", key))

    def action_replies_take(self) -> None:
        """Put the better wording of the loudest finding in its place."""
        reply = self.current
        if reply is None:
            return
        desk, tag = self.session.replies, self._tag(reply)
        words = look.with_better(reply.text[tag], desk.findings(reply, tag))
        if words:
            self.bench.do(lambda: desk.edit(reply.key, text={tag: words}), self.bench.saved)

    def action_replies_right(self) -> None:
        self._turn(1)

    def action_replies_left(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.current is not None:
            tags = list(self.current.text)
            self._language = tags[(tags.index(self._tag(self.current)) + step) % len(tags)]
            self.table.refresh()
            self._draw()

    def action_replies_why(self) -> None:
        if self.current is not None:
            from workbench.ui.replies.why import ReplyWhy

            reply = self.current
            self.app.push_screen(
                ReplyWhy(reply.named(language()), self.session.replies.findings(reply, self._tag(reply)))
            )

    def open_filter(self) -> None:
        """Turn the sentence into the line in which one looks by key, title, words and text."""
        if self.query("#filter") or self.text.busy:
            return
        self._before = self._search
        entry = Entry([Span("  "), Span("/ ", "accent_bold")], self._search, ground="page", id="filter")
        self.query_one("#sentence").display = False
        self.bench.ahead.hold()
        self.query_one("#list").mount(entry, before="#table")
        self.call_after_refresh(self._begin_typing, entry)

    async def _begin_typing(self, entry: Entry) -> None:
        entry.typed.focus()
        self.call_later(self.bench.ahead.release)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        """The list follows what is typed so far."""
        for entry in self.query("#filter").results(Entry):
            self._search = entry.value.strip()
            self._list()
            entry.tell([Span(hits(len(self.table.source), len(self.session.replies.ranked(None))), "quiet")])

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self._look()
        self._close_filter()

    def _close_filter(self) -> None:
        self.query("#filter").remove()
        self.query_one("#sentence").display = True
        self.table.focus()
        self._list()

    def action_replies_add(self) -> None:
        """Ask for a key, then write the text where texts stand."""
        from workbench.ui.sheets.oneline import OneLine, Understood

        def key_given(key: str | None) -> None:
            if key is not None:
                self._write(Reply(key=key), language(), [Span("  " + clean(key), "title")])

        prompt = _("Key of the new reply")
        self.app.push_screen(OneLine(prompt, lambda typed: Understood(typed.strip() or None)), key_given)

    def action_replies_delete(self) -> None:
        reply = self.current
        if reply is None:
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        word = _("Hide {what}? Undo brings it back.") if reply.shipped else _("Delete {what}? Undo brings it back.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: self.session.replies.delete(reply.key), self.bench.saved)

        self.app.push_screen(ConfirmSheet(word.format(what=reply.key)), answered)

    def action_replies_category(self, digit: int) -> None:
        """Show one category; 0 shows all."""
        self._category = CATEGORIES[digit - 1] if 0 < digit <= len(CATEGORIES) else None
        self._list()

    def action_replies_back(self) -> None:
        """One step back: the line in which one looks, the search, then the category."""
        if self.query("#filter"):
            self._search = self._before
            self._close_filter()
            return
        if self._search:
            self._search = ""
        else:
            self._category = None
        self._list()

    def land(self, place: Place) -> bool:
        row = self.table.row_of(place.id) if place.domain == "replies" else None
        if row is not None:
            self.table.go(row)
        return row is not None
