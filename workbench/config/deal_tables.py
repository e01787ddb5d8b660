"""The settings of deals with creators: their clocks, what a market limits, whom to choose."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from workbench.config.forms import Form, Number, Text, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Names, Rows, TableForm
from workbench.config.values import Duration, Share
from workbench.core.creators.clocks import ON_TIMEOUT, DealClock
from workbench.core.creators.screening import NUMBERS, SHARES, TEXTS, Wanted
from workbench.core.creators.stages import STAGES
from workbench.core.saying import say

CLOCKS = Rows(
    TableForm(
        DealClock,
        {
            "stage": (Word(*(stage for stage in STAGES if stage != "ended")), say("The stage in which it runs.")),
            "within": (Duration(), say("The time there is from the beginning of the stage.")),
            "due_kind": (
                Word("platform", "own"), say("Whether the platform decides against you, or it is your own goal."),
            ),
            "on_timeout": (Word(*ON_TIMEOUT), say("What follows when it is missed.")),
            "effective": EFFECTIVE,
            "source": SOURCE,
            "as_of": AS_OF,
            "assumed": ASSUMED,
            "conflicting": CONFLICTING,
        },
    )
)  # fmt: skip


class Collaborations(msgspec.Struct, frozen=True, kw_only=True):
    """What a market limits of collaborations with creators, as it is written."""

    creators: Annotated[int | None, Number(1, 100_000), say("So many creators in one target collaboration.")] = None
    products: Annotated[int | None, Number(1, 100_000), say("So many products in one target collaboration.")] = None
    lowest_rate: Annotated[Decimal | None, Share(), say("The lowest rate of a target collaboration.")] = None
    messages: Annotated[int | None, Number(1, 1000), say("So many messages before a creator has answered.")] = None
    lowered_after: Annotated[Any, Duration(), say("So long creators who are there keep a rate that was lowered.")] = (
        None
    )
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None
    assumed: Annotated[bool, *ASSUMED] = False


COLLABORATIONS = TableForm(Collaborations)


class Bound(Form[Decimal]):
    """A number, or a share of a figure that is one."""

    expected = say('a number without quotes, or a share such as "2%"')

    def __init__(self, *, share: bool) -> None:
        self.share = share

    def read(self, value: Any) -> Decimal:
        if self.share:
            return Share().read(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**15:
            return Decimal(str(value))
        if isinstance(value, str) and re.fullmatch(r"\d{1,15}(\.\d{1,6})?", value, re.ASCII):
            return Decimal(value)
        raise self.refuse(value)


def _wanted(*, share: bool) -> TableForm[Wanted]:
    return TableForm(
        Wanted,
        {
            "at_least": (Bound(share=share), say("The least that is wanted.")),
            "at_most": (Bound(share=share), say("The most that is wanted.")),
        },
    )


_ONE_OF = TableForm(Wanted, {"one_of": (Many(Text(pattern=r".{1,80}")), say("The words that are wanted."))})
SCREENING = Names(
    dict.fromkeys(NUMBERS, _wanted(share=False))
    | dict.fromkeys(SHARES, _wanted(share=True))
    | dict.fromkeys(TEXTS, _ONE_OF)
)


class Deals(msgspec.Struct, frozen=True, kw_only=True):
    """Deals with creators."""

    invited_a_day: Annotated[int, Number(1, 100_000), say("More invited in a day than this is told.")]
    advised_creators: Annotated[int, Number(1, 100_000), say("More creators in one plan than this is told.")]
    screening: Annotated[
        dict[str, Wanted], SCREENING, say("What is wanted of a creator, by figure; left out: nothing.")
    ] = {}


DEALS = TableForm(Deals)
