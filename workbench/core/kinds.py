"""The kinds and stages of what has to be seen through, by the names that the rules of a market speak of them.

The rules are about them, the tickets go through them: so they stand below both.
"""

from __future__ import annotations

from typing import Literal, get_args

from workbench.core.turns import Turn

Kind = Literal[
    "cancel", "refund_only", "return_refund", "exchange", "reshipment", "message", "bad_review", "ship", "other"
]
Stage = Literal[
    "decide", "evidence", "buyer_ship", "in_transit", "inspect", "send",
    "dispute", "appeal", "reply", "contact", "wait", "ship", "todo", "check", "closed",
]  # fmt: skip
Outcome = Literal[
    "refunded", "rejected", "expired", "sent", "kept", "solved", "removed", "auto", "withdrawn", "other",
]  # fmt: skip

KINDS: tuple[Kind, ...] = get_args(Kind)
STAGES: tuple[Stage, ...] = get_args(Stage)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

TURN: dict[Stage, Turn | None] = {
    "decide": "seller", "evidence": "seller", "buyer_ship": "buyer", "in_transit": "carrier", "inspect": "seller",
    "send": "seller", "dispute": "platform", "appeal": "seller", "reply": "seller", "contact": "seller",
    "wait": "buyer", "ship": "seller", "todo": "seller", "check": "seller", "closed": None,
}  # fmt: skip
