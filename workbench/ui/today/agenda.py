"""The agenda of Today: the list of cases whose cursor goes on into the state of the shop."""

from __future__ import annotations

from textual.message import Message

from workbench.ui.widgets.table import Table


class AgendaList(Table):
    """The cases that are the seller's. The cursor shows unless the state of the shop has it."""

    class Passed(Message):
        """The cursor went down, out of the list."""

    def mark(self, marked: bool) -> None:
        """Show the cursor, or not."""
        if self.marked != marked:
            self.marked = marked
            self.refresh()

    def action_list_down(self) -> None:
        if self.cursor + 1 < len(self.source):
            super().action_list_down()
        else:
            self.post_message(self.Passed())
