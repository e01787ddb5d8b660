"""The settings of alerts: the rules, when the digest goes, mail and push."""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from workbench.config.forms import NAME, Flag, Form, Number, Text, Word
from workbench.config.metric_tables import MetricFigure
from workbench.config.tables import Rows, TableForm
from workbench.config.values import NightTime, PathForm
from workbench.core.alerts.rules import Is, Scope
from workbench.core.saying import Saying, say

_WORD = Text(say("the name of a metric, or issues, import, log, routine"), r"[a-z0-9_]{1,40}")


class Chance(Form[float]):
    """A probability."""

    expected = say("a probability such as 0.01, above 0 and at most 0.5")

    def read(self, value: Any) -> float:
        if not isinstance(value, float) or not 0 < value <= 0.5:
            raise self.refuse(value)
        return value


class AlertRow(msgspec.Struct, frozen=True, kw_only=True, rename={"kind": "is", "for_days": "for"}):
    """A rule, as it is written."""

    id: Annotated[str, NAME, say("Its fixed name.")]
    metric: Annotated[
        str, _WORD, say("What it looks at: a metric, or issues of the log; of silent also import, log, routine.")
    ]
    kind: Annotated[Is, Word("above", "below", "rising_days", "unusual", "silent", "gate"), say("What makes it speak.")]
    scope: Annotated[
        Scope, Word("shop", "sku", "sku_type", "creator"), say("Whether it looks at the shop, or at each part of it.")
    ] = "shop"
    value: Annotated[
        Decimal | None, MetricFigure(), say("The line; left out: what the metric is measured by.")
    ] = None  # fmt: skip
    near: Annotated[Decimal | None, MetricFigure(), say("From so near on the good side of the line on it speaks.")] = (
        None
    )
    n: Annotated[int, Number(1, 60), say("So many days running of rising_days; so many days without of silent.")] = 3
    w: Annotated[int, Number(1, 60), say("The days that unusual looks at, today included.")] = 7
    before: Annotated[int, Number(28, 365), say("The days before them, which say what is usual.")] = 60
    p: Annotated[float, Chance(), say("How seldom chance may give so many.")] = 0.01
    min: Annotated[int, Number(1, 1000), say("With fewer than so many it never speaks.")] = 3
    for_days: Annotated[int, Number(1, 60), say("It must hold on so many days running.")] = 1
    keep: Annotated[int, Number(1, 60), say("It ends after so many days on which it does not hold.")] = 1


def _whole(row: AlertRow) -> Saying | None:
    if row.kind in ("above", "below") and row.value is None and row.metric == "issues":
        return say("above and below need a value.")
    if (row.kind == "silent") != (row.metric in ("import", "log", "routine")):
        return say("silent looks at import, log or routine, and what looks at these is silent.")
    if row.kind == "gate" and row.near is None:
        return say("gate needs near: from how near on it speaks.")
    return None


ALERTS = Rows(TableForm(AlertRow, check=_whole), unique="id")


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """The message of each day."""

    at: Annotated[time, NightTime(), say("The first alerts --send after this time of the shop's day sends it.")]


class Mail(msgspec.Struct, frozen=True, kw_only=True, rename={"sender": "from"}):
    """Mail over SMTP; off while host is empty."""

    host: Annotated[str, Text(pattern=r"[^\s/]{0,253}"), say("The server that takes mail; empty: no mail.")]
    port: Annotated[int, Number(0, 65535), say("Its port; 0: 465 for tls, 587 for starttls, 25 for none.")]
    security: Annotated[
        Literal["tls", "starttls", "none"], Word("tls", "starttls", "none"), say("How the connection is kept secret.")
    ]
    user: Annotated[str, Text(), say("The name to log in with; empty: none.")]
    sender: Annotated[str, Text(), say("The address it comes from; empty: the one it goes to.")]
    to: Annotated[str, Text(), say("The address it goes to.")]
    ca_file: Annotated[Path | None, PathForm(""), say("Certificates to check the server by, in place of the system's.")]
    password_file: Annotated[
        Path | None, PathForm(""), say("The file with the password, readable by you alone; see also the guide.")
    ]
    words: Annotated[bool, Flag(), say("Whether messages may hold names, order numbers and buyers' words.")]


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """Push messages; they need the extra [push]."""

    file: Annotated[
        Path | None, PathForm(""), say("The file with lines push = URL, readable by you alone; empty: the password's.")
    ]


MAIL = TableForm(Mail)
PUSH = TableForm(Push)
DIGEST = TableForm(Digest)
