"""How a text looks: its values and fields in one role, what the lint says of it in another, and the lines below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.core.lint.model import FilledIn, Finding, rank
from workbench.i18n import _, pick
from workbench.output.marks import SOON
from workbench.output.replies.json import better
from workbench.output.words import year_date
from workbench.ui.text import Line, Span, clean, head, line_width, wrap

#: The mark and the role of a finding by its level.
MARKS = {"block": ("!", "soon_bold"), "warn": (SOON, "soon"), "info": (" ", "quiet"), "none": (" ", "quiet")}


def marked(
    text: str, places: Iterable[tuple[int, int]], findings: Sequence[Finding], value: str, cells: int
) -> list[Line]:
    """The text in lines of at most `cells`; `places` in the role `value`, findings from *warn* on in theirs."""
    roles = ["text"] * len(text)
    for begin, end in places:
        roles[begin:end] = [value] * (end - begin)
    for finding in sorted(findings, key=lambda each: rank(each.level)):
        if rank(finding.level) > rank("info") and finding.end - finding.begin < len(text):
            roles[finding.begin : finding.end] = [MARKS[finding.level][1]] * (finding.end - finding.begin)
    return [_line(text, roles, begin, end) for begin, end in rows(text, cells)]


def rows(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end when it is wrapped."""
    at = 0
    for part in text.split("\n"):
        place = at
        for row in wrap(part, cells) if part.strip() else [""]:
            found = _find(text, row, place)
            yield found, found + len(row)
            place = found + len(row)
        at += len(part) + 1


def _find(text: str, row: str, place: int) -> int:
    """Where a wrapped row stands in the text; control characters were taken out of it, and are hardly ever there."""
    found = text.find(row, place) if row else place
    return found if found >= 0 else place


def _line(text: str, roles: Sequence[str], begin: int, end: int) -> Line:
    spans: list[Span] = []
    for at in range(begin, min(end, len(text))):
        if spans and spans[-1].role == roles[at]:
            spans[-1] = spans[-1]._replace(text=spans[-1].text + text[at])
        else:
            spans.append(Span(text[at], roles[at]))
    return [span._replace(text=clean(span.text)) for span in spans]


def field_places(places: Iterable[FilledIn]) -> list[tuple[int, int]]:
    """Where values stand."""
    return [(place.begin, place.end) for place in places]


def finding_lines(
    findings: Sequence[Finding], cells: int, most: int = 3, keys: Sequence[tuple[str, str]] = ()
) -> Iterator[Line]:
    """The loudest findings, each with what its rule says, and the better words.

    `keys` are those that put the better words in and that tell why; they stand behind the first finding.
    """
    loud = sorted(findings, key=lambda each: -rank(each.level))
    for finding in loud[:most]:
        lines = list(_finding(finding, cells))
        hints = keys if takes(finding) and better(finding) else keys[1:]
        for key, word in hints if finding is loud[0] else ():
            hint = [Span(f"   {key}", "bold"), Span(f" {word}", "quiet")]
            if line_width(lines[-1]) + line_width(hint) <= cells:
                lines[-1] = [*lines[-1], *hint]
        yield from lines
    if len(loud) > most:
        yield [Span("  " + _("and {n} more: w shows them").format(n=len(loud) - most), "quiet")]


def _finding(finding: Finding, cells: int) -> Iterator[Line]:
    mark, role = MARKS[finding.level]
    quoted = head(finding.text.replace("\n", " "), 24)
    words = "quiet" if finding.level == "info" else "text"
    first, *more = wrap(f'"{quoted}" {pick(finding.message)}', cells - 2)
    yield [Span(f"{mark} ", role), Span(first, words)]
    yield from ([Span(f"  {row}", words)] for row in more)
    if finding.allowed:
        yield [Span("  " + _("let pass: {reason}").format(reason=clean(finding.allowed)), "quiet")]
    elif instead := better(finding):
        yield from ([Span(f"  {row}", "quiet")] for row in wrap(_("better: {words}").format(words=instead), cells - 2))


def takes(finding: Finding) -> bool:
    """Whether its better words can be put in place of what it is about: they are words, not advice."""
    return bool(finding.better) and "" in finding.better and finding.inside is None


def with_better(text: str, findings: Sequence[Finding]) -> str | None:
    """The text with the better words of the loudest finding that has some in place of its own; None where none has."""
    for finding in sorted(findings, key=lambda each: -rank(each.level)):
        words = better(finding)
        if takes(finding) and words and finding.text in text:
            return text.replace(finding.text, words, 1)
    return None


def languages_line(tags: Sequence[str], current: str) -> Line:
    """The languages, the one in sight strong."""
    line: list[Span] = []
    for tag in tags:
        line += [Span("   "), Span(tag, "title" if tag == current else "quiet")]
    return line[1:]


def why_lines(findings: Sequence[Finding], cells: int) -> list[Line]:
    """Every finding in full, with source and day."""
    lines: list[Line] = []
    for finding in sorted(findings, key=lambda each: -rank(each.level)):
        mark, role = MARKS[finding.level]
        name = f"{finding.rule}   {finding.level}"
        lines += [[Span(f"  {mark} ", role), Span(clean(name), "strong")]]
        lines += [[Span("    " + row)] for row in wrap(f'"{finding.text}"', cells - 4)[:3]]
        lines += [[Span("    " + row)] for row in wrap(pick(finding.message), cells - 4)]
        if words := better(finding):
            lines += [
                [Span("    " + row, "quiet")] for row in wrap(_("better: {words}").format(words=words), cells - 4)
            ]
        source = finding.source or _("no source of its own")
        as_of = "" if finding.as_of is None else _(", as of {date}").format(date=year_date(finding.as_of))
        lines += [[Span("    " + row, "quiet")] for row in wrap(source + as_of, cells - 4)]
        if finding.inside:
            inside = _("it stands in the value of {name}").format(name="{" + finding.inside + "}")
            lines.append([Span("    " + inside, "quiet")])
        lines.append([])
    return lines or [[Span("  " + _("No rule has anything to say of this text."), "quiet")]]


def blank(lines: Sequence[Line], margin: int = 2) -> list[Line]:
    """The lines behind a margin."""
    return [[Span(" " * margin), *line] for line in lines]
