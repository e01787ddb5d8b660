"""The reply sheet: the best reply for a case, filled and readable at once, so that most answers are `r Enter`.

Enter copies, and answers the case where it waits for an answer, as one step of undo; `y` copies only. What is missing
is asked for line by line; what the rules block is not copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.tickets.model import Ticket
from workbench.i18n import _, language, n_
from workbench.output.channels import channel
from workbench.output.marks import DONE, SOON
from workbench.output.replies.json import better
from workbench.output.words import left, thing
from workbench.session import Done
from workbench.session.replies.desk import Prepared, ReplyDesk, Used
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.keys import pressed
from workbench.ui.replies import look
from workbench.ui.replies.missing import ask_for
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, clean, fit, shorten, spread
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines, Page

#: So many replies are offered; `/` finds the others.
OFFERED = 3


class ReplySheet(Sheet[Done]):
    """Replies for one case. Dismissed with what was saved, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("reply")
    AUTO_FOCUS = "#offered"
    keys = ("sheet.accept", "reply.copy", "reply.right", "reply.edit", "reply.why", "reply.find", "sheet.leave")
    drafts = False

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self._ticket = ticket
        self._search = ""
        self._language: str | None = None
        self._values: dict[str, str] = {}
        #: The words as the seller changed them, in place of the reply's.
        self._words: str | None = None
        self._prepared: Prepared | None = None

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="offered")
        yield Page(id="text", ground="sheet")

    @property
    def desk(self) -> ReplyDesk:
        """The replies."""
        return self.session.replies

    # showing

    def draw(self) -> None:
        self._offer()
        self._show()

    def _offer(self) -> None:
        self._found = self.desk.ranked(self._ticket, self._search)[:OFFERED]
        cells = self.cells
        rows = []
        for at, each in enumerate(self._found):
            used = n_("used {n} time", "used {n} times", each.reply.used).format(n=each.reply.used)
            role = "quiet" if each.other else "text"
            line = [Span(f"{at + 1}  ", "bold"), Span(fit(each.reply.named(language()), cells // 3 + 4), role)]
            line += [Span("  " + fit(each.reply.key, cells // 3), "quiet")]
            rows.append(Choice(spread(line, [Span(used if each.reply.used else "", "quiet")], cells)))
        self.query_one(Choices).show(rows, OFFERED)

    def _show(self) -> None:
        """The text of the marked reply, with what is known filled in and what the rules say."""
        at = self.query_one(Choices).cursor
        page = self.query_one("#text", Page)
        if at < 0 or at >= len(self._found):
            self._prepared = None
            self._draw_head(())
            self._page(page, [[], [Span("  " + _("No reply is found."), "quiet")]])
            return
        reply = self._found[at].reply
        self._prepared = prepared = self.desk.prepare(
            reply, self._ticket, language=self._language, values=self._values, words=self._words
        )
        self._draw_head(reply.languages)
        filled = prepared.filled
        places = [*look.field_places(filled.places), *((begin, end) for begin, end, _name in filled.open)]
        text = look.marked(filled.text, places, prepared.findings, "strong", self.cells)
        lines = [[], *look.blank(text), []]
        for name in filled.missing[:2]:
            hint = _("{field} is not known: Enter asks for it").format(field="{" + name + "}")
            lines.append([Span(f"  {SOON} ", "soon"), Span(hint, "soon")])
        told = [each for each in prepared.findings if each.level != "info" or each.allowed]
        lines += look.blank(list(look.finding_lines(told, self.cells, 2)))
        if not prepared.blocks:
            lines.append([Span("  " + self._effect, "quiet")])
        else:
            lines.append([Span("  " + _("It is not copied like this: e edits it."), "soon")])
        self._page(page, lines)

    def _page(self, page: Page, lines: list[Line]) -> None:
        page.styles.height = max(min(len(lines), self.room - 6 - len(self._found)), 3)
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
        said = [Span("  ")]
        if ticket.words:
            said.append(
                Span(_('"{words}"').format(words=fit(ticket.words, min(40, self.cells // 2)).rstrip()) + "   ", "quiet")
            )
        if ticket.channel:
            said.append(Span(channel(ticket.channel) + "   ", "quiet"))
        if ticket.stage == "reply" and ticket.deadline.at is not None:
            said.append(Span(left(ticket, now), "soon" if ticket.deadline.at <= now else "quiet"))
        self.query_one("#subject", Lines).show([first, shorten(said, self.cells), []])
        accept = _("copy, answered") if self._answers else _("copy")
        from workbench.core.saying import Saying

        self.draw_keys({"sheet.accept": Saying(accept)})

    # keys

    def on_key(self, event: events.Key) -> None:
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
        self.query_one(Choices).move(1)
        self._turned()

    def action_sheet_up(self) -> None:
        self.query_one(Choices).move(-1)
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

    def action_reply_find(self) -> None:
        from workbench.ui.replies.missing import find

        def taken(text: str | None) -> None:
            if text is not None:
                self._search, self._words = text.strip(), None
                self.query_one(Choices).cursor = 0
                self.draw()

        self.app.push_screen(find(self.session, self._ticket), taken)

    def action_reply_edit(self) -> None:
        if self._prepared is None:
            return
        from workbench.ui.replies.write import WriteSheet

        def taken(text: str | None) -> None:
            if text is not None:
                self._words = text
                self._show()

        self.app.push_screen(WriteSheet(self._prepared.reply.named(language()), self._template), taken)

    def action_reply_take(self) -> None:
        """Put the better wording of the loudest finding in its place."""
        if self._prepared is None:
            return
        for finding in self._prepared.findings:
            words = better(finding)
            if words and finding.inside is None and "" in finding.better and finding.text in self._template:
                self._words = self._template.replace(finding.text, words, 1)
                self._show()
                return

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
            name = prepared.filled.missing[0]

            def given(value: str | None) -> None:
                if value is not None:
                    self._values[name] = value
                    self._show()
                    self.call_after_refresh(lambda: self._use(answered=answered))

            self.app.push_screen(ask_for(name, prepared.filled.text), given)
            return
        if prepared.blocks:
            self.say(
                [[Span("  ! ", "soon_bold"), Span(_("A rule forbids this text. w says which, e edits it."), "soon")]]
            )
            return
        more: dict[str, Any] = {"language": prepared.language, "values": dict(self._values), "words": self._words}
        key, ticket, desk = prepared.reply.key, self._ticket, self.desk
        self.do(lambda: desk.use(key, ticket, answered=answered, **more), self._used)

    def _used(self, used: Used) -> None:
        """It is counted and saved; the text goes to the clipboard, and the bar says what became of the case."""
        bench = self.bench
        text = used.prepared.filled.text
        self.dismiss(used.done)
        bench.copy_to_clipboard(text)
        if used.done is not None and used.done.ids and bench.frame is not None:
            show, undo = (keys_in_bar(bench.keymap, id)[0] for id in ("app.copied", "app.undo"))
            line = [
                Span(f"{DONE} "),
                Span(_("sent to the clipboard, {ref} waits for the buyer").format(ref=self._ticket.ref)),
            ]
            hint = [
                Span(show[0], "bold"),
                Span(f" {show[1]}   ", "quiet"),
                Span(undo[0], "bold"),
                Span(f" {undo[1]}", "quiet"),
            ]
            frame = bench.frame
            self.call_later(lambda: frame.tell(line, hint))
