"""The violation points of a market in the settings, `[markets.X.points]`."""

from typing import Any

from workbench.config.forms import NAME, Number, Text, Texts, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Length
from workbench.core.policy import TimeSpan
from workbench.core.promotions.model import TOOLS
from workbench.core.saying import Saying, say
from workbench.core.violations.policy import AppealWindows, Milestone, PointsPolicy, Reason, Right, Validity

_POINTS = Number(0, 10_000)
_DAYS = Number(1, 3660)


class _Days(Length):
    """A number of days."""

    expected = say('a number of days such as "90d"')

    def read(self, value: Any) -> TimeSpan:
        span = super().read(value)
        if span.unit != "d":
            raise self.refuse(value)
        return span


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
            "id": (NAME, say("Its fixed name.")),
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
