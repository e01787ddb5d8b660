"""Replies as rows of a table, by category; in front of them the questions that have no answer yet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import NamedTuple

from workbench.core.issues.names import TypeBook
from workbench.core.replies.model import CATEGORIES, Reply
from workbench.i18n import _, language
from workbench.output.replies.text import category
from workbench.session.replies.questions import AskedOften
from workbench.ui.issues.lines import short_word
from workbench.ui.replies.look import MARKS
from workbench.ui.text import Span, fit
from workbench.ui.widgets.table import Column, begins


def columns() -> list[Column]:
    """The columns; the title grows."""
    return [
        Column("cursor", 2),
        Column("group", 10, goes=1),
        Column("picked", 1),
        Column("state", 2),
        Column("title", 20, most=60),
        Column("used", 5, gap=1, right=True),
    ]


class ReplyRow(NamedTuple):
    """A reply, or a question without one."""

    group: str
    reply: Reply | None = None
    question: AskedOften | None = None


class ReplyRows:
    """The rows as the source of a table. `level` is asked for the loudest finding of a reply when it is drawn."""

    def __init__(self, rows: Sequence[ReplyRow], level: Callable[[Reply], str], today: date, types: TypeBook) -> None:
        self.rows = rows
        self._level = level
        self._types = types
        self._today = today

    def __len__(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> Hashable:
        """The key of the reply; of a question what it is about."""
        each = self.rows[row]
        if each.reply is not None:
            return each.reply.key
        assert each.question is not None
        return each.question.sku, each.question.type

    def groups(self) -> list[tuple[str, str, int]]:
        """The categories with their digits, in order."""
        return [(group_name(group), "quiet", row) for group, row in begins(each.group for each in self.rows)]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row."""
        each = self.rows[row]
        if each.reply is None:
            assert each.question is not None
            asked = each.question
            return {
                "state": Span("?", "text"),
                "title": Span(self._about(asked), "title" if current else "text"),
                "used": Span(f"x{asked.count}", "quiet"),
            }
        mark, role = MARKS[self._level(each.reply)]
        used = each.reply.uses_in(self._today)
        return {
            "state": Span(mark, role),
            "title": Span(each.reply.named(language()), "title" if current else "text"),
            "used": Span(str(used) if used else "", "quiet"),
        }

    def _about(self, asked: AskedOften) -> str:
        """The article and the type of a question."""
        return f"{fit(asked.sku or '-', 14)} {short_word(self._types, asked.type) if asked.type else '-'}"


def group_name(group: str) -> str:
    """The name in the margin: the digit of a category before it."""
    if group == "":
        return _("No answer")
    return f"{CATEGORIES.index(group) + 1} {category(group)}"
