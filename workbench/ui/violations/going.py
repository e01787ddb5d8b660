"""Ways to violations from anywhere: what find finds, and what is called by its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.spelling import plain
from workbench.core.violations.model import Violation
from workbench.output.violations.words import count
from workbench.ui.room import Hit
from workbench.ui.text import Span, fit

if TYPE_CHECKING:
    from workbench.session import Session

#: An id without its letter, or without its hyphen: `7`, `v7`.
_NUMBER = re.compile(r"v?-?([0-9]{1,7})")


def find(session: Session, typed: str) -> Iterator[Hit]:
    """Violations by id, the platform's id, or reason; the exact ones first."""
    ref, rest = _ref(typed), []
    for violation in session.ledger.all():
        if violation.ref.casefold() == ref or typed == violation.platform_id:
            yield _hit(violation, exact=True)
        elif typed in plain(f"{violation.ref} {violation.platform_id or ''} {violation.reason or ''}").casefold():
            rest.append(violation)
    yield from map(_hit, rest)


def _hit(violation: Violation, *, exact: bool = False) -> Hit:
    line = [
        Span(fit(violation.ref, 10), "bold"), Span(fit(count(violation.points), 19)), Span(violation.reason or ""),
    ]  # fmt: skip
    return Hit(line, lambda bench: bench.open(Place("violations", violation.id)), exact)


def recall(session: Session, ref: str) -> Place | None:
    """The violation of this id, its own or the platform's."""
    found = session.ledger.known(_ref(ref.casefold()) if ref[:1] in "vV" else ref)
    return None if found is None else Place("violations", found.id)


def _ref(typed: str) -> str:
    """The id that is meant by `7`, `v7` or `v-7`; else what was typed."""
    found = _NUMBER.fullmatch(typed)
    return f"v-{found[1]}" if found else typed
