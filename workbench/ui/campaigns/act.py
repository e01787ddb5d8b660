"""What happened to a campaign: a date dealt with, the review, the second look, the end of its clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, NamedTuple

from textual import events
from textual.widget import Widget

from workbench.core.campaigns.model import Campaign
from workbench.core.saying import Saying, say
from workbench.i18n import _, render
from workbench.output.words import due_point, point
from workbench.session import Done
from workbench.ui.keys import pressed
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, fit, width
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.lines import Lines

_DID: dict[str, Saying] = {
    "registration_opens": say("I looked at what it asks for"),
    "registration_closes": say("I registered"), "price_fixed_from": say("the prices are locked"),
    "withdraw_until": say("I stay in it"),
}  # fmt: skip
_LETTER = {"registration_opens": "o", "registration_closes": "r", "price_fixed_from": "l", "withdraw_until": "s"}
_AROUND = 6


class CampaignAnswer(NamedTuple):
    """One answer: its letter, how it reads, what follows, what it does."""

    letter: str
    text: str
    effect: str
    do: Callable[[], None]


class CampaignActSheet(Sheet[Done]):
    """Dismissed with what was saved, or None."""

    AUTO_FOCUS = "#answers"
    keys: ClassVar[tuple[str, ...]] = ("sheet.accept", "sheet.leave")

    def __init__(self, id: int) -> None:
        super().__init__()
        self._number, self.subject = id, f"C-{id}"
        self._answers: list[CampaignAnswer] = []

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="answers")

    @property
    def campaign(self) -> Campaign:
        """The campaign as it is now."""
        found: Campaign = self.session.desk("campaigns").get(self._number)
        return found

    def draw(self) -> None:
        self.draw_keys()
        found = self.campaign
        title: Line = [Span(f"  {found.name}", "title"), Span(f"   {found.ref}", "quiet")]
        self.query_one("#subject", Lines).show([title, [Span("  " + _("What did you do?"))], []])
        self._answers = list(self._find())
        room = max((width(each.text) for each in self._answers), default=0)
        self.query_one(Choices).show(
            [
                Choice([
                    Span(f"{each.letter}  ", "bold"), Span(f"{at + 1}  ", "quiet"),
                    Span(fit(each.text, room) + "   "), Span(each.effect, "quiet"),
                ])
                for at, each in enumerate(self._answers)
            ],
            self.room - _AROUND,
        )  # fmt: skip

    def _find(self) -> Iterable[CampaignAnswer]:
        found, now, zone = self.campaign, self.session.now(), self.session.zone
        desk = self.session.desk("campaigns")
        for name, at in desk.dates(found):
            by = _("by {point}").format(point=due_point(at, now, zone))
            if name == "registration_opens":
                by = _("from {point} on").format(point=point(at, now, zone))
            yield CampaignAnswer(
                _LETTER[name], render(_DID[name]), by, partial(self._save, partial(desk.tick, found.id, name))
            )
        if now >= found.ends_at:
            text = _("I looked at what came") if found.reviewed_at is None else _("I correct what came")
            yield CampaignAnswer("v", text, _("sales, orders, and why"), partial(self._form, "ReviewForm"))
            if desk.after(found) is None:
                yield CampaignAnswer(
                    "m", _("I measured it again"), _("refunds after 30 days"), partial(self._form, "MeasureForm")
                )
        if found.locked(now) and found.closed_at is None:
            yield CampaignAnswer("t", _("I expect something else now"), _("a dated note beside it"), self._later)
        form = "RunningForm" if found.locked(now) else "CampaignForm"
        yield CampaignAnswer("e", _("I correct it"), "", partial(self._form, form))
        if found.closed_at is None:
            yield CampaignAnswer("x", _("I am done with it"), _("no clock of it runs any more"),
                         partial(self._save, partial(desk.close, found.id)))  # fmt: skip

    def _later(self) -> None:
        from workbench.ui.campaigns.form import later

        found = self.campaign
        self.dismiss(None)
        self.bench.push_screen(later(self.session, found))

    def _save(self, deed: Callable[[], Done]) -> None:
        self.do(deed, self._saved)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(done)

    def _form(self, name: str) -> None:
        from workbench.ui.campaigns import form

        found = self.campaign
        self.dismiss(None)
        self.bench.push_screen(getattr(form, name)(self.session, found))

    def on_key(self, event: events.Key) -> None:
        """A digit takes the answer at that place, a letter the one it belongs to."""
        character = pressed(event)
        at = next((at for at, each in enumerate(self._answers) if character in (each.letter, str(at + 1))), None)
        if at is not None:
            event.stop()
            self._answers[at].do()

    def on_choices_taken(self) -> None:
        self.action_sheet_accept()

    def action_sheet_accept(self) -> None:
        at = self.query_one(Choices).cursor
        if at >= 0:
            self._answers[at].do()

    def action_sheet_down(self) -> None:
        self.query_one(Choices).move(1)

    def action_sheet_up(self) -> None:
        self.query_one(Choices).move(-1)
