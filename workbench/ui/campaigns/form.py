"""A campaign as a form: the platform's dates and what is expected; after it what came, and why.

What was expected is locked once it starts: the form of a running one does not have it. A copy takes over everything
but the dates, which are another year's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from textual.await_complete import AwaitComplete

from workbench.core.campaigns.model import After, Campaign, Figures
from workbench.core.promotions.reading import read_amount
from workbench.core.saying import Misuse, Told, say
from workbench.core.shares import read_share
from workbench.core.sku_list import joined
from workbench.i18n import _
from workbench.session import Done, Session
from workbench.session.campaigns.desk import REVIEW_TIME, Said
from workbench.ui.issues.lines import minutes_left
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.dated import DatedForm
from workbench.ui.sheets.form import Answer, Back, Field
from workbench.ui.sheets.oneline import OneLine, Understood
from workbench.ui.sheets.values import time_text
from workbench.ui.text import Line, Span, spread

_STARTS = ("starts_at", "registration_opens", "price_fixed_from")
_ENDS = ("ends_at", "registration_closes", "withdraw_until")
_DATES = (
    Field("name", say("Name")),
    Field("starts_at", say("Starts")),
    Field("ends_at", say("Ends")),
    Field("registration_opens", say("Registration")),
    Field("registration_closes", say("Register by")),
    Field("price_fixed_from", say("Prices lock")),
    Field("withdraw_until", say("Withdraw by")),
    Field("skus", say("Products")),
    Field("categories", say("Categories")),
    Field("discount", say("Discount")),
    Field("stock", say("Stock")),
    Field("way", say("Way")),
    Field("sold_at", say("Sold at")),
    Field("slot", say("Slot")),
    Field("hours", say("Hours")),
)
#: So often it is looked whether a minute is over, in seconds.
_LOOK = 5
#: What came, and why.
_CAME = (
    Field("actual_sales", say("Came")),
    Field("actual_orders", say("Orders")),
    Field("actual_conversion", say("Conversion")),
    Field("why", say("Why")),
    Field("note", say("Note")),
)
_FIGURES = {"sales", "orders", "conversion"}


class _Form(DatedForm):
    """What the forms of a campaign share."""

    times = (*_STARTS, *_ENDS)
    whole_days = _ENDS

    def __init__(self, session: Session, campaign: Campaign | None = None, *, like: Campaign | None = None) -> None:
        self._campaign, self._like = campaign, like
        shown, texts = campaign or like, {}
        if shown is not None:
            dates = () if campaign is None else (*_STARTS, *_ENDS)
            texts = {field.name: _text(shown, field.name, session, dates) for field in self.fields}
        if campaign is None and like is not None:
            texts["note"] = ""
        super().__init__(_("New campaign") if campaign is None else f"{campaign.name}  {campaign.ref}", texts)

    def read(self, name: str, text: str) -> Answer:
        if name == "name" and not text:
            return Answer(None, (), say("needed"))
        which, _sign, figure = name.partition("_")
        if which in ("expected", "actual", "after"):
            return self._figure(figure, text)
        return super().read(name, text)

    def _figure(self, figure: str, text: str) -> Answer:
        if not text:
            return Answer(None)
        if figure in ("orders", "refunds"):
            if not (text.isascii() and text.isdecimal() and len(text) < 10):
                return Answer(None, (), say("a whole number"))
            return Answer(int(text))
        if figure == "conversion":
            try:
                return Answer(read_share(text))
            except Misuse as told:
                return Answer(None, (), told.saying)
        try:
            return Answer(read_amount(text, self.session.desk("promotions").rules.places, nothing=True))
        except Misuse as told:
            return Answer(None, (), told.saying)

    def faint(self, name: str) -> str:
        """What the one like it had."""
        like = self._like or (self._closest() if self._campaign is None else None)
        return "" if like is None or name in ("name", *_STARTS, *_ENDS) else _text(like, name, self.session, ())

    def _closest(self) -> Campaign | None:
        """The newest campaign that is like what is typed so far."""
        name, starts, ends = self.text("name"), self.value("starts_at"), self.value("ends_at")
        if not name:
            return None
        now = self.session.now()
        draft = Campaign(id=0, name=name, starts_at=starts or now, ends_at=ends or now)
        found: list[Campaign] = self.session.desk("campaigns").like(draft)
        return found[0] if found else None

    def read_back(self, values: Mapping[str, Any]) -> Sequence[Line]:  # noqa: ARG002
        like = self._like or (self._closest() if self._campaign is None else None)
        if like is None:
            return ()
        said = _("{name} {year} stands faint in the fields").format(
            name=like.name, year=like.starts_at.astimezone(self.session.zone).year
        )
        return [labelled(_("Like it"), [Span(said, "quiet")])]


def _text(found: Campaign, name: str, session: Session, dates: Sequence[str]) -> str:
    """A field of a campaign as it can be typed again; of the dates only these."""
    if name in _STARTS or name in _ENDS:
        return time_text(getattr(found, name), session) if name in dates else ""
    if name == "skus":
        return joined(found.skus)
    which, _sign, figure = name.partition("_")
    if which in ("expected", "actual") and figure in _FIGURES:
        value = getattr(getattr(found, which), figure)
        if value is None:
            return ""
        return f"{(Decimal(value) * 100).normalize():f}%" if figure == "conversion" else f"{value}"
    if which == "after":
        return ""
    return getattr(found, name) or ""


def _figures(values: Mapping[str, Any], which: str, before: Figures | None = None) -> Said:
    """The figures that differ from what they were; None takes one back."""
    was = before or Figures()
    found = {name: values.get(f"{which}_{name}") for name in _FIGURES}
    return {name: value for name, value in found.items() if value != getattr(was, name)} or None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in values.items() if name.partition("_")[0] not in ("expected", "actual", "after")
    }


def _undated(given: Mapping[str, Any]) -> dict[str, Any]:
    """With a date that was taken out as the desk is told so."""
    return {name: "" if value is None and name in (*_STARTS, *_ENDS) else value for name, value in given.items()}


class CampaignForm(_Form):
    """A new campaign, or one that has not started yet."""

    fields: ClassVar[Sequence[Field]] = (
        *_DATES,
        Field("expected_sales", say("Expected sales")),
        Field("expected_orders", say("Orders")),
        Field("expected_conversion", say("Conversion")),
        Field("note", say("Note")),
    )

    def save(self, values: Mapping[str, Any]) -> Done:
        desk, given, campaign = self.session.desk("campaigns"), _plain(values), self._campaign
        expected = _figures(values, "expected", None if campaign is None else campaign.expected)
        if campaign is not None:
            done: Done = desk.edit(campaign.id, expected=expected, **_undated(given))
            return done
        kept = {name: value for name, value in given.items() if value not in (None, "")}
        added: Done = desk.add(expected=expected, **kept)
        return added


class RunningForm(_Form):
    """One that has started: what was expected stays; what came, and why, is written down."""

    fields: ClassVar[Sequence[Field]] = (*_DATES, *_CAME)

    def save(self, values: Mapping[str, Any]) -> Done:
        assert self._campaign is not None
        given = _plain(values)
        done: Done = self.session.desk("campaigns").edit(
            self._campaign.id, actual=_figures(values, "actual", self._campaign.actual), **_undated(given)
        )
        return done


def _nothing(_result: None) -> None:
    pass


def _unkept(_told: Told) -> None:
    """The next deed that cannot be saved says so; a clock does not interrupt."""


class ReviewForm(_Form):
    """The half hour after a campaign: what came beside what was expected, and why. Its clock counts whole minutes while
    it is open, and goes on where it stood."""

    fields: ClassVar[Sequence[Field]] = _CAME

    def __init__(self, session: Session, campaign: Campaign) -> None:
        super().__init__(session, campaign)
        self._used_before = timedelta(seconds=campaign.review_seconds)
        self._opened_at = session.now()
        self._minute = 0

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._look)

    @property
    def _spent(self) -> timedelta:
        """What is used of the half hour."""
        return self._used_before + max(self.session.now() - self._opened_at, timedelta())

    def heading(self) -> Line:
        return spread(super().heading(), minutes_left(self._spent, REVIEW_TIME), self.cells + 2)

    def _look(self) -> None:
        """Only on the full minute anything is drawn."""
        minutes = self._spent // timedelta(minutes=1)
        if minutes != self._minute:
            self._minute = minutes
            self._show()

    def dismiss(self, result: Done | Back | None = None) -> AwaitComplete:
        """What was used is remembered; where that is not possible, the review goes on without."""
        assert self._campaign is not None
        id, used = self._campaign.id, min(self._spent, REVIEW_TIME)
        if self.session.readonly is None and used // timedelta(minutes=1) > self._used_before // timedelta(minutes=1):
            self.bench.do(lambda: self.session.desk("campaigns").spend(id, used), _nothing, _unkept)
        return super().dismiss(result)

    def faint(self, name: str) -> str:
        """What was expected."""
        if self._campaign is None or not name.startswith("actual_"):
            return ""
        expected = _text(self._campaign, name.replace("actual", "expected"), self.session, ())
        return _("expected {n}").format(n=expected) if expected else ""

    def save(self, values: Mapping[str, Any]) -> Done:
        assert self._campaign is not None
        desk = self.session.desk("campaigns")
        done: Done = desk.edit(
            self._campaign.id, actual=_figures(values, "actual", self._campaign.actual), why=values["why"],
            note=values["note"],
        )  # fmt: skip
        return done


class MeasureForm(_Form):
    """Thirty days on: the refunds of its products' orders, where no order file tells them."""

    fields: ClassVar[Sequence[Field]] = (Field("after_refunds", say("Refunds")), Field("after_money", say("Money")))

    def read(self, name: str, text: str) -> Answer:
        found = super().read(name, text)
        return Answer(None, (), say("needed")) if not text else found

    def save(self, values: Mapping[str, Any]) -> Done:
        assert self._campaign is not None
        after = After(values["after_refunds"], Decimal(values["after_money"]))
        done: Done = self.session.desk("campaigns").measure(self._campaign.id, after)
        return done


def later(session: Session, campaign: Campaign) -> OneLine:
    """What is expected now, once what was expected is locked: a dated note beside it."""

    def read(text: str) -> Understood:
        what, _sign, value = (part.strip() for part in text.partition("="))
        if what and value:
            return Understood((what, value), [Span(f"{what}: {value}", "quiet")])
        return Understood(None, [Span(_("such as: sales=9000"), "quiet")])

    desk = session.desk("campaigns")
    prompt = _("Expected now of {what}").format(what=campaign.ref)
    return OneLine(prompt, read, lambda said: desk.later(campaign.id, *said))
