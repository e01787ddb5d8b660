"""What happened to something that has to be seen through: the entries of its timeline, oldest first.

Instants are aware UTC datetimes without microseconds.
"""

from datetime import datetime
from typing import Literal

import msgspec

from workbench.core.kinds import Stage
from workbench.core.turns import DueKind

Who = Literal["seller", "buyer", "carrier", "platform", "import", "auto"]


class Ended(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A stage of the seller's turn that gave way to another open one: when at the latest, and the deadline it had."""

    stage: Stage
    at: datetime
    due: datetime | None = None
    kind: DueKind | None = None


class Event(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One entry of the timeline. `what` is an action name, or opened, import, note, due, edit, closed, reopened.

    `ended` is the seller's stage that it brought to an end, so that it is known later whether that was in time. What a
    closed ticket came from stands in its `closed_from`.
    """

    at: datetime
    who: Who
    what: str
    text: str | None = None
    source: str | None = None
    ended: Ended | None = None
