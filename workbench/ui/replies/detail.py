"""The detail of a reply: whom it is for, its text with fields and findings, the seller's own language beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from workbench.core.lint.model import Finding
from workbench.core.replies.fields import pieces
from workbench.core.replies.model import Reply, best_language
from workbench.i18n import _, language, n_
from workbench.output.channels import channel
from workbench.output.replies.json import better
from workbench.session.replies.desk import ReplyDesk
from workbench.ui.replies import look
from workbench.ui.text import Line, Span, clean, line_width, spread, wrap

#: What people call the languages of texts that stand beside each other.
_NAMES = {"en": "English", "zh": "\u4e2d\u6587"}
#: From so many cells on two texts stand beside each other.
_TWO = 66


class ReplyDetail:
    """A reply in one language, in lines of so many cells."""

    def __init__(self, reply: Reply, tag: str, desk: ReplyDesk, cells: int) -> None:
        self._reply, self._tag, self._desk, self._cells = reply, tag, desk, cells

    def written(self, keys: Sequence[tuple[str, str]]) -> list[Line]:
        """The text as it is written, what the rules say of it, and what has to be asked for."""
        reply, tag, cells = self._reply, self._tag, self._cells
        findings = self._desk.findings(reply, tag)
        lines = [*self._head(), *self._texts(findings), [], *_told(findings, cells, keys)]
        missing = self._desk.prepare(reply, language=tag).filled.missing
        if missing:
            names = ", ".join("{" + clean(name) + "}" for name in missing)
            text = _("asked for when you copy: {names}").format(names=names)
            lines += [*([[]] if lines[-1] else []), *([Span(row, "quiet")] for row in wrap(text, cells))]
        return [[], *look.blank(lines)]

    def filled(self, values: Mapping[str, str]) -> list[Line]:
        """The text as it will look with these values."""
        prepared = self._desk.prepare(self._reply, language=self._tag, values=values)
        filled = prepared.filled
        places = [*look.field_places(filled.places), *((begin, end) for begin, end, _name in filled.open)]
        text = look.marked(filled.text, places, prepared.findings, "strong", self._cells)
        return [[], *look.blank([*self._head(), *text, [], *_told(prepared.findings, self._cells)])]

    def _head(self) -> list[Line]:
        reply, cells = self._reply, self._cells
        used = n_("used {n} time", "used {n} times", reply.used).format(n=reply.used) if reply.used else ""
        name = reply.named(language())
        title = [Span(name, "title"), Span(f"   {reply.key}" if name != reply.key else "", "quiet")]
        languages = look.languages_line(reply.languages, self._tag)
        return [
            spread(title, [Span(used, "quiet")], cells),
            spread([Span(self._for(), "quiet")], languages, cells),
            [],
        ]

    def _for(self) -> str:
        purpose = self._reply.purpose
        parts = [
            _(", ").join(channel(each) for each in purpose.channels),
            _(", ").join(purpose.markets) or _("all markets"),
        ]
        return _("for {what}").format(what="   ".join(part for part in parts if part))

    def _texts(self, findings: Iterable[Finding]) -> list[Line]:
        reply, tag, cells = self._reply, self._tag, self._cells
        beside = self._beside()
        if beside is None or cells < _TWO:
            return _lines(reply.text[tag], findings, cells)
        half = cells // 2 - 1
        left = [_name(tag), [], *_lines(reply.text[tag], findings, half)]
        right = [_name(beside), [], *_lines(reply.text[beside], (), half)]
        nothing: Line = []
        return [
            [*one, Span(" " * (half + 2 - line_width(one))), *(span._replace(role=_grey(span.role)) for span in other)]
            for one, other in zip_longest(left, right, fillvalue=nothing)
        ]

    def _beside(self) -> str | None:
        """The seller's own language, where the text is in another one and there is one in his."""
        own = best_language([each for each in self._reply.text if each.split("-")[0] == language()], [language()])
        return own if own is not None and own != self._tag else None


def _told(findings: Sequence[Finding], cells: int, keys: Sequence[tuple[str, str]] = ()) -> list[Line]:
    """What is told from *warn* on; where nothing is, what has better words."""
    told = [each for each in findings if each.level != "info" or each.allowed]
    return list(look.finding_lines(told or [each for each in findings if better(each)], cells, 3, keys))


def _name(tag: str) -> Line:
    """A language over its text."""
    return [Span(tag, "strong"), Span(f"  {_NAMES.get(tag, '')}", "quiet")]


def _lines(text: str, findings: Iterable[Finding], cells: int) -> list[Line]:
    """A text with its fields in the accent."""
    fields = [(piece.begin, piece.end) for piece in pieces(text) if piece.name]
    return look.marked(text, fields, tuple(findings), "accent", cells)


def _grey(role: str) -> str:
    return "quiet" if role == "text" else role
