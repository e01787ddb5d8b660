"""A seller's own spreadsheet: its columns by their headers, its rows as issues, and issues as rows again.

Words are kept exactly; making cells harmless that a spreadsheet would run as a formula is the business of who writes
the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from workbench.core.issues.cells import Value, count_of, day_of, day_order, text_of, ticket_of
from workbench.core.issues.columns import HEADERS, NEEDED, Field
from workbench.core.issues.model import Issue, IssueDraft, nothing_wrong
from workbench.core.issues.names import TypeBook
from workbench.core.issues.skus import Skus
from workbench.core.issues.tally import Tally
from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.core.spelling import key


class SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row: an issue, or the reason why it is none. `known` marks one that the log has already.

    `unknown_type` is the word for which an answer to "which type is that" would settle it.
    """

    number: int
    draft: IssueDraft | None = None
    known: bool = False
    unknown_type: str | None = None
    problem: Saying | None = None


class ReadSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. `assumed_order` says that the order of day and month was not certain."""

    rows: tuple[SheetRow, ...]
    day_first: bool
    assumed_order: bool

    @property
    def new(self) -> list[IssueDraft]:
        """The issues to save."""
        return [row.draft for row in self.rows if row.draft is not None and not row.known]

    @property
    def unknown_types(self) -> Counter[str]:
        """The words that are no issue type, with the number of rows; to be asked for, the most frequent first."""
        return Counter(row.unknown_type for row in self.rows if row.unknown_type is not None)


def read_sheet(
    rows: Sequence[Mapping[str, Value]],
    found: Mapping[Field, str],
    *,
    types: TypeBook,
    skus: Skus,
    tally: Tally,
    today: date,
    language: str,
    meaning: Mapping[str, str] | None = None,
    day_first: bool | None = None,
) -> ReadSheet:
    """The rows of a file, by header, as issues; rows with nothing in these columns are passed over.

    `found` is what `columns` found; `meaning` gives the type of words that the settings do not know. The first row
    has number 2, as in the spreadsheet. Raises `Refusal` where a needed column is missing or dates contradict.
    """
    _refuse_without_needed(found, language)
    days = [row.get(found["day"]) for row in rows]
    order, assumed = day_order(days, today) if day_first is None else (day_first, False)
    reader = _RowReader(
        types=types,
        skus=skus,
        today=today,
        language=language,
        meaning={key(word): id for word, id in (meaning or {}).items()},
        day_first=order,
    )
    log = _InLog(tally)
    read: list[SheetRow] = []
    for number, row in enumerate(rows, 2):
        cells = {field: row.get(header) for field, header in found.items()}
        if any(text_of(value).strip() for value in cells.values()):
            result = reader.row(number, cells)
            known = result.draft is not None and log.has(result.draft)
            read.append(msgspec.structs.replace(result, known=known))
    return ReadSheet(rows=tuple(read), day_first=order, assumed_order=assumed)


def _refuse_without_needed(found: Mapping[Field, str], language: str) -> None:
    missing = [field for field in NEEDED if field not in found]
    if missing:
        raise Refusal(
            say_n(
                "No column was found for {names}. Nothing was read. Say which one it is.",
                "No columns were found for {names}. Nothing was read. Say which ones they are.",
                len(missing),
                names=", ".join(HEADERS[language][field] for field in missing),
            )
        )


class _InLog:
    """The issues of the log, each known again in one row at most, whatever case it is of."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._left: dict[date, Counter[IssueDraft]] = {}

    def has(self, draft: IssueDraft) -> bool:
        """Whether one is left that this row tells again."""
        if draft.day not in self._left:
            self._left[draft.day] = Counter(_caseless(issue.draft) for issue in self._tally.issues(draft.day))
        left, bare = self._left[draft.day], _caseless(draft)
        there = left[bare] > 0
        left[bare] -= there
        return there


def _caseless(draft: IssueDraft) -> IssueDraft:
    return msgspec.structs.replace(draft, ticket=None)


def write_sheet(
    issues: Iterable[Issue], *, types: TypeBook, language: str, found: Mapping[Field, str] | None = None
) -> list[dict[str, str | int]]:
    """Issues as rows by header, under the headers of `found` (of a file that was imported) or of the language."""
    headers = found or HEADERS[language]
    rows: list[dict[str, str | int]] = []
    for issue in issues:
        cells: dict[Field, str | int] = {
            "day": issue.day.isoformat(),
            "sku": issue.sku or "",
            "type": types.spellings(issue.type, language)[0] if issue.type else "",
            "words": issue.words,
            "count": issue.count,
            "ticket": f"T-{issue.ticket}" if issue.ticket is not None else "",
        }
        rows.append({header: cells[field] for field, header in headers.items()})
    return rows


class _RowReader(msgspec.Struct, frozen=True, kw_only=True):
    """What a row is read with."""

    types: TypeBook
    skus: Skus
    today: date
    language: str
    meaning: dict[str, str]
    day_first: bool

    def row(self, number: int, cells: Mapping[Field, Value]) -> SheetRow:
        """One row that is not empty."""
        told = {field: text_of(value) for field, value in cells.items()}
        word, sku = told["type"].strip(), told["sku"].strip()
        day, count = day_of(cells["day"], self.day_first), count_of(cells.get("count"))
        if day is None:
            return _bad(number, say('"{text}" is not a day.', text=told["day"]))
        if day > self.today:
            return _bad(number, say('"{text}" is after today.', text=told["day"]))
        if not sku and not word and count == 0:
            return SheetRow(number=number, draft=nothing_wrong(day))
        if not sku:
            return _bad(number, say("The SKU is missing."))
        if not count:
            return _bad(number, say('"{text}" is not a count.', text=told.get("count", "")))
        known = self.skus.spelled(sku) or (sku,)
        if len(known) > 1:
            return _bad(number, say('"{text}" may be one of these SKUs: {skus}.', text=sku, skus=", ".join(known)))
        ids = (self.meaning[key(word)],) if key(word) in self.meaning else self.types.meant(word)
        if len(ids) != 1:
            listed = self.types.listed(ids or self.types.near(word), self.language)
            problem = say('"{text}" is not an issue type. Known are: {types}.', text=word, types=listed)
            return SheetRow(number=number, unknown_type=word, problem=problem)
        draft = IssueDraft(
            day=day,
            sku=known[0],
            type=ids[0],
            words=told.get("words", ""),
            count=count,
            ticket=ticket_of(cells.get("ticket")),
        )
        return SheetRow(number=number, draft=draft)


def _bad(number: int, problem: Saying) -> SheetRow:
    return SheetRow(number=number, problem=problem)
