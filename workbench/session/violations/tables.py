"""The tables of the ledger: violations, and the scores that the platform stated."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.core.saying import say
from workbench.core.violations.model import ScoreStatement, Violation
from workbench.session.table import NOTHING, Merge, StoredTable

VIOLATIONS = "violations"
STATEMENTS = "statements"


def _alike(ours: Violation, theirs: Violation) -> bool:
    """Each machine may have corrected another field of it; a pending one that is enforced on one machine alone still
    began with the same announcement."""
    began = (ours.announced or ours.issued_at) == (theirs.announced or theirs.issued_at)
    return began or ours.points == theirs.points or (ours.reason is not None and ours.reason == theirs.reason)


def _joined(newer: Violation, older: Violation) -> Violation:
    from workbench.session.violations.joining import joined

    return joined(newer, older)


def _undecided(newer: Violation, older: Violation) -> Iterator[str]:
    from workbench.session.violations.joining import undecided

    return undecided(newer, older)


TABLES = (
    StoredTable(
        name=VIOLATIONS,
        type=Violation,
        word=say("violations"),
        ref="V",
        archive=NOTHING,
        pointers=(),
        merge=Merge(
            name=lambda each: each.platform_id and each.platform_id.casefold(),
            latest=lambda each: max(event.at for event in each.story),
            joined=_joined,
            undecided=_undecided,
            alike=_alike,
            told=True,
        ),
        forget=NOTHING,  # what the platform holds against the seller: no buyer is in it
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=STATEMENTS,
        type=ScoreStatement,
        word=say("stated scores"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda stated: (stated.at, stated.score), latest=lambda stated: stated.at, told=True),
        forget=NOTHING,
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
