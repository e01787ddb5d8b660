"""Lines of the log as JSON and as a plain table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.core.issues.model import Issue
from workbench.core.issues.names import TypeBook
from workbench.core.issues.week import Rise
from workbench.i18n import _, language, p_
from workbench.output.cells import clean, cut
from workbench.output.json import Document, Shaper
from workbench.output.tickets.table import table

_SKU = 24
#: How many rising SKUs and types the morning brief names.
_RISING = 3


def document(shape: Shaper, issue: Issue) -> Document:
    """An issue as the interface promises it; a day with nothing wrong has no SKU, no type and the count 0."""
    return {
        "id": issue.ref,
        "day": issue.day.isoformat(),
        "sku": issue.sku,
        "type": issue.type,
        "words": issue.words,
        "count": issue.count,
        "ticket": None if issue.ticket is None else f"T-{issue.ticket}",
        **({"content": issue.content} if issue.content is not None else {}),
        "logged_at": shape.time(issue.logged_at),
    }


def issue_table(issues: Sequence[Issue], types: TypeBook, limit: int | None = None) -> Iterator[str]:
    """The lines under each other; `limit` cuts them to a terminal's width."""
    heads = (_("id"), p_("column", "day"), _("SKU"), _("type"), _("count"), _("ticket"), _("words"))
    return table(heads, [_row(issue, types) for issue in issues], frozenset((4,)), limit)


def _row(issue: Issue, types: TypeBook) -> tuple[str, ...]:
    if issue.none:
        return issue.ref, issue.day.isoformat(), "", "", "", "", _("nothing wrong")
    return (
        issue.ref,
        issue.day.isoformat(),
        cut(clean(issue.sku or ""), _SKU),
        clean(types.name(issue.type or "", language())),
        str(issue.count),
        "" if issue.ticket is None else f"T-{issue.ticket}",
        clean(issue.words),
    )


def rising(rises: Sequence[Rise], types: TypeBook) -> str:
    """What rises, in a sentence: the highest counts of the last seven days."""
    named = [
        _("{sku} {type} ({n} in 7 days)").format(
            sku=cut(clean(rise.sku), _SKU), type=clean(types.name(rise.type, language())), n=rise.count
        )
        for rise in rises[:_RISING]
    ]
    more = len(rises) - len(named)
    if more:
        named.append(_("{n} more").format(n=more))
    return _("Rising: {rises}.").format(rises=_(", ").join(named))
