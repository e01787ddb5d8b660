"""The week as Markdown. Buyers' words are only words: nothing in them can become a heading, a link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.i18n import _
from workbench.output.cells import clean
from workbench.output.issues.report import Section, WeekReport, change, decisions, headline, mean, numbers, title
from workbench.output.markdown import bullets, table

_COLUMNS = 8
_SIGNS = re.compile(r"[\\`*_\[\]~$#!]|(?<=:)//|(?<=www)\.|@", re.IGNORECASE)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})


def escaped(text: str) -> str:
    """`text` as it is read, on one line, whatever it would mean as Markdown; never at the start of a line."""
    return _SIGNS.sub(lambda sign: "".join(f"\\{char}" for char in sign[0]), clean(text)).translate(_ENTITIES)


def markdown_lines(report: WeekReport) -> Iterator[str]:
    """The whole document."""
    yield f"# {title(report)}"
    yield ""
    yield headline(report)
    if not report.sections:
        return
    yield ""
    yield from _heat(report)
    for section in report.sections:
        if section.telling:
            yield ""
            yield from _section(section)


def _heat(report: WeekReport) -> Iterator[str]:
    heat = report.heat(_COLUMNS)
    heads = [_("SKU"), *(escaped(report.short(type)) for type in heat.columns), _("sum"), _("change"), _("average")]
    rows = [
        [
            escaped(row.sku),
            *(f"**{cell.count}+**" if cell.rising else str(cell.count or "") for cell in row.cells),
            str(row.sum),
            change(row.change),
            mean(row.mean4),
        ]
        for row in heat.rows
    ]
    yield from table(heads, rows)
    if report.rising:
        yield ""
        # Without the backslash it were a bullet.
        yield "\\" + _("+ rising: three days running, or three in seven days")


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.row.sku)}: {escaped(section.type)}"
    yield ""
    weeks = _("Six weeks: {numbers}").format(numbers=" ".join(map(str, section.weeks)))
    yield f"{numbers(section)}. {weeks}"
    if section.lines:
        yield ""
        yield from bullets(_line(line.words, line.about) for line in section.lines)
    said = [(_("Check"), section.check)] if section.check else []
    for name, text in (*said, *((_("Decided"), each) for each in decisions(section))):
        yield ""
        yield f"**{name}**: {escaped(text)}"


def _line(words: str, about: list[str]) -> str:
    quoted = f'"{escaped(words)}"' if words else _("(no words)")
    return " ".join((quoted, *map(escaped, about)))
