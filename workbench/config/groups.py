"""The groups of settings: each declared once, with form and help; the defaults stand in `config.toml`."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import DeclaredElsewhere, Flag, Number, ShortTexts, Text, Texts, Word
from workbench.config.market_tables import MARKET, MARKETS
from workbench.config.tables import Many, Names, Pairs, Rows, TableForm
from workbench.config.values import (
    Currency,
    Day,
    Duration,
    EncodingName,
    Filter,
    NightTime,
    OpenHours,
    PathForm,
    TimeOfDay,
    Zone,
)
from workbench.core.hours import Hours
from workbench.core.issues.types import IssueType
from workbench.core.routines.periods import Repeat
from workbench.core.saying import Saying, say

if TYPE_CHECKING:
    from workbench.config.alert_tables import AlertRow, Digest, Mail, Push
    from workbench.config.deal_tables import Deals
    from workbench.config.metric_tables import RuleCost
    from workbench.config.plan_tables import CampaignSettings, LiveSettings, Steps
    from workbench.config.profit_tables import ProfitSettings
    from workbench.config.promotion_tables import PromotionSettings
    from workbench.core.bigdays.events import PlatformEvent

_ID = Text(say("a name of small letters, digits and _, at most 40"), r"[a-z0-9_]{1,40}")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STATUS = Word(
    *("To process", "In process", "Completed", "Refund rejected", "Canceled", "Cancelled"),
    *("To ship", "Shipped", "Awaiting shipment", "Awaiting collection", "In transit", "Delivered", "Unpaid", "On hold"),
)
_TYPE = Word("Refund only", "Return and refund", "Cancel", "Return/Refund")


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


class Soon(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown as near."""

    tickets: Annotated[timedelta, Duration(), say("A ticket that is due within this time.")]
    appeals: Annotated[timedelta, Duration(), say("An appeal window that closes within this time.")]
    points: Annotated[int, Number(0, 1000), say("So many points below the next milestone.")]
    on_time: Annotated[int, Number(1, 100), say("The share of a month's cases to be handled in time, in per cent.")]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The seller."""

    timezone: Annotated[ZoneInfo | None, Zone(auto=True), say("The zone the seller lives in; auto: this machine's.")]


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """The look."""

    theme: Annotated[
        str, Text(say("the name of a theme"), r"[a-z0-9][a-z0-9_-]{0,39}"), say("The theme of the screens.")
    ]


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys. Whether the commands and keys exist is checked by `keymap.check_keymap`."""

    preset: Annotated[Literal["default", "vim"], Word("default", "vim"), say("The keys to begin with.")]
    bind: Annotated[
        dict[str, tuple[str, ...]],
        Pairs(Many(Text(say("the name of a key"), r"\S{1,40}"))),
        say("Keys of your own, by the id of the command."),
    ]


class CalendarFile(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar file."""

    write_to: Annotated[Path | None, PathForm(""), say("A file that is written anew after each change; empty: none.")]


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """Backups made from the screens."""

    folder: Annotated[
        Path | None, PathForm(""), say("The folder that the palette's backup offers; empty: beside the daily ones.")
    ]


class WrittenPage(msgspec.Struct, frozen=True, kw_only=True):
    """An encoding that a spreadsheet writes without saying so (`intake.model.CodePage`)."""

    name: Annotated[str, EncodingName(), say("Its name.")]
    scripts: Annotated[
        tuple[str, ...],
        Many(Text(say("a word of capitals"), r"[A-Z-]{1,40}"), least=1),
        say("The scripts of its letters: the first words of their names in Unicode."),
    ]
    markets: Annotated[tuple[str, ...], Many(Word(*MARKETS)), say("The markets whose files it is tried for.")] = ()
    everywhere: Annotated[bool, Flag(), say("Whether it is tried for all of them.")] = False
    doubts: Annotated[bool, Flag(), say("Whether a file that makes sense in it makes the encoding a guess.")] = False


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """Files from Seller Center. The words of other languages are trimmed and case-folded here."""

    downloads: Annotated[Path | None, PathForm("auto"), say("The folder in which new exports are looked for.")]
    status: Annotated[
        dict[str, str],
        Pairs(_STATUS, fold=True),
        say("Words of Return Status and Order Status, and the English word of each."),
    ]
    type: Annotated[
        dict[str, str],
        Pairs(_TYPE, fold=True),
        say("Words of Return Type, and the English word of each."),
    ]
    header: Annotated[
        dict[str, str],
        Pairs(Text(say("the name of a column"), r".{1,80}"), fold=True),
        say("Headers, and the English header of each."),
    ]
    platform_fulfils: Annotated[
        tuple[str, ...],
        Many(Text(say("a word of Fulfillment Type"), r".{1,80}")),
        say("Words of Fulfillment Type under which the platform ships, and you have nothing to hand over."),
    ] = ()
    pages: Annotated[
        tuple[WrittenPage, ...],
        Rows(TableForm(WrittenPage), unique="name"),
        say("The encodings of spreadsheets that do not tell theirs, in the order in which they are tried."),
    ] = ()


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


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """A saved view of the queue."""

    digit: Annotated[int, Number(1, 9), say("The digit that opens it.")]
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    filter: Annotated[str, Filter(), say("Which tickets it shows, written as for queue --filter.")]


class WrittenRoutine(msgspec.Struct, frozen=True, kw_only=True):
    """A routine on the first screen."""

    id: Annotated[str, _ID, say("Its fixed name.")]
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    every: Annotated[
        Literal["week", "monday", "quarter"] | None,
        Word("week", "monday", "quarter"),
        say("How often it comes up, in older words: week is after 7d, the others are a grid."),
    ] = None
    after: Annotated[timedelta | None, Duration(), say("So long after the last time.")] = None
    grid: Annotated[
        Literal["monday", "month", "quarter"] | None,
        Word("monday", "month", "quarter"),
        say("On Mondays, on the first of a month or of a quarter; what was missed is counted."),
    ] = None
    each: Annotated[Literal["live"] | None, Word("live"), say("Once for each live.")] = None
    due_from: Annotated[timedelta, Duration(), say("So long after its day it is due; left out: on its day.")] = (
        timedelta()
    )
    late_from: Annotated[
        timedelta | None, Duration(), say("So long after its day it is late; left out: when the next one is due.")
    ] = None

    @property
    def way(self) -> Repeat:
        """How it repeats; whole days, what is begun counts."""
        if self.every is not None:
            found = Repeat.every(self.every)
        else:
            found = Repeat(after=_days(self.after), grid=self.grid, each=self.each)
        return msgspec.structs.replace(
            found, due_from=_days(self.due_from) or 0, late_from=_days(self.late_from)
        )  # fmt: skip


def _days(span: timedelta | None) -> int | None:
    return None if span is None else -(-span // timedelta(days=1))


def _one_way(routine: WrittenRoutine) -> Saying | None:
    """What is wrong with how often it comes up."""
    ways = (routine.every, routine.after, routine.grid, routine.each)
    if sum(way is not None for way in ways) != 1:
        return say("Say how it repeats in one way: after, grid or each.")
    if routine.after is not None and not routine.after:
        return say("Nothing repeats after no time.")
    return None


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


ISSUE_TYPES = Rows(
    TableForm(
        IssueType,
        {
            "id": (_ID, say("Its fixed name.")),
            "name": (Texts(), say("Its name on the screen.")),
            "short": (ShortTexts(), say("Its name at the head of a column.")),
            "aliases": (Many(Text(pattern=r".{1,80}")), say("Other words that mean it.")),
            "check": (Texts(), say("What to look at when it comes up.")),
        },
    ),
    unique="id",
)

SHOP = TableForm(Shop)
SOON = TableForm(Soon)
GOALS = TableForm(OwnGoals)
ME = TableForm(Me)
DISPLAY = TableForm(Display)
KEYS = TableForm(Keys)
CALENDAR = TableForm(CalendarFile)
BACKUP = TableForm(Backup)
INTAKE = TableForm(Intake)
VIEWS = Rows(TableForm(QueueView), unique="digit")
ROUTINES = Rows(TableForm(WrittenRoutine, check=_one_way), unique="id")
MESSAGES = TableForm(Messages)
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
