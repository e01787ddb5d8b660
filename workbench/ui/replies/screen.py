"""The Replies screen: the sentence, the list by category, and the text with what the rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.lint.model import Finding, rank
from workbench.core.place import Place
from workbench.core.replies.model import CATEGORIES, Reply, best_language
from workbench.core.saying import Told
from workbench.core.time import shop_day
from workbench.i18n import _, language, n_, render
from workbench.output.replies.text import category
from workbench.session import Done
from workbench.session.replies.questions import AskedOften, questions
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.list_and_detail import TALL
from workbench.ui.narrowing import Narrowing
from workbench.ui.replies import look
from workbench.ui.replies.detail import ReplyDetail
from workbench.ui.replies.pane import TextPane
from workbench.ui.replies.rows import ReplyRow, ReplyRows, columns
from workbench.ui.text import Line, Span, clean
from workbench.ui.widgets.lines import Page
from workbench.ui.widgets.table import Column

#: The questions of so many weeks are looked at.
WEEKS = 4


class RepliesScreen(Narrowing):
    """All replies. The detail is a pane in which a text can be written, too."""

    pane = "replies"
    scopes = ("replies",)
    domain = "replies"
    list_wide = 50
    list_full = 62
    widest = 100
    DEFAULT_CSS = """
    RepliesScreen #detail Page { height: 1fr; }
    RepliesScreen.-low #sentence { margin-bottom: 0; }
    RepliesScreen.-narrow #detail, RepliesScreen.-narrow.-tall #detail { height: 10; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("replies")

    def __init__(self) -> None:
        super().__init__()
        #: The values that were typed for the reply which is about to be copied, and the one that is being typed.
        self._values: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._asks = ""
        self._category: str | None = None
        self._language: str | None = None
        self._open: list[AskedOften] = []
        self._levels: dict[tuple[str, str], str] = {}

    def pane_of_detail(self) -> Widget:
        return TextPane(id="detail")

    def columns(self) -> list[Column]:
        return columns()

    @property
    def text(self) -> TextPane:
        """The text."""
        return self.query_one("#detail", TextPane)

    @property
    def detail(self) -> Page:
        return self.text.page

    @property
    def parted(self) -> bool:
        return self.size.height >= TALL and not self.expression

    @property
    def of_all(self) -> int:
        return self.session.replies.count

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
        desk, typed = self.session.replies, self.expression
        found = [each.reply for each in desk.ranked(None, typed, self._category)]
        if not typed:
            found.sort(key=lambda reply: CATEGORIES.index(reply.category))
        rows = [ReplyRow("", question=each) for each in self._open if not typed and self._category is None]
        rows += [ReplyRow(reply.category, reply) for reply in found]
        self.table.parted = self.parted
        self.table.empty = [[Span("  " + _("No reply is found."), "quiet")]]
        today = shop_day(self.session.now(), self.session.zone)
        self.show(ReplyRows(rows, self._level, today, self.session.log.types))
        self.draw()

    def narrow(self, text: str) -> None:
        self.expression = text.strip()
        self._list()

    def sentence(self) -> Line:
        if self.expression:
            return self.narrowed_line()
        n = self.of_all
        line = [Span(n_("{n} reply.", "{n} replies.", n).format(n=n), "title")]
        if self._category:
            line.append(Span("   " + category(self._category), "accent"))
        elif self._open:
            asked = len(self._open)
            text = n_("{n} question has no answer yet.", "{n} questions have no answer yet.", asked).format(n=asked)
            line.append(Span(" " + text))
        return line

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

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        reply = self.current
        if reply is None:
            return [[], [Span("  " + _("No reply is for this yet. a writes one."), "quiet")]], None
        shown = ReplyDetail(reply, self._tag(reply), self.session.replies, cells - 4)
        values = {**self._values, **self._typed}
        keys = keys_in_bar(self.bench.keymap, "replies.take", "replies.why")
        return shown.filled(values) if values else shown.written(keys), reply.key

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
            self.draw_detail()
            self.tell(
                [Span("! ", "soon_bold"), Span(_("A rule forbids this text. w says which, tab edits it."), "soon")]
            )
            return

        def used(_used: object) -> None:
            self.bench.copy_to_clipboard(prepared.filled.text)

        self.bench.do(lambda: desk.use(reply.key, language=tag, values=values), used)

    @on(TextPane.AskedFor)
    def _asked_for(self, event: TextPane.AskedFor) -> None:
        """A value is typed, or meant: then the next one is asked for, or the text is copied."""
        if not event.taken:
            self._typed = {event.name: event.value}
            self.draw_detail()
            return
        self._typed = {}
        self._values[event.name] = event.value
        self.table.focus()
        if self.current is not None and self.current.key == self._asks:
            self.draw_detail()
            self.action_replies_copy()
        else:
            self._read_again()

    @on(TextPane.Left)
    def _read_again(self) -> None:
        self._values, self._typed = {}, {}
        self.table.focus()
        self.draw()

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
        """The words were taken: they are saved, as a reply of one's own. Refused ones stand there the next time."""
        desk, text = self.session.replies, event.text
        key, tag = cast("tuple[str, str]", event.about)
        self._read_again()
        if all(each.key.casefold() != key.casefold() for each in desk.all()):
            self.bench.do(lambda: desk.add(key, text={tag: text}), lambda done: self._kept(event, key, done))
        elif desk.get(key).text.get(tag) != text:
            self.bench.do(lambda: desk.edit(key, text={tag: text}), lambda done: self._kept(event, key, done))
        else:
            self.bench.keeper.saved_later(event.place)

    def _kept(self, event: TextPane.Written, key: str, done: Done) -> None:
        self.bench.keeper.saved_later(event.place)
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
            self.draw_detail()

    def action_replies_why(self) -> None:
        if self.current is not None:
            from workbench.ui.replies.why import ReplyWhy

            reply = self.current
            self.app.push_screen(
                ReplyWhy(reply.named(language()), self.session.replies.findings(reply, self._tag(reply)))
            )

    def open_filter(self) -> None:
        if not self.text.busy:
            super().open_filter()

    def action_replies_add(self) -> None:
        """Ask for a key, then write the text where texts stand."""
        from workbench.ui.sheets.oneline import OneLine, Understood, amber

        def key_given(key: str | None) -> None:
            if key is not None:
                self._write(Reply(key=key), language(), [Span("  " + clean(key), "title")])

        def read(typed: str) -> Understood:
            key = typed.strip()
            try:
                self.session.replies.refuse_key(key)
            except Told as told:
                return Understood(None, amber(render(told.saying)) if key else ())
            return Understood(key)

        self.app.push_screen(OneLine(_("Key of the new reply"), read), key_given)

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

    def step_back(self) -> bool:
        """The line in which one looks, the text on the whole screen, the search, then the category."""
        if super().step_back() or self._category is None:
            return True
        self._category = None
        self._list()
        return True
