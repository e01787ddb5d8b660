"""Campaigns as a spreadsheet, CSV or XLSX, out and in: a column for each option of `campaign add`, a row for each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from workbench.cli.call import Call
from workbench.cli.campaigns.campaign import desk_of, document, given_in
from workbench.config.disk import at_home
from workbench.config.given import to_read
from workbench.core.campaigns.model import Campaign
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.sku_list import joined, parted
from workbench.intake.own_sheet import read_own
from workbench.output.csv_safe import encode, plain

_TIMES = ("registration_opens", "registration_closes", "price_fixed_from", "withdraw_until")
_TEXTS = ("stock", "categories", "discount", "way", "sold_at", "slot", "hours", "why", "note")
_FIGURES = tuple(f"{which}_{name}" for which in ("expected", "actual") for name in ("sales", "orders", "conversion"))
_NEEDED = ("name", "starts", "ends")
_DAYS = ("starts", "ends", *_TIMES)
COLUMNS = (*_NEEDED, *_TIMES, "skus", *_FIGURES, *_TEXTS)
#: How a workbook's date without a time of day is given.
_MIDNIGHT = " 00:00:00"


def write_out(call: Call) -> int:
    """All campaigns, the oldest first; a workbook where the file is called so."""
    found = sorted(desk_of(call).all(), key=lambda each: (each.starts_at, each.id))
    rows = [[_cell(call, each, name) for name in COLUMNS] for each in found]
    if call.args.output is None:
        sys.stdout.write(encode(COLUMNS, rows).decode("utf-8-sig").replace("\r\n", "\n"))
        return 0
    path = at_home(call.args.output)
    if path.suffix.casefold() == ".xlsx":
        from workbench.output import xlsx

        data = xlsx.encode(COLUMNS, rows)
    else:
        data = encode(COLUMNS, rows)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Refusal(say("{file} cannot be written: {why}", file=call.args.output, why=error.strerror or "")) from None
    return 0


def _cell(call: Call, found: Campaign, name: str) -> str:
    shown = document(call, found)
    if name in ("starts", "ends"):
        return str(shown[f"{name}_at"])
    if name == "skus":
        return joined(found.skus)
    if name in _FIGURES:
        which, _sign, figure = name.partition("_")
        value = getattr(getattr(found, which), figure)
        if value is None:
            return ""
        return f"{value * 100:f}%" if figure == "conversion" else f"{value}"
    return str(shown[name] or "")


def read_in(call: Call) -> int:
    """Every row is a campaign, all of them one action; a row that cannot be read refuses the file, with its number."""
    path = to_read(call.args.file)
    own = read_own(path, wanted=_columns, needed=_NEEDED, days=_DAYS)
    there = _columns(own.headers)
    if not there.keys() >= set(_NEEDED):
        raise Refusal(say("{file} has no columns name, starts and ends.", file=path.name))
    rows = []
    for number, row in enumerate(own.rows, 2):
        if not any(row.values()):
            continue
        cells = {name: _said(row.get(there.get(name, ""), ""), name, workbook=own.workbook) for name in COLUMNS}
        try:
            said = given_in(call, argparse.Namespace(**cells, sku=list(parted(cells["skus"] or ""))))
        except Misuse as told:
            raise Refusal(say("Row {n}: {why}", n=number, why=told.saying)) from None
        if not {"name", "starts_at", "ends_at"} <= said.keys():
            raise Refusal(say("Row {n} has no name, start or end.", n=number))
        if said["ends_at"] <= said["starts_at"]:
            raise Refusal(say("Row {n}: {why}", n=number, why=say("It would end before it starts.")))
        rows.append(said)
    done = desk_of(call).bring_in(rows)
    call.tell(done.saying)
    if call.args.json:
        return call.json({"campaigns": [document(call, desk_of(call).get(id)) for id in done.ids]})
    return 0


def _columns(headers: Sequence[str]) -> dict[str, str]:
    by_name = {header.lstrip("\ufeff").strip().casefold(): header for header in headers}
    return {name: by_name[name] for name in COLUMNS if name in by_name}


def _said(cell: str, name: str, *, workbook: bool) -> str | None:
    """What a cell says; None where it is empty. At midnight a workbook's date is a bare day."""
    text = cell.strip()
    if workbook and name in _DAYS:
        text = text.removesuffix(_MIDNIGHT)
    return (text if workbook else plain(text)) or None
