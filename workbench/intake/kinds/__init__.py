"""The kinds of export that are read: one module each, found by being here.

A new kind is one module in this package that has a `LAYOUT`; nothing else names it. This is all of one:

    # its docstring: The settlement export: what was paid out for which order.

    class Row(NamedTuple):          # number first, then the columns of the layout in their order
        number: int
        order_id: str
        settled: str
        amount: str

    class Settled(msgspec.Struct, frozen=True):      # what it hands to its desk
        order_id: str
        at: datetime
        amount: Money

    def _read(rows: Sequence[Row], context: Context) -> Found:
        found: list[Settled] = []
        refused: list[Refused] = []
        for row in rows:
            at, amount = context.instants.get(row.settled), context.amounts.money(row.amount)
            if at is None or amount is None:
                refused.append(Refused(row.number, say("It has no time or no amount.")))
            else:
                found.append(Settled(row.order_id, at, amount))
        return Found(records=found, refused=refused)

    LAYOUT = Layout(
        kind="settlement",
        name=say("settlement"),
        desk="profit",              # workbench.session.profit.files takes its records
        make=Row._make,
        read=_read,
        columns=("Order/Adjustment ID", "Order settled time", "Total settlement amount"),
        spellings={"Order/adjustment ID": "Order/Adjustment ID"},    # older name: the layout's name
        marks=(("Order/Adjustment ID", "Total settlement amount"),), # any of these sets alone recognises it
        needed=frozenset(("Order/Adjustment ID", "Order settled time", "Total settlement amount")),
        ids=frozenset(("Order/Adjustment ID",)),
        keys=frozenset(("Order/Adjustment ID",)),
        times=frozenset(("Order settled time",)),
        began="Order settled time",
        money=frozenset(("Total settlement amount",)),
    )

The reader has done all that is the same for every kind before `read` is called: encoding, sheets, the header wherever
it stands, rows that are cut or shifted, ids that a spreadsheet has ruined (and what was put around them taken off), the
order of day and month, the file's own time. Cells come trimmed; a row that cannot be read goes into `refused`, a word
that nobody knows into `unknown`; nothing is left out in silence. A column that is not in the file is "" in every row:
`needed` are those without which the file is refused.

What is handed over: `Found.sightings` and `orders` go to the tickets, `skus` to the known SKUs, `records` to the desk
that the layout names. For a desk other than "tickets" the session calls, inside the transaction of the import,

    workbench.session.<desk>.files.take(session, reading, tx) -> Counter[Effect]

with `tx` None for a preview, which must count the same and write nothing. Kinds that differ by their columns alone may
be declared by a table of them, as those of `workbench.intake.performance`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from workbench.intake.layout import Layout


@cache
def layouts() -> tuple[Layout, ...]:
    """Every kind, in the order in which they are tried."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found: list[Layout] = [module.LAYOUT for module in modules]
    return tuple(sorted(found, key=lambda layout: (layout.rank, layout.kind)))


def named(kind: str) -> Layout | None:
    """The layout of a kind; None where it is no longer known."""
    return next((layout for layout in layouts() if layout.kind == kind), None)
