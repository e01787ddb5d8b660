"""The act sheet: what the seller did in Seller Center, in the past tense, with what follows from each answer.

The program acts on nothing outside. Only what is legal in the stage is offered; letters belong to actions, digits to
positions. `workbench.ui.tickets.walk` keeps it open from case to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.kinds import KINDS as KIND_NAMES
from workbench.core.kinds import OUTCOMES as OUTCOME_NAMES
from workbench.core.kinds import STAGES as STAGE_NAMES
from workbench.core.kinds import Kind
from workbench.core.place import Place
from workbench.core.saying import Told
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import LETTERS, fitting
from workbench.core.tickets.standing import state
from workbench.i18n import _, render
from workbench.output.sentences import DONE, follows
from workbench.output.words import KINDS, OUTCOMES, STAGES, amount, cases, full_point, thing, todo, total
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.keys import pressed
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Line, Span, fit, shorten, width
from workbench.ui.tickets.copying import copy
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

#: What has a key of its own outside the sheet.
_ELSEWHERE = frozenset(("snooze",))
#: The rows of the sheet beside the answers.
_AROUND = 7
#: Of a large selection this many are looked at to say what follows.
_LOOKED_AT = 50


class ActAnswer(NamedTuple):
    """One action for all the tickets, what follows, and why it is not possible (then it is grey)."""

    action: str
    text: str
    effect: str
    refused: str = ""
    #: A choice that needs a value: which one.
    needs: str = ""


class ActSheet(ChoosingSheet[Done]):
    """What did you do? Dismissed with what was saved, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("act")
    AUTO_FOCUS = "#answers"
    skips = True
    keys = ("sheet.accept", "act.when", "act.copy", "act.why", "act.skip", "sheet.leave")

    def __init__(self, tickets: Sequence[Ticket], *, ask: str = "") -> None:
        super().__init__()
        self.tickets = list(tickets)
        self._at: datetime | None = None
        self._answers: list[ActAnswer] = []
        self._only = ask
        self._asked = ""
        self._kind: str | None = None
        self._values: list[tuple[str, str]] = []

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="answers")

    def on_mount(self) -> None:
        if self._only:
            self._ask(self._only)

    def draw(self) -> None:
        """The subject, the question and the answers, for the tickets of the moment."""
        self.draw_keys()
        heading = self.heading()
        self.query_one("#subject", Lines).show([*heading, self._question(), []])
        answers, around = self.query_one(Choices), _AROUND - 1 + len(heading)
        if self._asked:
            answers.show([self._value(at) for at in range(len(self._values))], self.room - around)
        else:
            self._answers = self._find()
            answers.show([self._choice(at) for at in range(len(self._answers))], self.room - around)

    # what is shown

    def heading(self) -> list[Line]:
        """What it is about."""
        return [self.subject_line()]

    def subject_line(self) -> Line:
        """The case, or how many they are and how much is at stake."""
        if len(self.tickets) > 1:
            money = total(self.tickets)
            return [Span(f"  {cases(self.tickets)}", "title"), Span(_(", ") + money if money else "", "strong")]
        ticket = self.tickets[0]
        parts = [
            Span(todo(ticket), "title"),
            Span(thing(ticket)),
            Span(amount(ticket.money)),
            Span(ticket.ref, "quiet"),
        ]
        line: list[Span] = []
        for part in parts:
            if part.text:
                line += [Span("  "), part]
        return shorten(line, self.cells + 2)

    def _question(self) -> Line:
        if self._asked == "outcome":
            return [Span("  " + _("How did it end?"))]
        if self._asked == "stage":
            return [Span("  " + _("In which stage is it in Seller Center?"))]
        if self._asked == "kind":
            return [Span("  " + _("What kind of request is it?"))]
        line = [Span("  " + _("What did you do in Seller Center?"))]
        if self._at is not None:
            line.append(Span("   " + _("at {point}").format(point=full_point(self._at, self.session.zone)), "soon"))
        return line

    def _choice(self, at: int) -> Choice:
        answer = self._answers[at]
        possible = not answer.refused
        letter = Span(f"{self._letter(at) or ' '}  ", "bold" if possible else "quiet")
        # On a narrow screen what follows keeps half of it.
        room = min(max(20, *(width(one.text) for one in self._answers)), self.cells // 2)
        text = Span(fit(answer.text, room) + "  ", "text" if possible else "quiet")
        effect = Span(answer.refused or answer.effect, "quiet")
        return Choice([letter, Span(f"{_digit(at)}  ", "quiet"), text, effect], possible)

    def _letter(self, at: int) -> str:
        """The letter of the answer there, unless one before it has the same: then only the digit takes it."""
        letter = LETTERS.get(self._answers[at].action, "")
        return "" if letter in (LETTERS.get(one.action) for one in self._answers[:at]) else letter

    def _value(self, at: int) -> Choice:
        return Choice([Span(f"{_digit(at)}  ", "bold"), Span(self._values[at][1])])

    # the answers

    def _find(self) -> list[ActAnswer]:
        """Every action that is legal for one of the tickets; possible, and before the others, where it is for all."""
        desk = self.session.tickets
        legal = {ticket.id: {action.name: action for action in desk.actions(ticket)} for ticket in self.tickets}
        names = dict.fromkeys(name for actions in legal.values() for name in actions if name not in _ELSEWHERE)
        now = self.session.now()
        many = len(self.tickets) > 1
        # Where the platform's time ran out, it has decided: Enter must not claim that the seller did.
        over = all(
            state(ticket, now) == "overdue" and (many or ticket.deadline.kind == "platform") for ticket in self.tickets
        )
        found: list[ActAnswer] = []
        for name in names:
            needs = next(actions[name].needs for actions in legal.values() if name in actions)
            text = _("the platform decided all these") if many and over and name == "timeout" else render(DONE[name])
            without = next((ticket for ticket in self.tickets if name not in legal[ticket.id]), None)
            if without is not None:
                why = _("not for {ref}, {kind}").format(ref=without.ref, kind=_what_it_is(without))
                found.append(ActAnswer(name, text, "", why))
            elif needs == "stage":
                found.append(ActAnswer(name, text, _("say which"), needs=needs))
            else:
                found.append(self._previewed(name, text))
        if all(ticket.stage != "closed" for ticket in self.tickets):
            found.append(ActAnswer("close", render(DONE["close"]), _("the case ends, say how"), needs="outcome"))
        found.sort(key=lambda answer: (bool(answer.refused), not (over and answer.action == "timeout")))
        return found

    def _previewed(self, name: str, text: str) -> ActAnswer:
        desk, now, zone = self.session.tickets, self.session.now(), self.session.zone
        try:
            after = [desk.preview(ticket, name, at=self._at) for ticket in self.tickets[:_LOOKED_AT]]
        except Told as error:
            return ActAnswer(name, text, "", render(error.saying))
        effects = {follows(ticket, now, zone) for ticket in after}
        if len(effects) == 1:
            return ActAnswer(name, text, effects.pop())
        if all(ticket.stage == "closed" for ticket in after):
            lost = [ticket for ticket in after if ticket.outcome == "refunded"]
            if lost and len(self.tickets) == len(after) == len(lost):
                return ActAnswer(name, text, _("the cases end, {amount} goes to the buyers").format(amount=total(lost)))
            return ActAnswer(name, text, _("the cases end"))
        return ActAnswer(name, text, _("differs from case to case"))

    # keys

    def on_key(self, event: events.Key) -> None:
        """A digit takes the answer at that place, a letter the action it belongs to."""
        character = pressed(event)
        answers = self.query_one(Choices)
        if character.isdigit() and character.isascii() and 0 < int(character) <= len(answers.choices):
            at = int(character) - 1
        elif not self._asked and character in LETTERS.values():
            at = next((at for at in range(len(self._answers)) if self._letter(at) == character), -1)
        else:
            return
        event.stop()
        if at >= 0 and answers.choices[at].possible:
            answers.cursor = at
            self._take(at)

    def action_sheet_accept(self) -> None:
        at = self.query_one(Choices).cursor
        if at >= 0:
            self._take(at)

    def action_sheet_leave(self) -> None:
        if self._asked and not self._only:
            self._asked, self._kind = "", None
            self.draw()
        else:
            self.dismiss(None)

    def action_act_copy(self) -> None:
        copy(self.bench, self.tickets[0])

    def action_act_why(self) -> None:
        from workbench.ui.tickets.why import WhySheet

        self.app.push_screen(WhySheet(self.tickets[0]))

    def action_act_when(self) -> None:
        from workbench.ui.sheets.line import when_sheet

        def taken(at: datetime | None) -> None:
            if at is not None:
                self._at = at
                self.draw()

        prompt = _("When was it")
        self.app.push_screen(when_sheet(self.session, prompt, past=True), taken)

    def action_act_skip(self) -> None:
        """Leave these as they are; the cursor goes to the next case."""
        following = self.following()
        if following is not None:
            self.bench.show(Place("tickets", following.id))
        self.dismiss(None)

    # doing

    def _take(self, at: int) -> None:
        ids, desk, when = [ticket.id for ticket in self.tickets], self.session.tickets, self._at
        if not self._asked and self._answers[at].needs:
            self._ask(self._answers[at].needs)
            return
        if self._asked == "kind":
            self._kind = self._values[at][0]
            self._ask("stage")
            return
        following = self.following()
        self.bench.landing = Place("tickets", following.id) if following else None
        if self._asked:
            value = self._values[at][0]
            if self._asked == "outcome":
                self.do(lambda: desk.close(ids, value, when), self._saved)
            else:
                kind = self._kind
                self.do(lambda: desk.act(ids, "set", value, when, kind), self._saved)
            return
        action = self._answers[at].action
        self.do(lambda: desk.act(ids, action, None, when), self._saved)

    def _ask(self, needs: str) -> None:
        # Of a request that the file names by a word nobody knows, the kind comes first.
        if needs == "stage" and self._kind is None and any(ticket.kind == "other" for ticket in self.tickets):
            needs = "kind"
        self._asked = needs
        if needs == "outcome":
            self._values = [(name, render(OUTCOMES[name])) for name in OUTCOME_NAMES if name != "auto"]
        elif needs == "kind":
            self._values = [(name, render(KINDS[name])) for name in KIND_NAMES]
        else:
            kind: Kind = self._kind or self.tickets[0].kind  # type: ignore[assignment]
            stages = [name for name in STAGE_NAMES if name not in ("check", "closed") and fitting(kind, name) == name]
            self._values = [(name, render(STAGES[name])) for name in stages]
        self.query_one(Choices).cursor = 0
        self.draw()

    def following(self) -> Ticket | None:
        """The case that comes after these."""
        return self.bench.board.next_mine([ticket.id for ticket in self.tickets])

    def _saved(self, done: Done) -> None:
        following = self.bench.board.at(self.bench.landing)
        self.bench.saved(done)
        self.over(done, following)

    def over(self, done: Done, following: Ticket | None) -> None:  # noqa: ARG002 (the walk goes on with it)
        """These are dealt with."""
        self.dismiss(done)

    def about(self, ticket: Ticket) -> None:
        """Ask about another case."""
        self.tickets, self._at, self._asked, self._kind = [ticket], None, "", None
        self.query_one(Choices).cursor = 0
        self.draw()


def _digit(at: int) -> str:
    return str(at + 1) if at < 9 else " "


def _what_it_is(ticket: Ticket) -> str:
    """`a cancel request`, or the stage it is in, where that tells more."""
    if ticket.stage == "decide":
        return render(KINDS[ticket.kind])
    return render(STAGES[ticket.stage])
