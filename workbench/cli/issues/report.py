"""`workbench report`: a week of the log as text, JSON, Markdown or a page of HTML, printed or written to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from workbench.cli.call import Call
from workbench.core.issues.week import parse_week
from workbench.core.saying import Misuse, say
from workbench.i18n import _
from workbench.output.issues.report import WeekReport, document


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--week", metavar="WEEK", help=_("such as 2026-W47; the last complete week where left out"))
    parser.add_argument("--content", metavar="C", help=_("of this video, live or post alone"))
    parser.add_argument("--format", metavar="FORMAT", default="text", help="text, md, html")
    parser.add_argument("--output", metavar="FILE", help=_("write it to FILE, which is replaced at once"))
    parser.add_argument("--anonymous", action="store_true", help=_("without order numbers and buyers' names"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(call: Call) -> int:
    """Print or write it."""
    args = call.args
    if args.format not in _FORMATS:
        raise Misuse(say('--format is text, md or html, not "{text}".', text=args.format))
    week = None if args.week is None else parse_week(args.week)
    from workbench.session.issues.report import week_report

    report = week_report(call.session, week, anonymous=args.anonymous, content=args.content)
    text = _json(call, report) if args.json else _FORMATS[args.format](report)
    if args.output is None:
        sys.stdout.write(text)
        return 0
    from workbench.cli.files import write_file

    path = write_file(call, args.output, text.encode())
    call.tell(say("The report is in {path}.", path=str(path)))
    return 0


def _json(call: Call, report: WeekReport) -> str:
    from workbench.output.json import dumps

    return dumps(document(call.shaper, report)) + "\n"


def _text(report: WeekReport) -> str:
    from workbench.output.issues.report_text import text_lines

    return "".join(f"{line}\n" for line in text_lines(report))


def _markdown(report: WeekReport) -> str:
    from workbench.output.issues.report_md import markdown_lines

    return "".join(f"{line}\n" for line in markdown_lines(report))


def _page(report: WeekReport) -> str:
    from workbench.output.issues.report_html import page

    return page(report)


_FORMATS: dict[str, Callable[[WeekReport], str]] = {"text": _text, "md": _markdown, "html": _page}
