"""The tables of a market in the settings, `[markets.X]`: its zone and currency, its deadlines, its points."""

from datetime import date
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from workbench.config.forms import Flag, Number, Text, Texts, Word
from workbench.config.tables import Many, Rows, Table
from workbench.config.values import Country, Currency, Day, Length, When, Zone
from workbench.core.policy import GENERIC, Condition, OnTimeout, Span
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import DueKind
from workbench.core.tickets.stages import KINDS, STAGES, Kind, Stage
from workbench.core.violations.policy import AppealWindows, Milestone, PointsPolicy, Reason, Right, Validity

MARKETS = (GENERIC, "US", "TH", "VN", "ID", "PH", "MY", "SG", "UK")

_SOURCE = (Text(), say("Where the figure comes from."))
_AS_OF = (Day(), say("The day of that page."))
_ASSUMED = (Flag(), say("Nobody official says so."))
_CONFLICTING = (Flag(), say("Sources contradict each other."))
_EFFECTIVE = (Day(), say("The first day on which it holds; left out: always."))
_POINTS = Number(0, 10_000)
_DAYS = Number(1, 3660)
_CLOCKED = tuple(stage for stage in STAGES if stage not in ("todo", "check", "closed"))


class _Days(Length):
    """A number of days."""

    expected = say('a number of days such as "90d"')

    def read(self, value: Any) -> Span:
        span = super().read(value)
        if span.unit != "d":
            raise self.refuse(value)
        return span


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline rule as it is written."""

    kind: Annotated[tuple[Kind, ...], Many(Word(*KINDS), least=1), say("The kinds of ticket it is about.")]
    stage: Annotated[Stage, Word(*_CLOCKED), say("The stage in which it holds.")]
    within: Annotated[Span, Length(), say("The time there is from the beginning of the stage.")]
    when: Annotated[
        Condition | None, When(), say("A condition on the largest single line, in the market's currency.")
    ] = None
    due_kind: Annotated[
        DueKind,
        Word(*get_args(DueKind)),
        say("Whether the platform decides against you, it counts in a rate, or it is your own goal."),
    ] = "platform"
    on_timeout: Annotated[OnTimeout, Word(*get_args(OnTimeout)), say("What follows when it is missed.")] = "none"
    effective: Annotated[date | None, *_EFFECTIVE] = None
    source: Annotated[str, *_SOURCE] = ""
    as_of: Annotated[date | None, *_AS_OF] = None
    assumed: Annotated[bool, *_ASSUMED] = False
    conflicting: Annotated[bool, *_CONFLICTING] = False


def _low_high(reason: Reason) -> Saying | None:
    if reason.low > reason.high:
        return say("low is above high. Swap the two.")
    return None


APPEALS = Table(
    AppealWindows,
    {
        "first_days": (_DAYS, say("Days from the penalty to the end of the first appeal window.")),
        "second_days": (_DAYS, say("Days from the first rejection to the end of the second window.")),
        "tries": (Number(1, 2), say("How often one may appeal.")),
        "answer": (Length(), say("The time the platform takes to answer.")),
        "source": _SOURCE,
        "assumed": _ASSUMED,
    },
)

MILESTONES = Rows(
    Table(
        Milestone,
        {
            "points": (
                _POINTS,
                say("The total at which the penalty falls due; counting down, at or below which."),
            ),
            "penalty": (Texts(), say("What follows.")),
            "source": _SOURCE,
            "assumed": _ASSUMED,
        },
    ),
    unique="points",
)

VALIDITY = Rows(
    Table(
        Validity,
        {
            "days": (_DAYS, say("How many days (n x 24 h) points live.")),
            "effective": _EFFECTIVE,
            "source": _SOURCE,
            "as_of": _AS_OF,
            "assumed": _ASSUMED,
            "conflicting": _CONFLICTING,
        },
    ),
    least=1,
)

RIGHTS = Rows(
    Table(
        Right,
        {
            "name": (Texts(), say("What one has below the number of points.")),
            "below": (_POINTS, say("The number of points from which on it is lost.")),
            "source": _SOURCE,
        },
    )
)

REASONS = Rows(
    Table(
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
            "source": _SOURCE,
        },
        check=_low_high,
    ),
    unique="id",
)

#: A market's own points; what it leaves out is generic's.
POINTS = Table(
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
        "conflicting": _CONFLICTING,
    },
)


class Market(msgspec.Struct, frozen=True, kw_only=True):
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
    deadlines: Annotated[tuple[Deadline, ...], Rows(Table(Deadline)), say("Its deadline rules.")] = ()
    points: Annotated[Any, POINTS, say("Its violation points.")] = None


MARKET = Table(Market)
