"""The Replies screen: the sentence, the list by category, and the text with what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from workbench.core.lint.model import Finding, rank
from workbench.core.place import Place
from workbench.core.replies.fields import pieces
from workbench.core.replies.model import CATEGORIES, Reply, best_language
from workbench.core.time import shop_day
from workbench.i18n import _, language, n_
from workbench.output.channels import channel
from workbench.output.replies.text import category
from workbench.session import Done
from workbench.session.replies.questions import AskedOften, questions
from workbench.ui.commands import bindings
from workbench.ui.frame import Frame
from workbench.ui.replies import look
from workbench.ui.replies.missing import ask_for, find
from workbench.ui.replies.rows import ReplyRow, ReplyRows, columns
from workbench.ui.text import Line, Span, line_width, shorten, spread
from workbench.ui.widgets.lines import Lines, Page
from workbench.ui.widgets.table import Table

#: From these widths on the text stands beside the list, which is then so wide (`replies.tcss`).
WIDE, FULL, LIST_WIDE, LIST_FULL = 110, 150, 50, 62
#: The questions of so many weeks are looked at.
WEEKS = 4


class RepliesScreen(Frame):
    """All replies."""

    pane = "replies"
    scopes = ("replies",)
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings("replies")

    def __init__(self) -> None:
        super().__init__()
        self._search = ""
        self._category: str | None = None
        self._language: str | None = None
        self._open: list[AskedOften] = []
        self._levels: dict[tuple[str, str], str] = {}

    def body(self) -> Iterable[Widget]:
        with Container(id="body"):
            with Vertical(id="list"):
                yield Lines(id="sentence")
                yield Table(columns(), id="table")
            yield Page(id="detail")

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
        table.show(ReplyRows(rows, self._level, today), table.key if len(table.source) else None)
        self._sentence()
        self._draw()

    def _sentence(self) -> None:
        count = len(self.session.replies.ranked(None))
        line = [Span("  "), Span(n_("{n} reply.", "{n} replies.", count).format(n=count), "title")]
        if self._search:
            line.append(Span("   / " + self._search, "accent"))
        elif self._category:
            line.append(Span("   " + category(self._category), "accent"))
        elif self._open:
            asked = len(self._open)
            text = n_("{n} question has no answer yet.", "{n} questions have no answer yet.", asked).format(n=asked)
            line.append(Span(" " + text))
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

    def _draw(self) -> None:
        page, reply = self.query_one("#detail", Page), self.current
        cells = min(self.size.width - (self._list_cells if self.size.width >= WIDE else 0), 100) - 3
        if cells <= 10:
            return
        page.show(self._detail(reply, cells) if reply else self._question(), about=reply and reply.key)

    def _question(self) -> list[Line]:
        return [[], [Span("  " + _("No reply is for this yet. a writes one."), "quiet")]]

    def _detail(self, reply: Reply, cells: int) -> list[Line]:
        desk, tag = self.session.replies, self._tag(reply)
        used = n_("used {n} time", "used {n} times", reply.used).format(n=reply.used) if reply.used else ""
        title = [Span(reply.named(language()), "title"), Span(f"   {reply.key}", "quiet")]
        lines = [spread(title, [Span(used, "quiet")], cells)]
        lines.append(spread([Span(self._for(reply), "quiet")], look.languages_line(reply.languages, tag), cells))
        lines.append([])
        findings = desk.findings(reply, tag)
        text = _lines(reply.text[tag], findings, self._column(reply, tag, cells))
        beside = self._beside(reply, tag)
        if beside and cells >= 66:
            other = _lines(reply.text[beside], (), cells // 2 - 1)
            nothing: Line = []
            for left, right in zip_longest(text, other, fillvalue=nothing):
                gap = " " * (cells // 2 + 1 - line_width(left))
                lines.append([*left, Span(gap), *(span._replace(role=_grey(span.role)) for span in right)])
        else:
            lines += text
        lines.append([])
        told = [each for each in findings if each.level != "info" or each.allowed]
        lines += look.finding_lines(told, cells)
        return [[], *look.blank(lines)]

    def _column(self, reply: Reply, tag: str, cells: int) -> int:
        return cells // 2 - 1 if self._beside(reply, tag) and cells >= 66 else cells

    def _beside(self, reply: Reply, tag: str) -> str | None:
        """The seller's own language beside the text, where that is another one and there is one."""
        own = best_language([each for each in reply.text if each.split("-")[0] == language()], [language()])
        return own if own is not None and own != tag else None

    def _for(self, reply: Reply) -> str:
        purpose = reply.purpose
        parts = [", ".join(channel(each) for each in purpose.channels), ", ".join(purpose.markets) or _("all markets")]
        return _("for {what}").format(what="   ".join(part for part in parts if part))

    # keys

    def on_table_chosen(self) -> None:
        self.action_replies_copy()

    def action_replies_copy(self) -> None:
        """Copy the text; what is missing is asked for first, line by line."""
        if self.current is not None:
            self._copy(self.current, {})

    def _copy(self, reply: Reply, values: dict[str, str]) -> None:
        desk, tag = self.session.replies, self._tag(reply)
        prepared = desk.prepare(reply, language=tag, values=values)
        if prepared.filled.missing:
            name = prepared.filled.missing[0]

            def given(value: str | None) -> None:
                if value is not None:
                    self._copy(reply, values | {name: value})

            self.app.push_screen(ask_for(name, prepared.filled.text), given)
            return
        if prepared.blocks:
            self.tell(
                [Span("! ", "soon_bold"), Span(_("A rule forbids this text. w says which, tab edits it."), "soon")]
            )
            return

        def used(_used: object) -> None:
            self.bench.copy_to_clipboard(prepared.filled.text)

        self.bench.do(lambda: desk.use(reply.key, language=tag, values=values), used)

    def action_replies_edit(self) -> None:
        reply = self.current
        if reply is None:
            return
        from workbench.ui.replies.write import WriteSheet

        desk, tag = self.session.replies, self._tag(reply)

        def lint(text: str) -> tuple[Finding, ...]:
            return desk.findings_of(reply, text)

        def taken(text: str | None) -> None:
            if text is not None and text != reply.text[tag]:
                self.bench.do(lambda: desk.edit(reply.key, text={tag: text}), self.bench.saved)

        self.app.push_screen(WriteSheet(f"{reply.named(language())}   {tag}", reply.text[tag], lint), taken)

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
        """Find by key, title, words and text."""

        def taken(text: str | None) -> None:
            if text is not None:
                self._search = text.strip()
                self._list()

        self.app.push_screen(find(self.session, None), taken)

    def action_replies_add(self) -> None:
        from workbench.ui.sheets.oneline import OneLine, Understood

        desk = self.session.replies

        def key_given(key: str | None) -> None:
            if key is None:
                return
            from workbench.ui.replies.write import WriteSheet

            def taken(text: str | None) -> None:
                if text is not None:
                    self.bench.do(lambda: desk.add(key, text={language(): text}), added)

            def added(done: Done) -> None:
                self.bench.saved(done)
                self.land(Place("replies", key))

            self.app.push_screen(WriteSheet(key, ""), taken)

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
        """One step back: the search, then the category."""
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


def _lines(text: str, findings: Iterable[Finding], cells: int) -> list[Line]:
    """A text with its fields in the accent."""
    fields = [(piece.begin, piece.end) for piece in pieces(text) if piece.name]
    return look.marked(text, fields, tuple(findings), "accent", cells)


def _grey(role: str) -> str:
    return "quiet" if role == "text" else role
