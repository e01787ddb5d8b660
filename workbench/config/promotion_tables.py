"""The settings of promotions: what a market allows of each tool, and what is shown as near."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from workbench.config.forms import Form, Number, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Names, Rows, TableForm
from workbench.config.values import Duration, Share
from workbench.core.promotions.limits import Lock
from workbench.core.promotions.model import TOOLS, Tool
from workbench.core.saying import say


class Locked(Form[Lock | None]):
    """What cannot be changed while it runs: all of it, nothing, or its start."""

    expected = say('true, false or "start"')

    def read(self, value: Any) -> Lock | None:
        if type(value) is bool:
            return "all" if value else None
        if value != "start":
            raise self.refuse(value)
        return "start"


class PromotionRule(msgspec.Struct, frozen=True, kw_only=True):
    """What a market allows of one tool, as it is written."""

    tool: Annotated[Tool, Word(*TOOLS), say("The tool it is about.")]
    longest: Annotated[timedelta | None, Duration(), say("The longest it may run.")] = None
    shortest: Annotated[timedelta | None, Duration(), say("The shortest it may run.")] = None
    price: Annotated[
        Literal["below", "at_most"] | None,
        Word("below", "at_most"),
        say("Whether the price must lie below the floor, or at most at it."),
    ] = None
    floor_window: Annotated[timedelta | None, Duration(), say("How far back the floor looks.")] = None
    rank: Annotated[int | None, Number(1, 99), say("Which price is shown where several run: 1 goes first.")] = None
    locked: Annotated[
        Lock | None, Locked(), say("Whether it cannot be changed while it runs, or only its start cannot.")
    ] = None
    second: Annotated[
        Literal["refused"] | None,
        Word("refused"),
        say("Whether a second one of the same SKU is refused even where they do not overlap."),
    ] = None
    republish: Annotated[
        timedelta | None, Duration(), say("For so long after its end the platform can bring it back.")
    ] = None
    effective: Annotated[date | None, *EFFECTIVE] = None
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None
    assumed: Annotated[bool, *ASSUMED] = False
    conflicting: Annotated[bool, *CONFLICTING] = False


class WrittenNear(msgspec.Struct, frozen=True, kw_only=True):
    """From when on an end is near, as it is written."""

    share: Annotated[Decimal, Share(), say("The share of its length before the end from which on it is near.")]
    least: Annotated[timedelta, Duration(), say("At least so long before.")]
    most: Annotated[timedelta, Duration(), say("At most so long before.")]


class PromotionSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Promotions."""

    near: Annotated[WrittenNear, TableForm(WrittenNear), say("From when on the end of a price to be kept is near.")]
    alarms: Annotated[
        dict[str, tuple[timedelta, ...]],
        Names(dict.fromkeys(TOOLS, Many(Duration()))),
        say("How long before the end the calendar rings, by tool."),
    ]


#: What a market writes under `promotions`.
LIMITS = Rows(TableForm(PromotionRule))
PROMOTIONS = TableForm(PromotionSettings)
