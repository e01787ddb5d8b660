"""What the shop's standing opens: lines of metrics and rights of the points that name the same promotion tool.

`gates(session)` answers for everything, `gate_of(session, tool)` for one tool: flash deals want a rating and points.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.metrics.gates import Need, Opening, crossed
from workbench.core.metrics.model import Gate
from workbench.core.metrics.standing import MetricStanding
from workbench.core.time import midnight
from workbench.core.violations.policy import Right
from workbench.core.violations.whatif import has, stay
from workbench.session.base import SessionBase
from workbench.session.metrics.desk import MetricDesk


def gates(session: SessionBase, found: Iterable[MetricStanding] | None = None) -> list[Opening]:
    """Every gate of the market's metrics, each with the right of the points that goes with it; then the other rights.
    `found`: the metrics as they stand, where the caller has them."""
    desk: MetricDesk = session.desk("metrics")
    rights = list(session.desk("violations").rules.rights)
    needs = {id(right): _of_points(session, right) for right in rights}
    opened = []
    for each in desk.gated() if found is None else found:
        for gate in each.metric.gates:
            also = [right for right in rights if set(right.tools) & set(gate.tools)]
            parts = [_of_metric(session, each, gate), *(needs[id(right)] for right in also)]
            opened.append(Opening(opens=gate.opens, tools=gate.tools, needs=tuple(parts)))
    told = {tool for opening in opened for tool in opening.tools}
    alone = [right for right in rights if not told & set(right.tools)]
    return opened + [Opening(opens=each.name, tools=each.tools, needs=(needs[id(each)],)) for each in alone]


def gate_of(session: SessionBase, tool: str) -> Opening | None:
    """What a promotion tool needs; None where the market names nothing for it."""
    return next((opening for opening in gates(session) if tool in opening.tools), None)


def _of_metric(session: SessionBase, found: MetricStanding, gate: Gate) -> Need:
    held = None if found.value is None else gate.held(found.value)
    day = crossed(found.history, gate, session.desk("metrics").today)
    return Need(
        metric=found.metric, line=gate, held=held,
        turns_at=None if day is None else midnight(day, session.zone), assumed=True,
    )  # fmt: skip


def _of_points(session: SessionBase, right: Right) -> Need:
    rules, ledger = session.desk("violations").rules, session.desk("violations").ledger()
    held = has(ledger, rules, right)
    stays = stay(ledger, rules, right.below)
    turns = None if ledger.revoked else stays.reached_at if held else stays.clear_at
    return Need(below=right.below, held=held, turns_at=turns)
