"""The way of a deal: its stages, whose turn each is, the actions that are legal in it. A table; `moves` follows it."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from workbench.core.turns import Turn

Stage = Literal[
    "candidate", "invited", "talking", "agreed", "sample_review", "sample_to_send", "sample_on_way", "content_due",
    "posted", "running", "ended",
]  # fmt: skip
Outcome = Literal["declined", "silent", "failed", "done"]

STAGES: tuple[Stage, ...] = get_args(Stage)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

#: Whose move it is; None where nobody has to act, or the deal has ended.
TURN: dict[Stage, Turn | None] = {
    "candidate": "seller", "invited": "seller", "talking": "seller", "agreed": "seller", "sample_review": "seller",
    "sample_to_send": "seller", "sample_on_way": "carrier", "content_due": "seller", "posted": "seller",
    "running": None, "ended": None,
}  # fmt: skip


class DealAction(msgspec.Struct, frozen=True):
    """One action: where it leads, or (`outcome`) how it ends the deal. With neither the deal stays where it is."""

    name: str
    stage: Stage | None = None
    outcome: Outcome | None = None


_BY_STAGE: dict[Stage, tuple[DealAction, ...]] = {
    "candidate": (DealAction("invite", "invited"), DealAction("skip", "ended", "declined")),
    "invited": (DealAction("message"), DealAction("answered", "talking"), DealAction("silent", "ended", "silent")),
    "talking": (DealAction("agree", "agreed"), DealAction("message")),
    "agreed": (
        DealAction("sample_asked", "sample_review"),
        DealAction("no_sample", "content_due"),
        DealAction("renegotiate", "talking"),
    ),
    "sample_review": (DealAction("approve", "sample_to_send"), DealAction("reject", "talking")),
    "sample_to_send": (DealAction("sent", "sample_on_way"),),
    "sample_on_way": (DealAction("arrived", "content_due"),),
    "content_due": (DealAction("posted", "posted"), DealAction("failed", "ended", "failed")),
    "posted": (DealAction("run", "running"),),
    "running": (DealAction("end", "ended", "done"),),
    "ended": (),
}
_EVERYWHERE = (DealAction("decline", "ended", "declined"), DealAction("close", "ended", "done"))

#: Every action name there is, for the check of a call before the deal is known.
ACTIONS: tuple[str, ...] = tuple(
    dict.fromkeys(each.name for actions in (*_BY_STAGE.values(), _EVERYWHERE) for each in actions)
)


def legal(stage: Stage) -> tuple[DealAction, ...]:
    """The actions of a stage, the usual ones first; a deal that has ended has none."""
    return () if stage == "ended" else (*_BY_STAGE[stage], *_EVERYWHERE)
