"""What an action makes of a deal. It follows the table of `stages`; nothing else moves a deal on."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workbench.core.creators.model import Deal, DealEntry
from workbench.core.creators.stages import ACTIONS, STAGES, DealAction, Stage, legal
from workbench.core.saying import Misuse, Refusal, say


def action_of(deal: Deal, name: str) -> DealAction:
    """The action of this name. `Misuse` where there is none, `Refusal` where it is not legal in the deal's stage."""
    if name not in ACTIONS:
        raise Misuse(say('There is no action "{name}". Known: {known}.', name=name, known=", ".join(ACTIONS)))
    for each in legal(deal.stage):
        if each.name == name:
            return each
    known = ", ".join(each.name for each in legal(deal.stage))
    if not known:
        raise Refusal(say("{ref} has ended. Reopen it first.", ref=deal.ref))
    raise Refusal(
        say('"{name}" is not possible for {ref} while it is {stage}. Possible: {known}.', name=name, ref=deal.ref,
            stage=deal.stage, known=known)
    )  # fmt: skip


def act(deal: Deal, name: str, at: datetime, because: str | None = None) -> Deal:
    """The deal after an action at an instant. `Refusal` where it is not legal, or before what was done last."""
    action = action_of(deal, name)
    # A candidate may have been invited before he was written down.
    if at < deal.stage_since and deal.stage != "candidate":
        raise Refusal(say("{ref} was not {stage} by then. Give a later time.", ref=deal.ref, stage=deal.stage))
    moved = action.stage is not None
    ended = action.stage == "ended"
    return msgspec.structs.replace(
        deal,
        stage=action.stage if action.stage is not None else deal.stage,
        stage_since=at if moved else deal.stage_since,
        outcome=action.outcome if ended else None,
        closed_at=at if ended else None,
        because=because if because else (None if moved and not ended else deal.because),
        messages=deal.messages + (name == "message"),
        story=(*deal.story, DealEntry(at, name, None, because)),
    )


def reopened(deal: Deal, stage: str | None, at: datetime) -> Deal:
    """An ended deal in the stage named, else in the one it ended from."""
    if deal.open:
        raise Refusal(say("{ref} has not ended.", ref=deal.ref))
    if stage is not None and (stage not in STAGES or stage == "ended"):
        known = ", ".join(each for each in STAGES if each != "ended")
        raise Misuse(say('There is no stage "{stage}". Known: {known}.', stage=stage, known=known))
    to: Stage = stage if stage is not None else _before(deal)
    return msgspec.structs.replace(
        deal, stage=to, stage_since=at, outcome=None, closed_at=None, because=None,
        story=(*deal.story, DealEntry(at, "reopen", to)),
    )  # fmt: skip


def _before(deal: Deal) -> Stage:
    """The stage in which it was when it ended: its story, followed again."""
    stage: Stage = "candidate"
    for entry in deal.story:
        if entry.what == "reopen" and entry.text in STAGES:
            stage = entry.text
            continue
        to = next((each.stage for each in legal(stage) if each.name == entry.what), None)
        if to == "ended":
            continue
        stage = to or stage
    return stage
