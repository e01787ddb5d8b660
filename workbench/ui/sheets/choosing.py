"""What sheets with a list of answers have in common: the arrows move the mark, a second click takes."""

from __future__ import annotations

from typing import Generic, TypeVar

from workbench.ui.sheets.base import Sheet
from workbench.ui.widgets.choices import Choices

Result = TypeVar("Result")


class ChoosingSheet(Sheet[Result], Generic[Result]):
    """A sheet with `Choices`; `take` is what its Enter does."""

    @property
    def answers(self) -> Choices:
        """The list of answers."""
        return self.query_one(Choices)

    def action_sheet_down(self) -> None:
        self.answers.move(1)

    def action_sheet_up(self) -> None:
        self.answers.move(-1)

    def action_sheet_accept(self) -> None:
        """Take the marked answer."""
        raise NotImplementedError

    def on_choices_taken(self) -> None:
        self.action_sheet_accept()
