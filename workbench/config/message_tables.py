"""How messages and reviews count in a market, as it is written: `[markets.X.messages]`, `[markets.X.reviews]`."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from workbench.config.forms import Flag, Number, Texts, Word
from workbench.config.marks import AS_OF, SOURCE
from workbench.config.tables import TableForm
from workbench.config.values import Length, RateTarget
from workbench.core.policy import TimeSpan
from workbench.core.rates import Target
from workbench.core.saying import say


class MessageRules(msgspec.Struct, frozen=True, kw_only=True):
    """How messages count in a market."""

    automatic: Annotated[
        Literal["waits", "answered", "excluded"],
        Word("waits", "answered", "excluded"),
        say("What an automatic answer is: the case still waits, it is answered, or it is in no rate."),
    ] = "waits"
    greeting_answers: Annotated[bool, Flag(), say("Whether a greeting alone is an answer.")] = True
    days: Annotated[int, Number(1, 366), say("The days of the rate's window.")] = 30
    target: Annotated[Target | None, RateTarget(), say("The line of the share that is answered in time.")] = None
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None


class WrittenMayAsk(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a buyer may be asked to change a review."""

    answer: Annotated[
        Literal["no", "advised", "unknown"],
        Word("no", "advised", "unknown"),
        say("What the market's page says: it forbids, it advises, nothing is known."),
    ] = "unknown"
    text: Annotated[dict[str, str] | None, Texts(), say("What it says.")] = None
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None


class ReviewRules(msgspec.Struct, frozen=True, kw_only=True):
    """How reviews are treated in a market."""

    report_within: Annotated[
        TimeSpan | None, Length(), say("How long a review can be reported, from the day it was written.")
    ] = None
    first_counts: Annotated[bool, Flag(), say("Whether the first rating counts for good, whatever is edited.")] = False
    may_ask: Annotated[
        WrittenMayAsk, TableForm(WrittenMayAsk), say("Whether a buyer may be asked to change a review.")
    ] = WrittenMayAsk()
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None


MESSAGE_RULES = TableForm(MessageRules)
REVIEW_RULES = TableForm(ReviewRules)
