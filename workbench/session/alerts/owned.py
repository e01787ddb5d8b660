"""What rules see of the shop's own figures, by SKU and creator: bad ones for each order, on days that files cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from workbench.core.alerts.rules import ScopeFacts
from workbench.core.metrics.model import Definition
from workbench.core.orders.counts import By, RunningCounts
from workbench.session.alerts.series import Rate
from workbench.session.base import SessionBase
from workbench.session.metrics.parts import parts

#: The window of a metric that names none.
_WINDOW = 60


def owned(
    session: SessionBase, about: Definition, by: By, reach: date, since: date, today: date
) -> Iterator[tuple[str, ScopeFacts]]:
    """Each part with an order or a bad one from `reach` on; it is judged from `since` on."""
    found, orders_kept = parts(session, about.own, by, reach, today), session.desk("orders")
    whole = orders_kept.covered_days

    def counted(sums: RunningCounts, first: date, last: date) -> int | None:
        return sums.between(first, last) if orders_kept.covered(first, last) else None

    for name in sorted({*found.bad, *found.total}):
        bad, total = found.bad.get(name, {}), found.total.get(name, {})
        orders: Callable[[date, date], int | None] = partial(counted, RunningCounts(total))
        yield name, ScopeFacts(
            counts=bad, logged=whole, first_seen=min({*bad, *total}), orders=orders,
            values=Rate(bad, about.window or _WINDOW, orders), since=since,
        )  # fmt: skip
