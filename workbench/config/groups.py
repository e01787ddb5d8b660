"""The groups of settings: each declared once, with form and help; the defaults stand in `config.toml`."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import DeclaredElsewhere, Flag, Number, Text, Word
from workbench.config.markets import MARKETS
from workbench.config.tables import Many, Names, TableForm
from workbench.config.values import Currency, Day, Duration, NightTime, OpenHours, TimeOfDay, Zone
from workbench.core.hours import Hours
from workbench.core.saying import say

if TYPE_CHECKING:
    from workbench.config.alert_tables import AlertRow, Digest, Mail, Push
    from workbench.config.deal_tables import Deals
    from workbench.config.intake_tables import Intake
    from workbench.config.market_tables import WrittenMarket
    from workbench.config.metric_tables import RuleCost
    from workbench.config.plan_tables import CampaignSettings, LiveSettings, Steps
    from workbench.config.profit_tables import ProfitSettings
    from workbench.config.promotion_tables import PromotionSettings
    from workbench.config.routine_tables import WrittenRoutine
    from workbench.config.screen_tables import Backup, CalendarFile, Display, Keys, Me, QueueView, Soon
    from workbench.core.bigdays.events import PlatformEvent
    from workbench.core.issues.types import IssueType

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """The shop: whose rules apply, its zone, its currency."""

    market: Annotated[str, Word(*MARKETS), say("The market whose rules apply.")]
    timezone: Annotated[
        ZoneInfo,
        Zone(),
        say("The zone of its days and of times without offset; left out: the market's main zone."),
    ]
    currency: Annotated[
        str | None, Currency(), say("The currency of amounts typed without one; left out: the market's.")
    ] = None
    language: Annotated[
        Literal["auto", "en", "zh"], Word("auto", "en", "zh"), say("The language of screens and verbs.")
    ]
    day_ends_at: Annotated[time, NightTime(), say("What is logged before this time belongs to the day before.")]
    hours: Annotated[Hours, OpenHours(), say("When messages are answered; empty: always.")] = ()
    name: Annotated[str, Text(), say("The shop's name, for {shop} in a reply.")] = ""
    return_address: Annotated[str, Text(), say("Where returns go, for {return_address} in a reply.")] = ""
    phone: Annotated[str, Text(), say("The shop's own telephone, which returns may name.")] = ""


class MessageGoals(msgspec.Struct, frozen=True, kw_only=True):
    """How soon a person means to answer, by the channel of a message, in open hours."""

    live: Annotated[timedelta, Duration(), say("A question in a live.")]
    comment: Annotated[timedelta, Duration(), say("A comment under a video.")]
    chat: Annotated[timedelta, Duration(), say("A message in the shop's chat.")]
    direct: Annotated[timedelta, Duration(), say("A private message to the account.")]


class Messages(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of buyers."""

    chatbots: Annotated[bool, Flag(), say("All of the platform's chatbots are on: a weekend rule then holds.")]
    goals: Annotated[MessageGoals, TableForm(MessageGoals), say("How soon a person means to answer.")]


class OwnGoals(msgspec.Struct, frozen=True, kw_only=True):
    """By when requests are wanted decided and returns inspected, whatever the platform allows."""

    hours: Annotated[int, Number(1, 1000), say("Within so many hours.")]
    clear_by: Annotated[time, TimeOfDay(), say("What came before this time of the shop's day is wanted done that day.")]
    days: Annotated[
        tuple[str, ...], Many(Word(*WEEKDAYS), least=1), say('The days of the week that count, such as "mon".')
    ]


class DaysOff(msgspec.Struct, frozen=True, kw_only=True):
    """The seller's changes to the public holidays of a market."""

    add: Annotated[tuple[date, ...], Many(Day()), say("Days on which nobody works.")] = ()
    strike: Annotated[tuple[date, ...], Many(Day()), say("Holidays that are worked after all.")] = ()
    worked: Annotated[tuple[date, ...], Many(Day()), say("Days of the weekend that are worked.")] = ()


SHOP = TableForm(Shop)
SOON: "DeclaredElsewhere[Soon]" = DeclaredElsewhere("screen_tables", "SOON")
GOALS = TableForm(OwnGoals)
ME: "DeclaredElsewhere[Me]" = DeclaredElsewhere("screen_tables", "ME")
DISPLAY: "DeclaredElsewhere[Display]" = DeclaredElsewhere("screen_tables", "DISPLAY")
KEYS: "DeclaredElsewhere[Keys]" = DeclaredElsewhere("screen_tables", "KEYS")
CALENDAR: "DeclaredElsewhere[CalendarFile]" = DeclaredElsewhere("screen_tables", "CALENDAR")
BACKUP: "DeclaredElsewhere[Backup]" = DeclaredElsewhere("screen_tables", "BACKUP")
INTAKE: "DeclaredElsewhere[Intake]" = DeclaredElsewhere("intake_tables", "INTAKE")
VIEWS: "DeclaredElsewhere[tuple[QueueView, ...]]" = DeclaredElsewhere("screen_tables", "VIEWS")
ROUTINES: "DeclaredElsewhere[tuple[WrittenRoutine, ...]]" = DeclaredElsewhere("routine_tables", "ROUTINES")
MESSAGES = TableForm(Messages)
ISSUE_TYPES: "DeclaredElsewhere[tuple[IssueType, ...]]" = DeclaredElsewhere("issue_tables", "ISSUE_TYPES")
MARKET: "DeclaredElsewhere[WrittenMarket]" = DeclaredElsewhere("market_tables", "MARKET")
LINT: "DeclaredElsewhere[dict[str, Any]]" = DeclaredElsewhere("lint_tables", "LINT")
PROMOTIONS: "DeclaredElsewhere[PromotionSettings]" = DeclaredElsewhere("promotion_tables", "PROMOTIONS")
LIVES: "DeclaredElsewhere[LiveSettings]" = DeclaredElsewhere("plan_tables", "LIVES")
CAMPAIGNS: "DeclaredElsewhere[CampaignSettings]" = DeclaredElsewhere("plan_tables", "CAMPAIGNS")
EVENTS: "DeclaredElsewhere[tuple[PlatformEvent, ...]]" = DeclaredElsewhere("plan_tables", "EVENTS")
PLANS: "DeclaredElsewhere[tuple[Steps, ...]]" = DeclaredElsewhere("plan_tables", "PLANS")
PROFIT: "DeclaredElsewhere[ProfitSettings]" = DeclaredElsewhere("profit_tables", "PROFIT")
DEALS: "DeclaredElsewhere[Deals]" = DeclaredElsewhere("deal_tables", "DEALS")
ALERTS: "DeclaredElsewhere[tuple[AlertRow, ...]]" = DeclaredElsewhere("alert_tables", "ALERTS")
DIGEST: "DeclaredElsewhere[Digest]" = DeclaredElsewhere("alert_tables", "DIGEST")
MAIL: "DeclaredElsewhere[Mail]" = DeclaredElsewhere("alert_tables", "MAIL")
PUSH: "DeclaredElsewhere[Push]" = DeclaredElsewhere("alert_tables", "PUSH")
RULE: "DeclaredElsewhere[RuleCost]" = DeclaredElsewhere("metric_tables", "RULE")
HOLIDAYS: Names = Names(dict.fromkeys(MARKETS, TableForm(DaysOff)))

#: Everything that may stand in a file.
ROOT = Names(
    {
        "shop": SHOP,
        "soon": SOON,
        "goals": GOALS,
        "me": ME,
        "display": DISPLAY,
        "keys": KEYS,
        "calendar": CALENDAR,
        "backup": BACKUP,
        "intake": INTAKE,
        "messages": MESSAGES,
        "lint": LINT,
        "views": VIEWS,
        "routines": ROUTINES,
        "issue_types": ISSUE_TYPES,
        "promotions": PROMOTIONS,
        "lives": LIVES,
        "campaigns": CAMPAIGNS,
        "profit": PROFIT,
        "deals": DEALS,
        "events": EVENTS,
        "plans": PLANS,
        "alerts": ALERTS,
        "digest": DIGEST,
        "mail": MAIL,
        "push": PUSH,
        "rule": RULE,
        "holidays": HOLIDAYS,
        "markets": Names(dict.fromkeys(MARKETS, MARKET)),
    }
)
