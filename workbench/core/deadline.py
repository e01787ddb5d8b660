"""A deadline and its steps: by when somebody must act, and how that was found, so that anyone can add it up again.

Instants are aware UTC datetimes without microseconds.
"""

from datetime import datetime
from typing import Literal

import msgspec

from workbench.core.turns import DueKind


class Step(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One step of a deadline: after it the clock stands at `at`, `seconds` later than after the step before.

    `name` of a skip is "weekend" or the holiday's own name; of a stated step, who or which file stated it.
    """

    what: Literal["start", "skip", "run", "stated"]
    at: datetime
    seconds: int = 0
    name: str = ""


class Deadline(msgspec.Struct, frozen=True, omit_defaults=True):
    """By when the one whose turn it is must act, and how that was found.

    `rule` is the id of the policy rule ("" where stated). `goal_at` is the seller's own goal beside a stronger rule.
    `latest` is beside `at` where the beginning is not known: the earliest and the latest it can be.
    `policy` is the fingerprint of the policy that the rule was taken from: another one means "compute again".
    """

    policy: str
    at: datetime | None = None
    kind: DueKind | None = None
    source: Literal["stated", "rule"] | None = None
    rule: str = ""
    assumed: bool = False
    on_timeout: str | None = None
    goal_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    latest: datetime | None = None

    @property
    def over_at(self) -> datetime | None:
        """From when on it is certainly missed."""
        return self.latest or self.at
