"""The week as plain text: the heat table, then what is behind each number that is not nothing."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.i18n import _
from workbench.output.cells import clean, cut, pad
from workbench.output.issues.report import Section, WeekReport, change, decisions, headline, mean, numbers, title
from workbench.output.tickets.table import table

_MARGIN = 11
_SKU = 24
#: Columns of types that fit beside the sums on a line of 80.
_COLUMNS = 5


def text_lines(report: WeekReport, columns: int = _COLUMNS) -> Iterator[str]:
    """The report for a person, one paragraph for each SKU and type that occurred."""
    yield title(report)
    yield headline(report)
    if not report.sections:
        return
    yield ""
    yield from heat_lines(report, columns)
    for section in report.sections:
        if section.telling:
            yield ""
            yield from _section(section)


def heat_lines(report: WeekReport, columns: int) -> Iterator[str]:
    """The heat table without colours: `+` is what rises."""
    heat = report.heat(columns)
    heads = (_("SKU"), *map(clean, map(report.short, heat.columns)), _("sum"), _("change"), _("average"))
    rows = [
        (
            cut(clean(row.sku), _SKU),
            *(f"{cell.count or '.'}{'+' if cell.rising else ' '}" for cell in row.cells),
            str(row.sum),
            change(row.change),
            mean(row.mean4),
        )
        for row in heat.rows
    ]
    yield from table(heads, rows, frozenset(range(1, len(heads))))
    if report.rising:
        yield _("+ rising: three days running, or three in seven days")


def _section(section: Section) -> Iterator[str]:
    yield clean(f"{section.row.sku}  {section.type}  {numbers(section)}")
    yield _named(_("six weeks"), " ".join(map(str, section.weeks)))
    for at, line in enumerate(section.lines):
        words = f'"{line.words}"' if line.words else _("(no words)")
        yield _named(_("buyers") if at == 0 else "", "  ".join((words, *line.about)))
    if section.check:
        yield _named(_("check"), section.check)
    for at, decided in enumerate(decisions(section)):
        yield _named(_("decided") if at == 0 else "", decided)


def _named(name: str, text: str) -> str:
    return "  " + pad(name, _MARGIN) + clean(text)
