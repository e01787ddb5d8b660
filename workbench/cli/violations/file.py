"""`workbench violation add --file`: many violations at once, from a CSV or pasted lines, as one undoable step."""

from __future__ import annotations

import sys

from workbench.cli.call import Call
from workbench.config.given import to_read
from workbench.core.saying import Refusal, say, say_n
from workbench.core.violations.entry import record
from workbench.core.violations.model import Violation
from workbench.i18n import render
from workbench.output.json import Document
from workbench.output.violations import json as ledger_json

#: More than any shop's violations ever take.
_LARGEST = 10_000_000


def add_file(call: Call) -> int:
    """Read `--file`, tell what is odd in it, and enter the rest; only read with `--dry-run`. 1 if nothing was left."""
    args, desk = call.args, call.session.ledger
    rows = desk.read(_text(args.file))
    for row in rows:
        if row.problem is not None:
            call.tell(say("{file}, row {row} refused: {why}", file=args.file, row=row.row, why=row.problem))
        elif row.remark is not None:
            call.tell(say("{file}, row {row}: {why}", file=args.file, row=row.row, why=row.remark))
    drafts = [row.draft for row in rows if row.draft is not None]
    if args.dry_run or not drafts:
        found = [record(0, draft, desk.rules, desk.shop) for draft in drafts]
        call.tell(say_n("{n} violation would be added", "{n} violations would be added", len(found)))
    else:
        done = desk.add_many(drafts)
        found = [desk.get(id) for id in done.ids]
        call.tell(done.saying)
    if args.json:
        refused = [{"row": row.row, "why": render(row.problem)} for row in rows if row.problem is not None]
        call.json({"violations": [_document(call, violation) for violation in found], "refused": refused})
    elif found:
        from workbench.output.violations.text import violation_table

        listed = [(each, desk.standing(each)) for each in found]
        call.out(*violation_table(listed, desk.rules, call.session.now(), call.session.zone))
    return 0 if drafts else 1


def _document(call: Call, violation: Violation) -> Document:
    """A violation that is not recorded has no id yet."""
    desk = call.session.ledger
    found = ledger_json.violation(call.shaper, violation, desk.standing(violation), desk.checklist(violation))
    return found if violation.id else found | {"id": None}


def _text(name: str) -> str:
    """What the file says, in UTF-8 or, as Chinese spreadsheets write, GB18030; `-` is standard input."""
    from workbench.storage.errors import not_read

    path = to_read(name)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
    except OSError as error:
        raise not_read(error, path) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            if len(data) <= _LARGEST:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(say("{file} is not a text with violations. Save it as CSV in UTF-8.", file=name))
