"""The week as one HTML page that needs nothing else: to be printed, or sent to a factory.

No script, no resource from elsewhere, and a policy in the page that forbids both; buyers' words are escaped, and
control and bidirectional characters in them replaced, so that they are only words.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

from workbench.core.issues.heat import Cell, HeatRow
from workbench.i18n import _, language
from workbench.output.cells import clean
from workbench.output.issues.report import (
    ReportLine,
    Section,
    WeekReport,
    change,
    decisions,
    headline,
    mean,
    numbers,
    sentences,
    title,
    week_labels,
)
from workbench.output.issues.report_svg import spark, types_chart, weeks_chart
from workbench.output.words import year_date

_CSS = Path(__file__).with_name("report.css")
_LANGUAGES = {"en": "en", "zh": "zh-CN"}
#: Columns of types; what does not fit stands with the others.
_COLUMNS = 10


def page(report: WeekReport) -> str:
    """The whole page."""
    css = _CSS.read_text(encoding="utf-8")
    # Only this very style sheet may apply: text that slipped in could not even change a colour.
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_LANGUAGES[language()]}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_h(title(report))}</title>",
            f"<style>{css}</style>",
            "</head>",
            "<body>",
            *_body(report),
            "</body>",
            "</html>",
            "",
        )
    )


def _body(report: WeekReport) -> Iterator[str]:
    yield f"<header><h1>{_h(title(report))}</h1><p>{_h(headline(report))}</p></header>"
    yield "<main>"
    if report.sections:
        yield from _heat(report)
        yield from _charts(report)
        shown = [section for section in report.sections if section.telling]
        if shown:
            yield _element("h2", _("What buyers said"))
        for section in shown:
            yield from _section(section)
    yield "</main>"
    said = [_("As of {day}.").format(day=year_date(report.today))]
    if report.anonymous:
        said.append(_("Order numbers and buyers' names are left out."))
    yield _element("footer", sentences(said))


def _heat(report: WeekReport) -> Iterator[str]:
    heat = report.heat(_COLUMNS)
    heads = [_("SKU"), *map(report.short, heat.columns), _("sum"), _("change"), _("average")]
    yield '<div class="scroll"><table>'
    yield f"<thead><tr>{''.join(_element('th', head) for head in heads)}</tr></thead>"
    yield "<tbody>"
    for row in heat.rows:
        yield _heat_row(row)
    yield "</tbody></table></div>"
    if report.rising:
        yield _element("p", _("+ rising: three days running, or three in seven days"))


def _heat_row(row: HeatRow) -> str:
    cells = "".join(f'<td class="h{cell.heat}">{_count(cell)}</td>' for cell in row.cells)
    rising = ' class="rising"' if row.rising and row.change > 0 else ""
    sums = f'<td class="sum">{row.sum}</td><td{rising}>{change(row.change)}</td><td>{mean(row.mean4)}</td>'
    return f'<tr><th scope="row"><bdi>{_h(row.sku)}</bdi></th>{cells}{sums}</tr>'


def _count(cell: Cell) -> str:
    return f"<b>{cell.count}</b>" if cell.rising else str(cell.count or ".")


def _charts(report: WeekReport) -> Iterator[str]:
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for section in report.sections:
        now[section.row.type] += section.row.count
        before[section.row.type] += section.row.last_week
    types = sorted(now, key=lambda type: (-now[type], -before[type], type))
    yield '<div class="charts">'
    weeks = _("Issues a week; dashed: the mean of the four weeks before")
    yield _figure(weeks, weeks_chart(week_labels(report), report.weeks, report.mean4, weeks))
    of_type = _("Issues by type; thin: the week before")
    yield _figure(of_type, types_chart([(report.short(type), now[type], before[type]) for type in types], of_type))
    yield "</div>"


def _figure(caption: str, picture: str) -> str:
    return f"<figure>{_element('figcaption', caption)}{picture}</figure>"


def _section(section: Section) -> Iterator[str]:
    rising = ' class="rising"' if section.row.rising else ""
    yield "<article><div>"
    yield f"<h3><bdi>{_h(section.row.sku)}</bdi> {_h(section.type)}</h3><p{rising}>{_h(numbers(section))}</p>"
    if section.lines:
        yield f"<ul>{''.join(map(_line, section.lines))}</ul>"
    said = [(_("Check"), section.check)] if section.check else []
    said += [(_("Decided"), each) for each in decisions(section)]
    if said:
        yield f"<dl>{''.join(_element('dt', name) + _element('dd', text) for name, text in said)}</dl>"
    picture = spark(section.weeks, _("six weeks"))
    yield f'</div><div class="spark">{picture}</div></article>'


def _line(line: ReportLine) -> str:
    about = f' <span class="grey">{_h("  ".join(line.about))}</span>' if line.about else ""
    return f"<li><bdi>{_h(line.words)}</bdi>{about}</li>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_h(text)}</{name}>"


def _h(text: str) -> str:
    return escape(clean(text))
