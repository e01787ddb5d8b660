"""The settings of the plan: events and the steps before them, campaigns, what belongs to a live."""

from datetime import timedelta
from typing import Annotated

import msgspec

from workbench.config.forms import NAME, Text, Texts
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Country, Duration
from workbench.core.bigdays.events import MONTHS, WEEKDAYS, PlatformEvent, nth
from workbench.core.bigdays.plan import Template
from workbench.core.saying import Saying, say

_DAY = Text(say('a day such as "11-11" (month, day)'), r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_NTH = Text(
    say('a weekday of a month such as "4 thu nov" or "4 thu nov +1d"'),
    rf"[1-5] ({'|'.join(WEEKDAYS)}) ({'|'.join(MONTHS)})( [+-]\d{{1,3}}d)?",
)
_AROUND = Text(
    say('"-21d" from the day, or "04-01" of its year'), r"[+-]\d{1,3}d|(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
)


def _one_way(event: PlatformEvent) -> Saying | None:
    if sum(way is not None for way in (event.day, event.nth, event.holiday)) != 1:
        return say("Say when it is in one way: day, nth or holiday.")
    if event.nth is not None and all(nth(event.nth, year) is None for year in range(2026, 2034)):
        return say("No year has such a day.")
    return None


EVENTS = Rows(
    TableForm(
        PlatformEvent,
        {
            "id": (NAME, say("Its fixed name.")),
            "name": (Texts(), say("Its name on the screen.")),
            "day": (_DAY, say("The day of every year.")),
            "nth": (_NTH, say("The n-th weekday of a month, and days after it.")),
            "holiday": (
                Text(pattern=r".{1,80}"),
                say("The public holiday whose first day it is, by its English name."),
            ),
            "country": (Country(), say("The country of that holiday.")),
        },
        check=_one_way,
    ),
    unique="id",
)


class Steps(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of an event, as it is written."""

    event: Annotated[str, NAME, say("The event it is for.")]
    steps: Annotated[
        tuple[Template, ...],
        Rows(
            TableForm(
                Template,
                {
                    "id": (NAME, say("Its fixed name.")),
                    "title": (Texts(), say("What is to be done.")),
                    "begins": (_AROUND, say("From which day on.")),
                    "ends": (_AROUND, say("By the end of which day.")),
                    "wanted": (Texts(), say("What is to be written down.")),
                },
            ),
            unique="id",
            least=1,
        ),
        say("Its steps."),
    ]


class CampaignSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Campaigns."""

    review_after: Annotated[timedelta, Duration(), say("For so long after the end there is time for the review.")]
    measure_after: Annotated[timedelta, Duration(), say("So long after the end it is measured again.")]
    alarms: Annotated[tuple[timedelta, ...], Many(Duration()), say("How long before its dates the calendar rings.")]


class WrittenCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a live's checklist, as it is written."""

    title: Annotated[dict[str, str], Texts(), say("What is to be done.")]
    within: Annotated[timedelta | None, Duration(), say("Within so long after the live; left out: whenever.")] = None


class LiveSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Lives."""

    before: Annotated[tuple[WrittenCheck, ...], Many(TableForm(WrittenCheck)), say("What is to be ready before one.")]
    after: Annotated[tuple[WrittenCheck, ...], Many(TableForm(WrittenCheck)), say("What is owed after one.")]
    alarms: Annotated[
        tuple[timedelta, ...], Many(Duration()), say("How long before it, and before what is owed, the calendar rings.")
    ]


PLANS = Rows(TableForm(Steps), unique="event")
CAMPAIGNS = TableForm(CampaignSettings)
LIVES = TableForm(LiveSettings)
