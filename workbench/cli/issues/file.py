"""`workbench log --import FILE`: a spreadsheet of the seller's own, read in as one undoable step, or only looked at."""

from __future__ import annotations

import re
from typing import cast

from workbench.cli.call import Call
from workbench.config.given import to_read
from workbench.core.issues.columns import HEADERS, Field
from workbench.core.saying import Misuse, Refusal, say, say_n
from workbench.i18n import _, language, render
from workbench.output.cells import clean
from workbench.output.json import Document
from workbench.session.issues.sheet import SheetPlan, preview
from workbench.session.issues.sheet import bring_in as save

_FIELDS = tuple(HEADERS["en"])
_CHOICE = re.compile(rf"(?:^|,)\s*({'|'.join(_FIELDS)})\s*=")
_ORDERS = {"dmy": True, "mdy": False}


def bring_in(call: Call) -> int:
    """Read, save, report; 1 where the file is refused whole."""
    args, desk = call.args, call.session.log
    if args.dates is not None and args.dates.lower() not in _ORDERS:
        raise Misuse(say('--dates is dmy or mdy, not "{text}".', text=args.dates))
    plan = preview(
        desk,
        to_read(args.file),
        columns=_columns(args.columns),
        meaning=_meaning(call),
        day_first=None if args.dates is None else _ORDERS[args.dates.lower()],
    )
    if plan.missing or plan.sheet is None:
        raise Refusal(
            say(
                "No column was found for {fields}. The file has: {headers}. Say which it is: --columns {field}=HEADER",
                fields=_(", ").join(HEADERS[language()][field] for field in plan.missing),
                headers=_(", ").join(header for header in plan.headers if header.strip()),
                field=plan.missing[0],
            )
        )
    new = len(plan.sheet.new)
    if new and not args.dry_run:
        call.tell(save(desk, plan).saying)
    _narrate(call, plan)
    if args.json:
        return call.json(_document(plan, new))
    summary = _("{file}: {new} new, {known} known already, {refused} refused").format(
        file=plan.path.name, new=new, known=plan.known, refused=len(plan.refused)
    )
    call.out(clean(summary))
    return 0


def _columns(options: list[str]) -> dict[Field, str]:
    chosen: dict[Field, str] = {}
    for text in options:
        found = list(_CHOICE.finditer(text))
        if not found or found[0].start() != 0:
            raise Misuse(
                say(
                    '--columns "{text}" is not understood. Write it like day=Date; the fields are: {fields}.',
                    text=text,
                    fields=", ".join(_FIELDS),
                )
            )
        ends = [*(match.start() for match in found[1:]), len(text)]
        for match, end in zip(found, ends, strict=True):
            chosen[cast(Field, match[1])] = text[match.end() : end].strip()
    return chosen


def _meaning(call: Call) -> dict[str, str]:
    types, meaning = call.session.log.types, {}
    for text in call.args.types:
        word, sign, name = text.rpartition("=")
        ids = types.meant(name)
        if not sign or len(ids) != 1:
            raise Misuse(
                say(
                    '--types "{text}" is not understood. Write it like "too tight=size"; the types are: {types}.',
                    text=text,
                    types=types.listed(types.types, language()),
                )
            )
        meaning[word] = ids[0]
    return meaning


def _narrate(call: Call, plan: SheetPlan) -> None:
    assert plan.sheet is not None
    for row in plan.refused:
        if row.problem is not None:
            call.tell(say("{file}, row {row} refused: {why}", file=plan.path.name, row=row.number, why=row.problem))
    for word, rows in plan.unknown_types.most_common():
        call.tell(
            say_n(
                'Which issue type is "{word}" ({n} row)? Say it: --types "{word}=TYPE"',
                'Which issue type is "{word}" ({n} rows)? Say it: --types "{word}=TYPE"',
                rows,
                word=word,
            )
        )
    if plan.sheet.assumed_order:
        order = say("the day first") if plan.sheet.day_first else say("the month first")
        call.tell(say("Its dates were read with {order}, which is not certain: --dates says it.", order=order))


def _document(plan: SheetPlan, new: int) -> Document:
    assert plan.sheet is not None
    return {
        "file": str(plan.path),
        "rows": len(plan.sheet.rows),
        "new": new,
        "known": plan.known,
        "refused": [{"row": row.number, "why": render(row.problem)} for row in plan.refused if row.problem is not None],
        "unknown": [{"text": word, "rows": rows} for word, rows in plan.unknown_types.most_common()],
        "columns": plan.found,
        "date_order": "DMY" if plan.sheet.day_first else "MDY",
    }
