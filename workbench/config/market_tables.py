"""The tables of a market in the settings, `[markets.X]`: its zone and currency, its deadlines, its points."""

from datetime import date
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import DeclaredElsewhere, Number, Text, Texts, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Country, Currency, Length, WeekTime, When, Zone
from workbench.core.kinds import KINDS, STAGES, Kind, Stage
from workbench.core.policy import Condition, OnTimeout, TimeSpan
from workbench.core.saying import say
from workbench.core.turns import DueKind

_CLOCKED = tuple(stage for stage in STAGES if stage not in ("todo", "check", "closed"))


class WrittenDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline rule as it is written."""

    kind: Annotated[tuple[Kind, ...], Many(Word(*KINDS), least=1), say("The kinds of ticket it is about.")]
    stage: Annotated[Stage, Word(*_CLOCKED), say("The stage in which it holds.")]
    within: Annotated[TimeSpan, Length(), say("The time there is from the beginning of the stage.")]
    when: Annotated[
        Condition | None, When(), say("A condition on the largest single line, in the market's currency.")
    ] = None
    due_kind: Annotated[
        DueKind,
        Word(*get_args(DueKind)),
        say("Whether the platform decides against you, it counts in a rate, or it is your own goal."),
    ] = "platform"
    on_timeout: Annotated[OnTimeout, Word(*get_args(OnTimeout)), say("What follows when it is missed.")] = "none"
    effective: Annotated[date | None, *EFFECTIVE] = None
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None
    assumed: Annotated[bool, *ASSUMED] = False
    conflicting: Annotated[bool, *CONFLICTING] = False
    weekend: Annotated[
        tuple[int, int] | None,
        WeekTime(),
        say("Until when what begins at a weekend may be answered, where [messages] chatbots is true."),
    ] = None


class WrittenMarket(msgspec.Struct, frozen=True, kw_only=True):
    """One market as it is written."""

    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    timezone: Annotated[ZoneInfo, Zone(), say("Its main zone.")]
    export_timezone: Annotated[
        ZoneInfo | None, Zone(), say("The zone of the times in export files; left out: the shop's.")
    ] = None
    currency: Annotated[str | None, Currency(), say("Its currency, an ISO 4217 code.")] = None
    holidays: Annotated[
        str,
        Country(),
        say("The country whose public holidays are days off; empty: none."),
    ] = ""
    subdivision: Annotated[
        str,
        Text(say("the code of a part of the country"), r"[A-Z0-9]{0,6}"),
        say("The part of that country whose holidays count; empty: those of the whole country."),
    ] = ""
    disputable_days: Annotated[
        int | None, Number(1, 366), say("For so many days the buyer may still dispute a rejection.")
    ] = None
    languages: Annotated[
        tuple[str, ...],
        Many(Text(say("a language tag such as th"), r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")),
        say("The languages that its buyers write in, the first one first."),
    ] = ()
    messages: Annotated[Any, DeclaredElsewhere("message_tables", "MESSAGE_RULES"), say("How messages count.")] = None
    reviews: Annotated[Any, DeclaredElsewhere("message_tables", "REVIEW_RULES"), say("How reviews are treated.")] = None
    deadlines: Annotated[tuple[WrittenDeadline, ...], Rows(TableForm(WrittenDeadline)), say("Its deadline rules.")] = ()
    points: Annotated[Any, DeclaredElsewhere("points_tables", "POINTS"), say("Its violation points.")] = None
    metrics: Annotated[Any, DeclaredElsewhere("metric_tables", "METRICS"), say("What it measures of a shop.")] = None
    promotions: Annotated[
        Any, DeclaredElsewhere("promotion_tables", "LIMITS"), say("What it allows of promotions, tool by tool.")
    ] = None
    fees: Annotated[Any, DeclaredElsewhere("profit_tables", "FEES"), say("What its platform takes of an order.")] = None
    profit: Annotated[
        Any, DeclaredElsewhere("profit_tables", "PRICE_TAX"), say("What of the price is the seller's tax.")
    ] = None
    deals: Annotated[Any, DeclaredElsewhere("deal_tables", "CLOCKS"), say("The clocks of deals with creators.")] = None
    collaborations: Annotated[
        Any, DeclaredElsewhere("deal_tables", "COLLABORATIONS"), say("What it limits of collaborations with creators.")
    ] = None


MARKET = TableForm(WrittenMarket)
#: What a domain says of a market: a section of its own, read when that domain asks for it.
PARTS = frozenset(name for name, (form, _) in MARKET.described.items() if isinstance(form, DeclaredElsewhere))
