"""The tables of a market in the settings, `[markets.X]`: its zone and currency, its deadlines, its points."""

from datetime import date
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import DeclaredElsewhere, Number, Text, Texts, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.message_tables import MESSAGE_RULES, REVIEW_RULES
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Country, Currency, Length, WeekTime, When, Zone
from workbench.core.agenda import DueKind
from workbench.core.kinds import KINDS, STAGES, Kind, Stage
from workbench.core.policy import GENERIC, Condition, OnTimeout, TimeSpan
from workbench.core.promotions.model import TOOLS
from workbench.core.saying import Saying, say
from workbench.core.violations.policy import AppealWindows, Milestone, PointsPolicy, Reason, Right, Validity

MARKETS = (GENERIC, "US", "TH", "VN", "ID", "PH", "MY", "SG", "UK")

_POINTS = Number(0, 10_000)
_DAYS = Number(1, 3660)
_CLOCKED = tuple(stage for stage in STAGES if stage not in ("todo", "check", "closed"))


class _Days(Length):
    """A number of days."""

    expected = say('a number of days such as "90d"')

    def read(self, value: Any) -> TimeSpan:
        span = super().read(value)
        if span.unit != "d":
            raise self.refuse(value)
        return span


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


def _low_high(reason: Reason) -> Saying | None:
    if reason.low > reason.high:
        return say("low is above high. Swap the two.")
    return None


APPEALS = TableForm(
    AppealWindows,
    {
        "first_days": (_DAYS, say("Days from the penalty to the end of the first appeal window.")),
        "second_days": (_DAYS, say("Days from the first rejection to the end of the second window.")),
        "tries": (Number(1, 2), say("How often one may appeal.")),
        "answer": (Length(), say("The time the platform takes to answer.")),
        "source": SOURCE,
        "assumed": ASSUMED,
    },
)

MILESTONES = Rows(
    TableForm(
        Milestone,
        {
            "points": (
                _POINTS,
                say("The total at which the penalty falls due; counting down, at or below which."),
            ),
            "penalty": (Texts(), say("What follows.")),
            "source": SOURCE,
            "assumed": ASSUMED,
        },
    ),
    unique="points",
)

VALIDITY = Rows(
    TableForm(
        Validity,
        {
            "days": (_DAYS, say("How many days (n x 24 h) points live.")),
            "effective": EFFECTIVE,
            "source": SOURCE,
            "as_of": AS_OF,
            "assumed": ASSUMED,
            "conflicting": CONFLICTING,
        },
    ),
    least=1,
)

RIGHTS = Rows(
    TableForm(
        Right,
        {
            "name": (Texts(), say("What one has below the number of points.")),
            "below": (_POINTS, say("The number of points from which on it is lost.")),
            "tools": (Many(Word(*TOOLS)), say("The promotion tools that it is.")),
            "source": SOURCE,
        },
    )
)

REASONS = Rows(
    TableForm(
        Reason,
        {
            "id": (
                Text(say("a name of small letters, digits and _"), r"[a-z0-9_]{1,40}"),
                say("Its fixed name."),
            ),
            "name": (Texts(), say("Its name on the screen.")),
            "low": (_POINTS, say("The least points the platform gives for it.")),
            "high": (_POINTS, say("The most points the platform gives for it.")),
            "aliases": (Many(Text(pattern=r".{1,80}")), say("Other words that mean it.")),
            "evidence": (Many(Texts()), say("The evidence that an appeal against it wants.")),
            "source": SOURCE,
        },
        check=_low_high,
    ),
    unique="id",
)

#: A market's own points; what it leaves out is generic's.
POINTS = TableForm(
    PointsPolicy,
    {
        "system": (
            Word("climb", "count_down"),
            say("Whether points add up to the limit or a score falls from start to it."),
        ),
        "limit": (_POINTS, say("The total at which the shop is closed for good.")),
        "start": (_POINTS, say("The score of a new shop, where it counts down.")),
        "top": (_POINTS, say("The highest score there is, where it counts down.")),
        "milestones": (MILESTONES, say("Totals at which a penalty falls due.")),
        "validity": (VALIDITY, say("How long points live, by the day of the violation.")),
        "validity_other": (
            _Days(),
            say("What another source says of how long they live; without effect where the market has a validity."),
        ),
        "validity_reading": (Word("later", "earlier"), say("Which of the two counts; the other is shown beside it.")),
        "appeals": (APPEALS, say("The windows for appeals.")),
        "rights": (RIGHTS, say("Rights that are only had below a number of points.")),
        "reasons": (REASONS, say("Reasons for a violation.")),
        "evidence": (Many(Texts()), say("Evidence that every appeal wants.")),
        "statement_limit": (Number(1, 100_000), say("The longest statement of an appeal, in characters.")),
        "conflicting": CONFLICTING,
    },
)


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
    messages: Annotated[Any, MESSAGE_RULES, say("How messages count.")] = None
    reviews: Annotated[Any, REVIEW_RULES, say("How reviews are treated.")] = None
    deadlines: Annotated[tuple[WrittenDeadline, ...], Rows(TableForm(WrittenDeadline)), say("Its deadline rules.")] = ()
    points: Annotated[Any, POINTS, say("Its violation points.")] = None
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
PARTS = frozenset(field.name for field in msgspec.structs.fields(WrittenMarket) if field.type.__origin__ is Any)
