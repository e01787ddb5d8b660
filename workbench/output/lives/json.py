"""Lives as the interface promises them."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.core.lives.model import Check, Live
from workbench.i18n import pick
from workbench.output.json import Document, Shaper


def live(shaper: Shaper, found: Live, promotions: Iterable[str]) -> Document:
    """A live with its checklists; `promotions` are the ids of those that run in it."""
    return {
        "id": found.ref,
        "account": found.account,
        "creator": found.creator,
        "content": found.content,
        "starts_at": shaper.time(found.starts_at),
        "ends_at": shaper.time(found.over_at),
        "skus": list(found.skus),
        "promotions": list(promotions),
        "state": found.state(shaper.now),
        "before": [_check(check) for check in found.before],
        "after": [_check(check) for check in found.after],
    }


def _check(check: Check) -> Document:
    return {"id": check.id, "title": pick(check.title), "done": check.done_at is not None}
