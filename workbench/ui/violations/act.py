"""What happened to a violation: filed, won, lost, enforced, dropped, or something about its evidence and statement.

Only what is possible is offered, with what follows. Filing with evidence open asks for a reason in the same sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType

from workbench.core.saying import Told
from workbench.core.violations import appeals
from workbench.core.violations.evidence import words
from workbench.core.violations.model import Violation
from workbench.i18n import _, n_, pick, render
from workbench.output.marks import SOON
from workbench.output.violations.words import count, day, group_of, reason
from workbench.output.words import due_point, full_point
from workbench.ui.commands import bindings
from workbench.ui.keys import pressed
from workbench.ui.sheets.happened import HappenedSheet
from workbench.ui.text import Line, Span, fit, shorten, width
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

_AROUND = 8


class Happening(NamedTuple):
    """One answer, what follows from it, and why it is not possible (then it is grey)."""

    action: str
    text: str
    effect: str
    refused: str = ""


class LedgerActSheet(HappenedSheet):
    """What happened with a violation?"""

    BINDINGS: ClassVar[list[BindingType]] = bindings("act")
    skips = True
    offered = ("sheet.accept", "act.when", "act.why", "sheet.leave")

    def __init__(self, id: int) -> None:
        super().__init__(id, f"V-{id}")
        self._answers: list[Happening] = []

    @property
    def why(self) -> str:
        return _("Why file it anyway?")

    @property
    def unwritten(self) -> str:
        return _("write a reason, or go back with Esc and tick the evidence off")

    @property
    def violation(self) -> Violation:
        """The violation as it is now."""
        return self.session.ledger.get(self._number)

    def draw(self) -> None:
        self.draw_keys()
        self.query_one("#subject", Lines).show([self._subject(), *self._question(), []])
        self._answers = self._find()
        choices = [self._choice(at) for at in range(len(self._answers))]
        self.query_one(Choices).show(choices, self.room - _AROUND)

    def _subject(self) -> Line:
        violation, rules = self.violation, self.session.ledger.rules
        line = [
            Span("  " + reason(violation, rules), "title"), Span(f"  {count(violation.points)}"),
            Span(f"  {violation.ref}", "quiet"),
        ]  # fmt: skip
        return shorten(line, self.cells + 2)

    def _question(self) -> list[Line]:
        if not self._asking:
            line = [Span("  " + _("What happened?"))]
            if self._at is not None:
                line.append(Span("   " + _("at {point}").format(point=full_point(self._at, self.session.zone)), "soon"))
            return [line]
        desk, violation = self.session.ledger, self.violation
        still_open = desk.open_items(violation)
        text = n_("{n} piece of evidence is open:", "{n} pieces of evidence are open:", len(still_open))
        lines: list[Line] = [[Span(f"  {SOON} ", "soon"), Span(text.format(n=len(still_open)), "soon")]]
        for item in still_open[: max(self.room - 8, 1)]:
            lines.append(shorten([Span("    [ ] "), Span(pick(words(violation, desk.rules, item.item)))], self.cells))
        return lines

    def _choice(self, at: int) -> Choice:
        answer = self._answers[at]
        possible = not answer.refused
        room = max(20, *(width(one.text) for one in self._answers))
        return Choice([
            Span(f"{appeals.LETTERS[answer.action]}  ", "bold" if possible else "quiet"), Span(f"{at + 1}  ", "quiet"),
            Span(fit(answer.text, room) + "  ", "text" if possible else "quiet"),
            Span(answer.refused or answer.effect, "quiet"),
        ], possible)  # fmt: skip

    def _find(self) -> list[Happening]:
        """What may have happened, in the order of the appeal."""
        desk, violation = self.session.ledger, self.violation
        group = group_of(desk.standing(violation))
        found: list[Happening] = []
        if group == "filed":
            found.append(self._decided("won", "accepted", _("it was accepted")))
            found.append(self._decided("lost", "rejected", _("it was rejected")))
        else:
            found.append(self._filed())
        if violation.pending and not violation.void:
            found += [self._enforced(), self._dropped()]
        if not violation.void:
            done = sum(item.done for item in desk.checklist(violation))
            all = len(desk.checklist(violation))
            of = _("{n} of {all}").format(n=done, all=all)
            found.append(Happening("evidence", _("I have evidence"), _("{of} are there").format(of=of)))
            size = _("{n} of {limit} characters").format(
                n=len(violation.statement or ""), limit=desk.rules.statement_limit)  # fmt: skip
            found.append(Happening("statement", _("I write the statement"), size))
        return found

    def _filed(self) -> Happening:
        text = _("I filed an appeal")
        after = self._try(lambda desk, at, now: appeals.file(self.violation, at, now, desk.rules, desk.shop))
        if isinstance(after, str):
            return Happening("file", text, "", after)
        now, zone = self.session.now(), self.session.zone
        effect = _("an answer is expected by {point}").format(point=due_point(after.appeals[-1].answer_by, now, zone))
        still_open = len(self.session.ledger.open_items(self.violation))
        if still_open:
            effect += "   " + n_("{n} piece of evidence is open", "{n} pieces of evidence are open", still_open).format(
                n=still_open)  # fmt: skip
        return Happening("file", text, effect)

    def _decided(self, action: str, result: str, text: str) -> Happening:
        desk, now, zone = self.session.ledger, self.session.now(), self.session.zone
        after = self._try(
            lambda desk, at, now: appeals.decide(self.violation, result, at, now, desk.rules, desk.shop)  # type: ignore[arg-type]
        )
        if isinstance(after, str):
            return Happening(action, text, "", after)
        if action == "won":
            ledger = desk.ledger()
            then = desk.what_if(won=[self._number]).then
            effect = _("its points are void, {points} to {after}").format(points=ledger.points, after=then.points)
            return Happening(action, text, effect)
        due = desk.standing(after).appeal.due_at
        if due is None:
            return Happening(action, text, _("that is final"))
        return Happening(action, text, _("a second try until {point}").format(point=due_point(due, now, zone)))

    def _enforced(self) -> Happening:
        text = _("it is in force")
        after = self._try(lambda desk, at, now: appeals.enforce(self.violation, at, False, now, desk.shop))
        if isinstance(after, str):
            return Happening("enforced", text, "", after)
        end = self.session.ledger.standing(after).expires_at
        assert end is not None
        until = day(end, self.session.now(), self.session.zone)
        return Happening("enforced", text, _("its points count to {date}").format(date=until))

    def _dropped(self) -> Happening:
        text = _("the platform dropped it")
        after = self._try(lambda desk, at, now: appeals.drop(self.violation, at, now, desk.shop))
        if isinstance(after, str):
            return Happening("dropped", text, "", after)
        return Happening("dropped", text, _("its points never count"))

    def _try(self, change: Callable[..., Violation]) -> Violation | str:
        """The violation after it, or why it cannot be."""
        now = self.session.now()
        try:
            return change(self.session.ledger, self._at or now, now)
        except Told as error:
            return render(error.saying)

    # keys

    def on_key(self, event: events.Key) -> None:
        """A digit takes the answer at that place, a letter the one it belongs to."""
        if self._asking:
            return
        character = pressed(event)
        if character.isdigit() and character.isascii() and 0 < int(character) <= len(self._answers):
            at = int(character) - 1
        else:
            at = next((at for at, one in enumerate(self._answers) if appeals.LETTERS[one.action] == character), -1)
        if at >= 0:
            event.stop()
            if not self._answers[at].refused:
                self.take(at)

    def action_act_why(self) -> None:
        from workbench.ui.violations.why import LedgerWhySheet

        self.app.push_screen(LedgerWhySheet(self.violation))

    def action_act_copy(self) -> None:
        """The platform's id, to find it in Seller Center."""
        self.bench.run_command("ledger.copy")

    def action_act_when(self) -> None:
        self.ask_when()

    # doing

    def take(self, at: int) -> None:
        action, desk, id, when = self._answers[at].action, self.session.ledger, self._number, self._at
        self.query_one(Choices).cursor = at
        if action in ("evidence", "statement"):
            self._elsewhere(action)
        elif action == "file":
            if desk.open_items(self.violation):
                self.ask()
            else:
                self.do(lambda: desk.appeal(id, when), self.saved)
        elif action == "enforced":
            self.do(lambda: desk.enforced(id, when), self.saved)
        elif action == "dropped":
            self.do(lambda: desk.dropped(id, when), self.saved)
        else:
            result = "accepted" if action == "won" else "rejected"
            self.do(lambda: desk.result(id, result, when), self.saved)

    def _elsewhere(self, action: str) -> None:
        violation, app = self.violation, self.app
        self.dismiss(None)
        if action == "evidence":
            from workbench.ui.violations.evidence import EvidenceSheet

            app.push_screen(EvidenceSheet(violation.id))
        else:
            from workbench.ui.violations.statement import StatementSheet

            app.push_screen(StatementSheet(violation))

    def take_because(self, reason: str) -> None:
        desk, id, when = self.session.ledger, self._number, self._at
        self.do(lambda: desk.appeal(id, when, reason), self.saved)
