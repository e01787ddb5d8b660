"""Campaigns as a spreadsheet, out and in: a column for each option of `campaign add`, a row for each campaign."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

from workbench.cli.call import Call
from workbench.cli.campaigns.campaign import desk_of, document, given_in
from workbench.core.campaigns.model import Campaign
from workbench.core.saying import Misuse, Refusal, say
from workbench.output.csv_safe import encode, plain

_TIMES = ("registration_opens", "registration_closes", "price_fixed_from", "withdraw_until")
_TEXTS = ("stock", "categories", "discount", "way", "sold_at", "slot", "hours", "why", "note")
_FIGURES = tuple(f"{which}_{name}" for which in ("expected", "actual") for name in ("sales", "orders", "conversion"))
COLUMNS = ("name", "starts", "ends", *_TIMES, "skus", *_FIGURES, *_TEXTS)


def write_out(call: Call) -> int:
    """All campaigns, the oldest first."""
    found = sorted(desk_of(call).all(), key=lambda each: (each.starts_at, each.id))
    data = encode(COLUMNS, [[_cell(call, each, name) for name in COLUMNS] for each in found])
    if call.args.output is None:
        sys.stdout.write(data.decode("utf-8-sig").replace("\r\n", "\n"))
        return 0
    try:
        Path(call.args.output).write_bytes(data)
    except OSError as error:
        raise Refusal(say("{file} cannot be written: {why}", file=call.args.output, why=error.strerror or "")) from None
    return 0


def _cell(call: Call, found: Campaign, name: str) -> str:
    shown = document(call, found)
    if name in ("starts", "ends"):
        return str(shown[f"{name}_at"])
    if name == "skus":
        return " ".join(found.skus)
    if name in _FIGURES:
        which, _sign, figure = name.partition("_")
        value = getattr(getattr(found, which), figure)
        if value is None:
            return ""
        return f"{value * 100:f}%" if figure == "conversion" else f"{value}"
    return str(shown[name] or "")


def read_in(call: Call) -> int:
    """Every row is a campaign, all of them one action; a row that cannot be read refuses the file, with its number."""
    try:
        text = Path(call.args.file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(say("{file} cannot be read as a CSV file.", file=call.args.file)) from None
    rows = []
    table = csv.DictReader(io.StringIO(text, newline=""))
    if not {"name", "starts", "ends"} <= set(table.fieldnames or ()):
        raise Refusal(say("{file} has no columns name, starts and ends.", file=call.args.file))
    for number, row in enumerate(table, 2):
        cells = {name: plain((row.get(name) or "").strip()) or None for name in COLUMNS}
        try:
            said = given_in(call, argparse.Namespace(**cells, sku=(cells["skus"] or "").split()))
        except Misuse as told:
            raise Refusal(say("Row {n}: {why}", n=number, why=told.saying)) from None
        if not {"name", "starts_at", "ends_at"} <= said.keys():
            raise Refusal(say("Row {n} has no name, start or end.", n=number))
        rows.append(said)
    done = desk_of(call).bring_in(rows)
    call.tell(done.saying)
    if call.args.json:
        return call.json({"campaigns": [document(call, desk_of(call).get(id)) for id in done.ids]})
    return 0
