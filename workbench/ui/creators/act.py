"""What happened with a deal: only what its stage allows is offered. A rate above the ceiling offers to renegotiate, or
asks for the reason in the same sheet."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from workbench.core.creators.model import Deal
from workbench.core.creators.stages import DealAction, legal
from workbench.core.creators.standing import Pays
from workbench.core.saying import Refusal
from workbench.i18n import _, render
from workbench.output.creators.text import ACTION, OUTCOME, STAGE, stage
from workbench.output.marks import SOON
from workbench.output.profit.text import percent, rate
from workbench.output.words import due_point, full_point
from workbench.ui.commands import bindings
from workbench.ui.keys import pressed
from workbench.ui.sheets.happened import HappenedSheet
from workbench.ui.text import Line, Span, fit, shorten, width, wrap
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

_AROUND = 9
_TENTH = Decimal("0.001")
#: What is offered beside the actions of a stage.
RENEGOTIATE, PROMOTION = "renegotiate", "promotion"


class DealActSheet(HappenedSheet):
    """What happened with a deal?"""

    BINDINGS: ClassVar[list[BindingType]] = bindings("dealact")
    offered = ("sheet.accept", "dealact.when", "sheet.leave")

    def __init__(self, id: int) -> None:
        super().__init__(id, f"D-{id}")

    @property
    def why(self) -> str:
        return _("Why all the same?")

    @property
    def unwritten(self) -> str:
        return _("write a reason, or go back with Esc and renegotiate")

    @property
    def deal(self) -> Deal:
        """The deal as it is now."""
        found: Deal = self.session.desk("creators").get(self._number)
        return found

    @property
    def _too_high(self) -> tuple[Pays, ...]:
        found: tuple[Pays, ...] = self.session.desk("creators").standing(self.deal).too_high
        return found

    @property
    def _actions(self) -> tuple[DealAction, ...]:
        """What its stage allows; of an agreed deal first its promotion, of a rate too high the one that pays."""
        deal, allowed = self.deal, legal(self.deal.stage)
        if deal.stage == "talking" and self._too_high:
            return (allowed[0], DealAction(RENEGOTIATE), *allowed[1:])
        if deal.stage == "agreed" and deal.products and not self.session.desk("creators").promoted(deal):
            return (DealAction(PROMOTION), *allowed)
        return allowed

    @property
    def _offer(self) -> Decimal | None:
        """The highest rate at which all that is too dear pays, in tenths of a per cent; None where there is none."""
        tops = [each.ceiling for each in self._too_high]
        known = [top for top in tops if top is not None]
        if not known or len(known) < len(tops) or not (found := min(known).quantize(_TENTH, ROUND_FLOOR)):
            return None
        return found

    def draw(self) -> None:
        self.draw_keys()
        self.query_one("#subject", Lines).show([self._subject(), *self._question(), []])
        self.query_one(Choices).show([self._choice(at) for at in range(len(self._actions))], self.room - _AROUND)

    def _subject(self) -> Line:
        deal = self.deal
        line = [
            Span(f"  {deal.handle or '***'}", "title"), Span(f"  {stage(deal)}"), Span(f"  {deal.ref}", "quiet"),
        ]  # fmt: skip
        return shorten(line, self.cells + 2)

    def _question(self) -> list[Line]:
        lines: list[Line] = []
        deal = self.deal
        if deal.stage == "talking":
            for each in self._too_high:
                if each.ceiling is None:
                    text = _("{sku} does not pay at any rate").format(sku=each.sku)
                else:
                    text = _("{sku} pays up to {rate}, not {agreed}").format(
                        sku=each.sku, rate=percent(each.ceiling), agreed=rate(deal.rate) if deal.rate else "?"
                    )
                lines += [[Span(f"  {SOON} ", "soon"), Span(row, "soon")] for row in wrap(text, self.cells - 4)]
        line = [Span("  " + _("What happened?"))]
        if self._at is not None:
            line.append(Span("   " + _("at {point}").format(point=full_point(self._at, self.session.zone)), "soon"))
        return [*lines, line]

    def _choice(self, at: int) -> Choice:
        action = self._actions[at]
        room = max(18, *(width(render(ACTION[each.name])) for each in self._actions))
        return Choice([
            Span(f"{at + 1}  ", "bold"), Span(fit(render(ACTION[action.name]), room) + "  "),
            Span(self._effect(action), "quiet"),
        ])  # fmt: skip

    def _effect(self, action: DealAction) -> str:
        if action.outcome is not None:
            return _("the deal ends: {outcome}").format(outcome=render(OUTCOME[action.outcome]))
        if action.name == "agree" and self.deal.stage == "talking" and self._too_high:
            return _("asks why")
        if action.name == PROMOTION:
            return _("a line of the plan, filled from the deal")
        if action.name == RENEGOTIATE and action.stage is None:
            offer = self._offer
            return _("another rate") if offer is None else _("at {rate}, up to which all of it pays").format(
                rate=rate(offer)
            )  # fmt: skip
        if action.stage is None:
            return _("it stays where it is; counted")
        desk, now = self.session.desk("creators"), self.session.now()
        from workbench.core.creators.clocks import running

        clock = running(desk.clocks, action.stage, self._at or now, self.session.zone)
        text = render(STAGE[action.stage])
        if clock.at is None:
            return text
        return f"{text}, {_('due {point}').format(point=due_point(clock.at, now, self.session.zone))}"

    # keys

    def on_key(self, event: events.Key) -> None:
        """A digit takes the answer at that place."""
        if self._asking:
            return
        character = pressed(event)
        if character.isdigit() and character.isascii() and 0 < int(character) <= len(self._actions):
            event.stop()
            self.take(int(character) - 1)

    def action_dealact_when(self) -> None:
        self.ask_when()

    def take(self, at: int) -> None:
        action = self._actions[at]
        if action.stage is None and action.name in (RENEGOTIATE, PROMOTION):
            self._go_on(action.name)
            return
        if action.name == "agree" and self._too_high:
            self.ask()
            return
        self._do(action.name, None)

    def _go_on(self, name: str) -> None:
        """Another sheet takes over: the deal's own line with the rate that pays, or a promotion begun from it."""
        deal, bench, session, offer = self.deal, self.bench, self.session, self._offer
        if name == RENEGOTIATE:
            from workbench.ui.creators.line import edit

            self.dismiss(None)
            bench.push_screen(edit(session, deal, offer))
            return
        from workbench.ui.promotions.sheets import add

        try:
            begun = session.desk("creators").to_set_up(deal)
        except Refusal as told:
            self.refused(told)
            return
        self.dismiss(None)
        bench.push_screen(add(session, begun))

    def _do(self, action: str, because: str | None) -> None:
        desk, id, when = self.session.desk("creators"), self._number, self._at
        self.do(lambda: desk.act([id], action, when, because), self.saved)

    def take_because(self, reason: str) -> None:
        self._do("agree", reason)
