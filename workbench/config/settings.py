"""The settings in force: the shipped ones with the seller's over them.

Each group is built when it is first asked for, because a start needs few of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config import groups
from workbench.config.forms import Form, T
from workbench.config.groups import DaysOff, Messages, OwnGoals, Shop
from workbench.config.shipped import Shipped

if TYPE_CHECKING:
    from workbench.config.alert_tables import AlertRow, Digest, Mail, Push
    from workbench.config.deal_tables import Deals
    from workbench.config.intake_tables import Intake
    from workbench.config.metric_tables import RuleCost
    from workbench.config.plan_tables import CampaignSettings, LiveSettings, Steps
    from workbench.config.profit_tables import ProfitSettings
    from workbench.config.promotion_tables import PromotionSettings
    from workbench.config.routine_tables import WrittenRoutine
    from workbench.config.screen_tables import Backup, CalendarFile, Display, Keys, Me, QueueView, Soon
    from workbench.core.bigdays.events import PlatformEvent
    from workbench.core.issues.types import IssueType


#: The lists to which the seller's rows are added, and what names a row.
ADDED = {"events": "id", "plans": "event"}


class Settings(msgspec.Struct, frozen=True, dict=True, eq=False):
    """The settings in force. `own` is what the seller's file says and the check let pass."""

    shipped: Shipped
    own: dict[str, Any]

    @cached_property
    def shop(self) -> Shop:
        """The shop; a zone or a currency that is left out is the market's."""
        raw = self.raw("shop")
        market = self.raw_market(raw["market"])
        return groups.SHOP.read({name: market[name] for name in ("timezone", "currency") if name in market} | raw)

    @cached_property
    def soon(self) -> Soon:
        """What is shown as near."""
        return self._read(groups.SOON, "soon")

    @cached_property
    def me(self) -> Me:
        """The seller."""
        return self._read(groups.ME, "me")

    @cached_property
    def display(self) -> Display:
        """The look."""
        return self._read(groups.DISPLAY, "display")

    @cached_property
    def keys(self) -> Keys:
        """The keys."""
        return self._read(groups.KEYS, "keys")

    @cached_property
    def goals(self) -> OwnGoals:
        """By when requests are wanted decided."""
        return self._read(groups.GOALS, "goals")

    @cached_property
    def calendar(self) -> CalendarFile:
        """The calendar file."""
        return self._read(groups.CALENDAR, "calendar")

    @cached_property
    def backup(self) -> Backup:
        """Backups made from the screens."""
        return self._read(groups.BACKUP, "backup")

    @cached_property
    def intake(self) -> Intake:
        """Files from Seller Center."""
        return self._read(groups.INTAKE, "intake")

    @cached_property
    def messages(self) -> Messages:
        """Messages of buyers."""
        return self._read(groups.MESSAGES, "messages")

    @cached_property
    def lint(self) -> dict[str, Any]:
        """The seller's own rules and lists of the lint."""
        return self._read(groups.LINT, "lint")

    @cached_property
    def views(self) -> tuple[QueueView, ...]:
        """The saved views of the queue."""
        return self._read(groups.VIEWS, "views")

    @cached_property
    def routines(self) -> tuple[WrittenRoutine, ...]:
        """The routines of the first screen."""
        return self._read(groups.ROUTINES, "routines")

    @cached_property
    def issue_types(self) -> tuple[IssueType, ...]:
        """The types of issue of the evening log."""
        return self._read(groups.ISSUE_TYPES, "issue_types")

    @cached_property
    def promotions(self) -> PromotionSettings:
        """What is near, and when the calendar rings, of promotions."""
        return self._read(groups.PROMOTIONS, "promotions")

    @cached_property
    def lives(self) -> LiveSettings:
        """What belongs to a live."""
        return self._read(groups.LIVES, "lives")

    @cached_property
    def campaigns(self) -> CampaignSettings:
        """The clocks after a campaign."""
        return self._read(groups.CAMPAIGNS, "campaigns")

    @cached_property
    def events(self) -> tuple[PlatformEvent, ...]:
        """The big days."""
        return self._read(groups.EVENTS, "events")

    @cached_property
    def plans(self) -> tuple[Steps, ...]:
        """What is to be done before an event."""
        return self._read(groups.PLANS, "plans")

    @cached_property
    def alerts(self) -> tuple[AlertRow, ...]:
        """The rules of alerts."""
        return self._read(groups.ALERTS, "alerts")

    @cached_property
    def digest(self) -> Digest:
        """When the message of each day goes."""
        return self._read(groups.DIGEST, "digest")

    @cached_property
    def mail(self) -> Mail:
        """Mail."""
        return self._read(groups.MAIL, "mail")

    @cached_property
    def push(self) -> Push:
        """Push messages."""
        return self._read(groups.PUSH, "push")

    @cached_property
    def rule(self) -> RuleCost:
        """What the trial of a rule reckons with."""
        return self._read(groups.RULE, "rule")

    @cached_property
    def profit(self) -> ProfitSettings:
        """What a profit is reckoned with."""
        return self._read(groups.PROFIT, "profit")

    @cached_property
    def deals(self) -> Deals:
        """Deals with creators."""
        return self._read(groups.DEALS, "deals")

    def days_off(self, market: str) -> DaysOff:
        """The seller's changes to the holidays of `market`."""
        found: DaysOff = self._read(groups.HOLIDAYS, "holidays").get(market, DaysOff())
        return found

    def raw(self, group: str) -> Any:
        """A group as it would be written: the seller's tables merged in, his lists in place of others, or added."""
        shipped, own = self.shipped.section(group), self.own.get(group, {})
        return added(shipped, own, ADDED[group]) if own and group in ADDED else merged(shipped, own)

    def raw_market(self, market: str) -> dict[str, Any]:
        """The table of a market with its deadlines; its other parts are left out."""
        from workbench.config.market_tables import PARTS

        own = {name: each for name, each in self._own_market(market).items() if name not in PARTS}
        table: dict[str, Any] = merged(self.shipped.section("markets", market), own)
        return table

    def raw_part(self, market: str, part: str) -> Any:
        """A part of a market as it would be written, such as its points; empty where it has none."""
        own = self._own_market(market).get(part, {})
        return merged(self.shipped.section("markets", market, part), own)

    def _own_market(self, market: str) -> dict[str, Any]:
        found: dict[str, Any] = self.own.get("markets", {}).get(market, {})
        return found

    def _read(self, form: Form[T], group: str) -> T:
        return form.read(self.raw(group))


def added(shipped: list[dict[str, Any]], own: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The seller's rows beside those that were shipped; one of the same name, by `key`, takes its place."""
    names = {row.get(key) for row in own}
    return [*(row for row in shipped if row.get(key) not in names), *own]


def merged(shipped: Any, own: Any) -> Any:
    """Tables merge key by key; anything else of the seller's replaces what was shipped."""
    if not isinstance(shipped, dict) or not isinstance(own, dict):
        return own if own != {} else shipped
    return shipped | {name: merged(shipped.get(name, {}), each) for name, each in own.items()}
