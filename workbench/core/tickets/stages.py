"""The way of a ticket: where each kind begins, and the actions that are legal in a stage.

This is a table, read by the verbs, the screens, the help and the documents; `moves` only follows it.
Source: the platform's after-sales flow as collected in the project's rules (section "Tickets").
"""

from __future__ import annotations

from typing import Literal

import msgspec

from workbench.core.kinds import Kind, Outcome, Stage
from workbench.core.turns import Turn

#: The stages a file can move a ticket through, in the order in which "later" is meant.
PROGRESS: tuple[Stage, ...] = (
    "decide", "evidence", "buyer_ship", "in_transit", "inspect", "send", "dispute", "appeal", "closed",
)  # fmt: skip

#: Where a ticket of a kind begins when nobody says otherwise.
FIRST_STAGE: dict[Kind, Stage] = {
    "cancel": "decide", "refund_only": "decide", "return_refund": "decide", "exchange": "decide",
    "reshipment": "decide", "message": "reply", "bad_review": "reply", "ship": "ship", "other": "todo",
}  # fmt: skip

#: The kinds in which the buyer's money is at stake, so that an appeal can bring it back.
MONEY_KINDS: frozenset[Kind] = frozenset(("refund_only", "return_refund", "exchange", "reshipment"))
#: The requests of buyers that the platform handles, so that time, a dispute or the buyer can end them.
AFTER_SALES: frozenset[Kind] = MONEY_KINDS | {"cancel"}


def fitting(kind: Kind, stage: Stage) -> Stage:
    """The stage that a ticket of this kind is in instead: what is no request has nothing to decide, and only that is
    merely to be done; an order is shipped and nothing else."""
    if kind == "other" and stage == "decide":
        return "todo"
    if kind == "ship" and stage != "closed":
        return "ship"
    return FIRST_STAGE[kind] if stage in ("todo", "ship") else stage


class Action(msgspec.Struct, frozen=True):
    """One legal action: its name, who does it, and where it leads (a stage, or an outcome that closes the ticket)."""

    name: str
    who: Turn
    stage: Stage = "closed"
    outcome: Outcome | None = None
    needs: Literal["", "stage", "time"] = ""


_BY_STAGE: dict[Stage, tuple[Action, ...]] = {
    "decide": (
        Action("approve", "seller", outcome="refunded"),
        Action("reject", "seller", outcome="rejected"),
    ),
    "evidence": (Action("prove", "seller", "dispute"),),
    "buyer_ship": (Action("shipped", "buyer", "in_transit"), Action("expire", "platform", outcome="expired")),
    "in_transit": (Action("arrived", "carrier", "inspect"), Action("not_yet", "carrier", "in_transit")),
    "inspect": (Action("accept", "seller", outcome="refunded"), Action("reject", "seller", "dispute")),
    "send": (Action("sent", "seller", outcome="sent"),),
    "dispute": (Action("won", "platform", outcome="kept"), Action("lost", "platform", outcome="refunded")),
    "appeal": (Action("file", "seller", "dispute"), Action("waive", "seller", outcome="refunded")),
    "reply": (Action("answer", "seller", "wait"),),
    "contact": (Action("contacted", "seller", "wait"),),
    "wait": (Action("wrote", "buyer", "reply"), Action("solved", "buyer", outcome="solved")),
    "ship": (Action("sent", "seller", outcome="sent"), Action("cannot_ship", "seller", outcome="withdrawn")),
    "todo": (Action("done", "seller", outcome="solved"), Action("drop", "seller", outcome="withdrawn")),
    "check": (Action("set", "seller", "check", needs="stage"),),
}
_INSTEAD: dict[tuple[str, Kind], Action] = {
    ("approve", "return_refund"): Action("approve", "seller", "buyer_ship"),
    ("approve", "exchange"): Action("approve", "seller", "buyer_ship"),
    ("approve", "reshipment"): Action("approve", "seller", "send"),
    ("accept", "exchange"): Action("accept", "seller", "send"),
    ("answer", "bad_review"): Action("answer", "seller", "contact"),
    ("wrote", "bad_review"): Action("wrote", "buyer", "contact"),
    ("won", "bad_review"): Action("won", "platform", outcome="removed"),
    ("lost", "bad_review"): Action("lost", "platform", "reply"),
}
_EXTRA: dict[tuple[Stage, Kind], tuple[Action, ...]] = {
    ("decide", "refund_only"): (Action("ask_proof", "platform", "evidence"),),
    ("reply", "bad_review"): (Action("report", "seller", "dispute"), Action("solved", "buyer", outcome="solved")),
    ("contact", "bad_review"): (Action("report", "seller", "dispute"), Action("solved", "buyer", outcome="solved")),
}
#: What others can do in any stage of a request.
_OTHERS = (
    Action("timeout", "platform", outcome="auto"),
    Action("disputed", "buyer", "dispute"),
    Action("withdrawn", "buyer", outcome="withdrawn"),
)
_SNOOZE = (Action("snooze", "seller", needs="time"),)

#: Where the platform decides against the seller when he does nothing, so that money is lost on timeout.
_LOSES_MONEY: frozenset[Stage] = frozenset(("decide", "evidence", "inspect"))


def legal(kind: Kind, stage: Stage, *, appealable: bool) -> tuple[Action, ...]:
    """The actions of `kind` in `stage`, the usual ones first; `appealable`: the market has a refund appeal window.

    A closed ticket has none. Money lost (a dispute, or a timeout where the platform decides) leads to the appeal
    stage where there is a window; an appeal that times out has lapsed and stays refunded.
    """
    stage = fitting(kind, stage)
    if stage == "closed":
        return ()
    found = tuple(_INSTEAD.get((action.name, kind), action) for action in _BY_STAGE[stage])
    # What nobody knows yet may be a request.
    others = _OTHERS if kind in AFTER_SALES or (kind == "other" and stage != "todo") else ()
    found += _EXTRA.get((stage, kind), ()) + others + _SNOOZE
    return tuple(_turned(action, kind, stage, appealable) for action in found)


def _turned(action: Action, kind: Kind, stage: Stage, appealable: bool) -> Action:
    if action.name == "timeout" and stage == "appeal":
        return Action("timeout", "platform", outcome="refunded")
    lost = action.name == "lost" or (action.name == "timeout" and stage in _LOSES_MONEY)
    if lost and appealable and kind in MONEY_KINDS:
        return Action(action.name, "platform", "appeal")
    return action


#: The letter of every action, the same in every stage; never n, u, w or y, which the sheets keep for themselves.
LETTERS: dict[str, str] = {
    "approve": "a", "reject": "r", "ask_proof": "p", "prove": "p", "shipped": "s", "expire": "e", "arrived": "a",
    "accept": "a", "sent": "s", "won": "o", "lost": "l", "file": "f", "waive": "v", "answer": "a", "wrote": "m",
    "solved": "s", "set": "c", "not_yet": "h", "done": "d", "drop": "z", "contacted": "k", "report": "g",
    "cannot_ship": "k",
    "timeout": "t", "disputed": "d", "withdrawn": "b", "close": "x",
}  # fmt: skip
#: Every action name there is, for the check of a call before the ticket is known.
ACTIONS: tuple[str, ...] = tuple(
    dict.fromkeys(
        action.name for actions in (*_BY_STAGE.values(), *_EXTRA.values(), _OTHERS, _SNOOZE) for action in actions
    )
)
