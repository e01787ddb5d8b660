"""`workbench import FILE...`: Seller Center files, each applied as one undoable step, or only read (`--dry-run`)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbench.cli.call import Call
from workbench.config.given import given_paths
from workbench.core.saying import Misuse, Refusal, say, say_n
from workbench.core.tickets.shipping import SHIP_EFFECTS
from workbench.i18n import _, render
from workbench.output.cells import clean
from workbench.output.cities import city
from workbench.output.marks import FILLED, REST
from workbench.session.choices import MARKETS, shop_choices
from workbench.session.imports.desk import ImportPlan, Progress
from workbench.session.imports.takeover import is_export, take_over
from workbench.session.imports.told import doubts, strange

if TYPE_CHECKING:
    from workbench.session.imports.proposal import Proposal

#: A short file needs no progress bar.
_AFTER_SECONDS = 0.5


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=_("returns or orders, CSV or XLSX"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
    parser.add_argument("--as-of", metavar="TIME", help=_("the file's own time, where the file does not tell"))
    parser.add_argument("--foreign", action="store_true", help=_("also where all amounts are in another currency"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Read, apply, report; 1 if any file was refused whole."""
    args = call.args
    as_of = None if args.as_of is None else call.when(args.as_of)
    if as_of is not None and as_of > call.session.now():
        raise Misuse(say("--as-of lies in the future. Give the time at which the file was exported."))
    paths = [path for name in args.files for path in given_paths(name) or [Path(name)]]
    own = {path: _take_over(call, path) for path in paths if is_export(path)}
    others = [path for path in paths if path not in own]

    def all_read() -> list[ImportPlan]:
        with _Bar() as bar:
            desk = call.session.imports
            reading = desk.preview if args.dry_run else desk.read
            return reading(others, as_of=as_of, progress=bar.show, foreign=args.foreign)

    found = all_read()
    if not call.session.market_chosen and any(plan.good for plan in found) and _market(call, found):
        found = all_read()
    read = iter(found if args.dry_run else call.session.imports.apply(found))
    plans = [own[path] if path in own else next(read) for path in paths]
    if args.json:
        call.json({"files": [_document(call, plan) for plan in plans]})
    for plan in plans:
        _narrate(call, plan, quiet=args.json)
    return 1 if any(plan.error for plan in plans) else 0


def _market(call: Call, plans: Sequence[ImportPlan]) -> bool:
    """Nobody chose a market: on a terminal it is asked before anything is written, elsewhere told. Whether one was
    chosen now; `Refusal` where the answer is no."""
    from workbench.session.imports.proposal import proposed_market

    currencies = [code for plan in plans if plan.reading is not None for code in plan.reading.currencies]
    proposed = proposed_market(currencies, call.session.settings)
    if call.args.dry_run or not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        general = say("No market is chosen: the general rules and UTC are used, so deadlines may be wrong by a day.")
        call.tell(general)
        if proposed is None:
            call.tell(say('Write the market into the settings, such as market = "TH" under [shop].'))
        else:
            text = say(
                'The amounts are in {currency}: write market = "{market}" under [shop] into the settings, undo, and '
                "import again.",
                currency=proposed.currency, market=proposed.market,
            )  # fmt: skip
            call.tell(text)
        return False
    market = _answered(proposed)
    if market is None:
        raise Refusal(say("Nothing was imported: no market is chosen. Its rules make the deadlines."))
    call.session.choose(shop_choices(market, None, call.session.loaded))
    return True


def _answered(proposed: Proposal | None) -> str | None:
    """The market that is typed at the terminal; with Enter the proposed one, None for anything else."""
    known = " ".join(MARKETS)
    print(_("No market is chosen yet, and its rules make the deadlines."), file=sys.stderr)
    if proposed is not None:
        text = _("The amounts are in {currency}: take {market}, {city} time? Enter, or one of {markets}:")
        zone = city(ZoneInfo(proposed.zone))
        text = text.format(currency=proposed.currency, market=proposed.market, city=zone, markets=known)
    else:
        text = _("Type one of {markets}:").format(markets=known)
    print(text, file=sys.stderr, end=" ", flush=True)
    said = sys.stdin.readline()
    if said and not said.strip():
        return proposed.market if proposed is not None else None
    return next((market for market in MARKETS if market.casefold() == said.strip().casefold()), None)


def _take_over(call: Call, path: Path) -> ImportPlan:
    """A whole workbench, as `export` wrote it, into an empty data directory."""
    try:
        return ImportPlan(path=path, taken=take_over(call.session, path, dry_run=call.args.dry_run))
    except Refusal as refusal:
        return ImportPlan(path=path, error=refusal.saying)


def _document(call: Call, plan: ImportPlan) -> dict[str, Any]:
    reading, taken = plan.reading, plan.taken
    rows = reading.rows if reading else taken.records if taken else 0
    policy = call.session.policy
    return {
        "file": str(plan.path),
        "kind": reading.kind if reading else None,
        "rows": rows,
        **{effect: plan.count(effect) for effect in ("new", "updated", "closed", "unchanged", "kept_local")},
        "missing": len(plan.missing),
        "ship": {effect: plan.ship_counts[effect] for effect in SHIP_EFFECTS},
        "corrected": plan.corrected,
        "refused": [{"row": row.row, "why": render(row.why)} for row in reading.refused] if reading else [],
        "unknown": [{"text": word.text, "rows": word.rows} for word in reading.unknown] if reading else [],
        "sheets": [
            {"name": sheet.name, "kind": sheet.kind, "rows": sheet.rows, "read": sheet.read} for sheet in reading.sheets
        ] if reading else [],
        "date_order": reading.date_order if reading and reading.rows else None,
        "date_order_guessed": not reading.date_order_certain if reading else False,
        "encoding": reading.encoding if reading else None,
        "encoding_guessed": reading.encoding_guessed if reading else False,
        "currencies": reading.currencies if reading else [],
        "market": policy.market,
        "zone": policy.export_zone.key,
        "as_of": call.shaper.time(reading.as_of) if reading else None,
        "error": render(plan.error) if plan.error else None,
    }  # fmt: skip


def _narrate(call: Call, plan: ImportPlan, *, quiet: bool) -> None:
    """What happened, for a person; what was refused is told even beside JSON."""
    name, reading = plan.path.name, plan.reading
    if plan.error is not None:
        why = plan.error
        if plan.asks_time:
            why = say("{why} Say it with --as-of TIME.", why=why)
        call.tell(say("{file}: {why}", file=name, why=why))
        return
    if reading is None:
        if plan.taken is not None and not quiet:
            call.out(clean(render(plan.taken.saying)))
        return
    for saying in doubts(reading):
        call.tell(say("{file}: {why}", file=name, why=saying))
    for row in reading.refused:
        where = say("{file}, sheet {sheet}", file=name, sheet=row.sheet) if row.sheet else name
        call.tell(say("{file}, row {row} refused: {why}", file=where, row=row.row, why=row.why))
    if reading.refused:
        what = say_n(
            "{n} row was refused, the rest counts; look at its case in Seller Center, or export the file again",
            "{n} rows were refused, the rest counts; look at their cases in Seller Center, or export the file again",
            len(reading.refused),
        )
        call.tell(say("{file}: {why}", file=name, why=what))
    for word in reading.unknown:
        call.tell(say("{file}: {why}", file=name, why=strange(word)))
    if not quiet:
        call.out(clean(_summary(plan)))


def _summary(plan: ImportPlan) -> str:
    if plan.reading is not None and not plan.reading.rows:
        return _("{file}: no rows in it, nothing to do").format(file=plan.path.name)
    told = _("{file}: {new} new, {updated} moved on, {closed} ended, {kept} kept yours, {same} the same").format(
        file=plan.path.name,
        new=plan.count("new"),
        updated=plan.count("updated"),
        closed=plan.count("closed"),
        kept=plan.count("kept_local"),
        same=plan.count("unchanged"),
    )
    counts = plan.ship_counts
    if not any(counts[effect] for effect in SHIP_EFFECTS):
        return told
    more = _("orders: {new} to ship, {sent} sent, {cancelled} cancelled, {missing} no longer in it").format(
        **{effect: counts[effect] for effect in SHIP_EFFECTS}
    )
    return f"{told}; {more}"


class _Bar:
    """A progress bar on the terminal's standard error, for long files only."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._drawn = False
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    @property
    def show(self) -> Progress | None:
        """The callback; none where nobody watches."""
        return self._show if self._terminal else None

    def _show(self, done: int, total: int | None) -> None:
        if time.monotonic() - self._began < _AFTER_SECONDS:
            return
        filled = 20 * done // total if total else 0
        of = _("{done:,} of {total:,} rows") if total else _("{done:,} rows")
        bar = FILLED * filled + REST * (20 - filled)
        print(f"\r\x1b[K{bar}  {of.format(done=done, total=total)}", end="", file=sys.stderr, flush=True)
        self._drawn = True
