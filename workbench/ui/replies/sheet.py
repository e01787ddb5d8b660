"""The reply sheet: the best reply for a case, filled and readable at once, so that most answers are `r Enter`.

Enter copies, and answers the case where it waits for an answer, as one step of undo; `y` copies only. What is missing
is asked for line by line; what the rules block is not copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.lint.model import Finding
from workbench.core.replies.ranking import Ranked
from workbench.core.saying import Saying
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.rounds import rounds_of
from workbench.i18n import _, language, n_
from workbench.output.channels import channel
from workbench.output.marks import DONE, SOON
from workbench.output.replies.json import better
from workbench.output.words import countdown, thing, time_left
from workbench.session import Done
from workbench.session.replies.desk import ReplyDesk
from workbench.session.replies.prepared import Prepared, Used
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.keys import pressed
from workbench.ui.replies import look
from workbench.ui.replies.pane import TextPane
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, clean, fit, shorten, spread
from workbench.ui.widgets.bar import keys_line
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

#: So many replies are offered; `/` finds the others.
OFFERED = 3


class ReplySheet(Sheet[Done]):
    """Replies for one case. Dismissed with what was saved, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reply")
    AUTO_FOCUS = "#offered"
    keys = ("sheet.accept", "reply.copy", "reply.right", "reply.edit", "reply.find", "sheet.leave")
    drafts = False

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self._ticket = ticket
        self._search = self._searched = ""
        self._language: str | None = None
        self._values: dict[str, str] = {}
        self._found: list[Ranked] = []
        self._matching = 0
        #: The words as the seller changed them, in place of the reply's.
        self._words: str | None = None
        self._prepared: Prepared | None = None
        #: Whether the case is answered as well, once all that is missing was typed.
        self._answering = False

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Lines(id="found", ground="sheet")
        yield Choices(id="offered")
        yield TextPane(id="text", ground="sheet")

    @property
    def desk(self) -> ReplyDesk:
        """The replies."""
        return self.session.replies

    # showing

    def draw(self) -> None:
        self._offer()
        self._show()

    def _offer(self) -> None:
        found = self.desk.ranked(self._ticket, self._search)
        self._found, self._matching = found[:OFFERED], len(found)
        cells = self.cells
        rows = []
        for at, each in enumerate(self._found):
            used = n_("used {n} time", "used {n} times", each.reply.used).format(n=each.reply.used)
            role = "quiet" if each.other else "text"
            line = [Span(f"{at + 1}  ", "bold"), Span(fit(each.reply.named(language()), cells // 3 + 4), role)]
            line += [Span("  " + fit(each.reply.key, cells // 3), "quiet")]
            rows.append(Choice(spread(line, [Span(used if each.reply.used else "", "quiet")], cells)))
        self.query_one(Choices).show(rows, OFFERED)

    def _show(self, typed: Mapping[str, str] | None = None) -> None:
        """The text of the marked reply, with what is known filled in (`typed` is being typed) and its findings."""
        at = self.query_one(Choices).cursor
        if at < 0 or at >= len(self._found):
            self._prepared = None
            self._draw_head(())
            self._page([[], [Span("  " + _("No reply is found."), "quiet")]])
            return
        reply = self._found[at].reply
        self._prepared = prepared = self.desk.prepare(
            reply, self._ticket, language=self._language, values=self._values, words=self._words
        )
        self._draw_head(reply.languages)
        shown = self.desk.prepare(
            reply, self._ticket, language=self._language, values={**self._values, **typed}, words=self._words
        ) if typed else prepared  # fmt: skip
        filled = shown.filled
        places = [*look.field_places(filled.places), *((begin, end) for begin, end, _name in filled.open)]
        text = look.marked(filled.text, places, shown.findings, "strong", self.cells)
        lines = [[], *look.blank(text), []]
        for name in filled.missing[: 0 if self.pane.asked else 2]:
            hint = _("{field} is not known: Enter asks for it").format(field="{" + clean(name) + "}")
            lines.append([Span(f"  {SOON} ", "soon"), Span(hint, "soon")])
        told = [each for each in shown.findings if each.level != "info" or each.allowed] or [
            each for each in shown.findings if better(each)
        ]
        keys = keys_in_bar(self.bench.keymap, "reply.take", "reply.why")
        lines += look.blank(list(look.finding_lines(told, self.cells, 2, keys)))
        if not prepared.blocks:
            lines.append([Span("  " + self._effect, "quiet")])
        else:
            lines.append([Span("  " + _("It is not copied like this: e edits it."), "soon")])
        self._page(lines)

    @property
    def pane(self) -> TextPane:
        """The text."""
        return self.query_one(TextPane)

    def _page(self, lines: list[Line]) -> None:
        page, above = self.pane.page, 7 if self._search or self._finding else 6
        page.styles.height = max(min(len(lines), self.room - above - len(self._found) - bool(self.pane.asked)), 3)
        page.show(lines, self._prepared and (self._prepared.reply.key, self._prepared.language))

    @property
    def _effect(self) -> str:
        if self._answers:
            return _("Enter copies it, and {ref} waits for the buyer.").format(ref=self._ticket.ref)
        return _("Enter copies it.")

    @property
    def _answers(self) -> bool:
        """Whether Enter answers the case as well."""
        return self._ticket.stage == "reply"

    def _draw_head(self, tags: Iterable[str]) -> None:
        ticket, now = self._ticket, self.session.now()
        name = ticket.buyer or _("the buyer")
        title = [Span("  "), Span(_("Reply to {buyer}").format(buyer=clean(name)), "title")]
        title += [Span(f"   {thing(ticket)}"), Span(f"   {ticket.ref}", "quiet")]
        current = self._prepared.language if self._prepared else ""
        first = spread(shorten(title, self.cells - 12), look.languages_line(list(tags), current), self.cells + 2)
        self.query_one("#subject", Lines).show([first, shorten(self._clock(now), self.cells + 2), []])
        self._draw_found()
        self.draw_keys({"sheet.accept": Saying(_("copy, answered") if self._answers else _("copy"))})

    def _clock(self, now: datetime) -> Line:
        """The buyer's words, whence they came, how long he waits and what is left."""
        ticket = self._ticket
        said = [Span("  ")]
        if ticket.words:
            words = fit(ticket.words, min(40, self.cells // 2)).rstrip()
            said.append(Span(_('"{words}"').format(words=words) + "   ", "quiet"))
        if ticket.channel:
            said.append(Span(channel(ticket.channel) + "   ", "quiet"))
        if ticket.stage != "reply":
            return said
        rounds = rounds_of(ticket)
        begun = rounds[-1].begun_at if rounds else ticket.stage_since
        if now - begun >= timedelta(minutes=1):
            said.append(Span(_("waited {time}").format(time=countdown(now - begun)) + _(", "), "quiet"))
        if ticket.deadline.at is not None:
            role = "soon" if ticket.deadline.at <= now else "quiet"
            said.append(Span(time_left(ticket.deadline.at - now), role))
        return said

    def _draw_found(self) -> None:
        """What was looked for and how many were found, as long as it counts."""
        line: list[Line] = []
        if self._search and not self._finding:
            line = [[Span("  / ", "accent_bold"), Span(clean(self._search)), Span(f"   {self._hits}", "quiet")]]
        self.query_one("#found", Lines).show(line)

    @property
    def _hits(self) -> str:
        return _("{n} of {all}").format(n=self._matching, all=self.desk.count)

    # keys

    def on_key(self, event: events.Key) -> None:
        if self.pane.busy or self._finding:
            return
        character = pressed(event)
        offered = self.query_one(Choices)
        if character.isdigit() and character.isascii() and 0 < int(character) <= len(offered.choices):
            event.stop()
            offered.mark(int(character) - 1)
            self._turned()

    def _turned(self) -> None:
        """Another reply is marked: its own words count again."""
        self._words = None
        self._show()

    def on_choices_taken(self) -> None:
        self.action_sheet_accept()

    def action_sheet_down(self) -> None:
        self._mark(1)

    def action_sheet_up(self) -> None:
        self._mark(-1)

    def _mark(self, step: int) -> None:
        if not self.pane.busy:
            self.query_one(Choices).move(step)
            self._turned()

    def action_reply_right(self) -> None:
        self._turn(1)

    def action_reply_left(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self._prepared is not None:
            tags = list(self._prepared.reply.languages)
            self._language = tags[(tags.index(self._prepared.language) + step) % len(tags)]
            self._turned()

    def action_reply_why(self) -> None:
        if self._prepared is not None:
            from workbench.ui.replies.why import ReplyWhy

            self.app.push_screen(ReplyWhy(self._prepared.reply.named(language()), self._prepared.findings))

    # finding

    @property
    def _finding(self) -> bool:
        return bool(self.query("#find"))

    def action_reply_find(self) -> None:
        """Look for another reply in the line above them; they follow what is typed."""
        if self._finding:
            return
        self._searched = self._search
        entry = Entry([Span("  / ", "accent_bold")], self._search, id="find")
        self.bench.ahead.open_line(self.query_one("#sheet"), entry, before="#offered")
        self._draw_found()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._look_for(event.value)

    def _look_for(self, text: str) -> None:
        self._search, self._words = text.strip(), None
        self.query_one(Choices).cursor = 0
        self._offer()
        self._show()
        for entry in self.query("#find").results(Entry):
            entry.tell([Span(self._hits, "quiet")])

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_finding()

    def _close_finding(self) -> None:
        self.query("#find").remove()
        self.query_one(Choices).focus()
        self.call_after_refresh(self._draw_found)

    def action_sheet_leave(self) -> None:
        """One step back: the line in which one looks for a reply, then the sheet."""
        if self._finding:
            self._look_for(self._searched)
            self._close_finding()
        else:
            super().action_sheet_leave()

    # writing

    def action_reply_edit(self) -> None:
        """Change the words in place before they are copied."""
        prepared = self._prepared
        if prepared is None:
            return
        tag, values, reply = prepared.language, dict(self._values), prepared.reply

        def lint(text: str) -> Iterable[Finding]:
            return self.desk.prepare(reply, self._ticket, language=tag, values=values, words=text).findings

        self.query_one(Choices).display = False
        self.pane.write((reply.key, tag, self._ticket.ref), self._template, lint, rows=max(min(self.room - 10, 14), 3))
        self.draw_keys_of_writing()

    def draw_keys_of_writing(self) -> None:
        """The keys that hold while something is written."""
        pairs = keys_in_bar(self.bench.keymap, "write.save", "write.leave")
        self.query_one("#keys", Lines).show([[], keys_line(pairs, self.app.size.width)])

    @on(TextPane.Written)
    def _written(self, event: TextPane.Written) -> None:
        self._words = event.text
        self.bench.keeper.saved_later(event.place)
        self._read_again()

    @on(TextPane.Left)
    def _read_again(self) -> None:
        offered = self.query_one(Choices)
        offered.display = True
        offered.focus()
        self._show()

    def action_reply_take(self) -> None:
        """Put the better wording of the loudest finding in its place."""
        words = self._prepared and look.with_better(self._template, self._prepared.findings)
        if words:
            self._words = words
            self._show()

    @property
    def _template(self) -> str:
        """The words with their fields, as the seller changed them or as they are."""
        assert self._prepared is not None
        return self._words or self._prepared.reply.text[self._prepared.language]

    def action_reply_copy(self) -> None:
        self._use(answered=False)

    def action_sheet_accept(self) -> None:
        self._use(answered=self._answers)

    def _use(self, *, answered: bool) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        if prepared.filled.missing:
            self._answering = answered
            self.pane.ask(prepared.filled.missing[0])
            self._show()
            return
        if prepared.blocks:
            self.say(
                [[Span("  ! ", "soon_bold"), Span(_("A rule forbids this text. w says which, e edits it."), "soon")]]
            )
            return
        more: dict[str, Any] = {"language": prepared.language, "values": dict(self._values), "words": self._words}
        key, ticket, desk = prepared.reply.key, self._ticket, self.desk
        self.do(lambda: desk.use(key, ticket, answered=answered, **more), self._used)

    @on(TextPane.AskedFor)
    def _asked(self, event: TextPane.AskedFor) -> None:
        """What is missing is typed: the text shows it, and once it is meant, the next is asked for, or all is done."""
        if not event.taken:
            self._show({event.name: event.value} if event.value else None)
            return
        self._values[event.name] = event.value
        self.query_one(Choices).focus()
        self._show()
        self._use(answered=self._answering)

    def _used(self, used: Used) -> None:
        """It is counted and saved; the text goes to the clipboard, and the bar says what became of the case."""
        bench = self.bench
        text = used.prepared.filled.text
        self.dismiss(used.done)
        if used.done is None:
            words = _("sent to the clipboard, and not counted: the data directory is read-only")
            bench.copy_to_clipboard(text, [Span(words, "soon")])
        elif used.done.ids:
            show, undo = (keys_in_bar(bench.keymap, id)[0] for id in ("app.copied", "app.undo"))
            words = _("sent to the clipboard, {ref} waits for the buyer").format(ref=self._ticket.ref)
            hint = [
                Span(show[0], "bold"),
                Span(f" {_('show it')}   ", "quiet"),
                Span(undo[0], "bold"),
                Span(f" {undo[1]}", "quiet"),
            ]
            bench.copy_to_clipboard(text, [Span(f"{DONE} "), Span(words)], hint)
        else:
            bench.copy_to_clipboard(text)
