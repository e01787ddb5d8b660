"""Ways to deals from anywhere: what find finds, and what is called by its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.core.creators.model import Deal
from workbench.core.place import Place
from workbench.core.saying import Refusal
from workbench.core.spelling import plain
from workbench.output.creators.text import stage
from workbench.ui.room import Hit
from workbench.ui.text import Span, fit

if TYPE_CHECKING:
    from workbench.session import Session

_REF = re.compile(r"d-?[0-9]{1,7}", re.IGNORECASE)


def find(session: Session, typed: str) -> Iterator[Hit]:
    """Deals by id, handle, product or note; the exact ones first."""
    rest = []
    for deal in session.desk("creators").all():
        handle = plain(deal.handle or "").casefold()
        if typed in (deal.ref.casefold(), handle):
            yield _hit(deal, exact=True)
        elif typed in plain(" ".join((handle, deal.note or "", *(each.sku for each in deal.products)))).casefold():
            rest.append(deal)
    yield from map(_hit, rest)


def _hit(deal: Deal, *, exact: bool = False) -> Hit:
    line = [Span(fit(deal.ref, 10), "bold"), Span(fit(stage(deal), 19)), Span(deal.handle or "***")]
    return Hit(line, lambda bench: bench.open(Place("creators", deal.id)), exact)


def recall(session: Session, ref: str) -> Place | None:
    """The deal of this id."""
    if not _REF.fullmatch(ref.strip()):
        return None
    try:
        return Place("creators", session.desk("creators").find(ref).id)
    except Refusal:
        return None
