"""Several violations at once: pasted lines "2026-11-24 4 late dispatch", or a CSV with a named header.

Only read, never recorded: every line comes back as a draft or with its problem, so that the whole can be shown first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Saying, Told, say
from workbench.core.violations.entry import read_issued, read_points, record
from workbench.core.violations.evidence import english, find_reason, leading_reason
from workbench.core.violations.model import ViolationDraft
from workbench.core.violations.policy import PointsPolicy, Reason

#: What a column may be called, case-folded.
_COLUMNS: dict[str, str] = {
    "points": "points", "point": "points", "分": "points", "分数": "points", "扣分": "points", "违规分": "points",
    "issued": "issued", "date": "issued", "issued at": "issued", "issued_at": "issued",
    "日期": "issued", "时间": "issued", "处罚时间": "issued", "处罚日期": "issued",
    "reason": "reason", "原因": "reason", "违规原因": "reason",
    "ref": "ref", "id": "ref", "violation id": "ref", "编号": "ref", "违规编号": "ref",
    "note": "note", "备注": "note",
}  # fmt: skip
_LINE = re.compile(
    r"(?P<issued>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:[\s,;，；]+(?P<points>-?\d+(?:\.\d+)?)(?:\s*(?:points?|pts?|分))?(?=[\s,;，；]|$))?"
    r"(?:[\s,;，；]+(?P<words>.*))?",
    re.IGNORECASE,
)


class Pasted(msgspec.Struct, frozen=True):
    """One line of the paste, by its number from 1: a draft, or the problem that keeps it out.

    `remark` is about a draft that can be recorded but looks odd.
    """

    row: int
    text: str
    draft: ViolationDraft | None = None
    problem: Saying | None = None
    remark: Saying | None = None


def read(
    text: str, rules: PointsPolicy, shop: Policy, now: datetime, known: Collection[str] = ()
) -> tuple[Pasted, ...]:
    """Every line that is not blank, in order. `known` are the platform's ids that the ledger has already."""
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = _delimiter(first)
    seen = {id.casefold() for id in known}
    rows = _csv_rows(lines, delimiter) if delimiter else _line_rows(lines)
    return tuple(_read_row(number, raw, fields, rules, shop, now, seen) for number, raw, fields in rows)


_Fields = dict[str, str] | Saying


def _delimiter(header: str) -> str | None:
    """What parts the columns, where the line is a header: one that names at least two of them."""
    for delimiter in ("\t", ",", ";"):
        names = {_bare(cell) for cell in header.split(delimiter)}
        if len(names & _COLUMNS.keys()) > 1:
            return delimiter
    return None


def _bare(cell: str) -> str:
    return cell.strip().strip('"').strip().casefold()


def _csv_rows(lines: list[str], delimiter: str) -> Iterator[tuple[int, str, _Fields]]:
    import csv  # only pasting a table needs it, not every start

    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    header: list[str | None] = []
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield (
                begin,
                lines[begin - 1],
                say("From this line on it is not CSV and was not read. Look for a quotation mark that is not closed."),
            )
            return
        raw = "\n".join(lines[begin - 1 : reader.line_num])
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [_COLUMNS.get(_bare(cell)) for cell in cells]
            if "issued" not in header:
                yield begin, raw, say('The header has no column "issued". It needs points and issued.')
                return
            continue
        yield begin, raw, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}


def _line_rows(lines: Iterable[str]) -> Iterator[tuple[int, str, _Fields]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            yield number, line, say('Write the line as "date points reason", like: 2026-11-24 4 late dispatch')
        else:
            issued, points, words = match.group("issued", "points", "words")
            yield number, line, {"issued": issued, "points": points or "", "words": words or ""}


def _read_row(
    number: int, raw: str, fields: _Fields, rules: PointsPolicy, shop: Policy, now: datetime, seen: set[str]
) -> Pasted:
    if isinstance(fields, Saying):
        return Pasted(number, raw, problem=fields)
    try:
        draft, reason = _draft(fields, rules, shop)
        record(0, draft, rules, shop)
    except Told as told:
        return Pasted(number, raw, problem=told.saying)
    if draft.platform_id:
        if draft.platform_id.casefold() in seen:
            return Pasted(
                number, raw, problem=say("{id} is in the ledger already, or twice in here.", id=draft.platform_id)
            )
        seen.add(draft.platform_id.casefold())
    return Pasted(number, raw, draft, remark=_remark(draft, reason, now))


def _draft(fields: dict[str, str], rules: PointsPolicy, shop: Policy) -> tuple[ViolationDraft, Reason | None]:
    if "words" in fields:
        reason, name, note = complete(rules, fields["words"])
    else:
        reason, name, rest = complete(rules, fields.get("reason", ""))
        note = "  ".join(part for part in (rest, fields.get("note", "")) if part)
    issued_at, day_only = read_issued(fields.get("issued", ""), shop.zone)
    points = _points(fields.get("points", ""), reason)
    draft = ViolationDraft(
        points=points, issued_at=issued_at, issued_day_only=day_only, reason=name or None,
        platform_id=fields.get("ref") or None, note=note or None,
    )  # fmt: skip
    return draft, reason


def _points(text: str, reason: Reason | None) -> int:
    if text:
        return read_points(text)
    if reason is not None and reason.low == reason.high:
        return reason.low
    raise Misuse(say("The points are missing."))


def _remark(draft: ViolationDraft, reason: Reason | None, now: datetime) -> Saying | None:
    if draft.issued_at > now:
        return say("This date is still to come.")
    if reason is not None and not reason.low <= draft.points <= reason.high:
        return say("For this reason the platform gives {low} to {high} points.", low=reason.low, high=reason.high)
    return None


def complete(rules: PointsPolicy, text: str) -> tuple[Reason | None, str, str]:
    """The reason that `text` begins with or is the beginning of, what to call it, and the words left over.

    A name or alias that begins the text wins, the longest first; else one reason whose name the text begins. Words
    that fit no reason, or several, are the reason as they stand.
    """
    text = " ".join(text.split())
    folded = text.casefold()
    if exact := find_reason(rules, text):
        return exact, english(exact.name), ""
    if leading := leading_reason(rules, text):
        return leading[0], english(leading[0].name), leading[1]
    found = [
        reason
        for reason in rules.reasons
        if folded and any(name.casefold().startswith(folded) for name in (*reason.name.values(), *reason.aliases))
    ]
    return (found[0], english(found[0].name), "") if len(found) == 1 else (None, text, "")
