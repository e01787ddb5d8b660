"""The act sheet in a walk: it stays open from case to case, and closes where the next line is of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.tickets.model import Ticket
from workbench.session import Done
from workbench.ui.tickets.act import ActSheet

if TYPE_CHECKING:
    from workbench.ui.bench import AnyWalk


class WalkSheet(ActSheet):
    """What did you do with this case, and with the ones that follow it in `walk`?"""

    def __init__(self, ticket: Ticket, walk: AnyWalk) -> None:
        super().__init__([ticket])
        self._walk = walk

    def following(self) -> Ticket | None:
        """The case that the next line is about, if it is about one."""
        due = self._walk.following()
        return None if due is None else self.bench.board.at(due.place)

    def action_act_skip(self) -> None:
        """This one stays as it is."""
        self._walk.done = None
        self._go_on()

    def over(self, done: Done, following: Ticket | None) -> None:  # noqa: ARG002 (the walk knows them)
        self._go_on()

    def _go_on(self) -> None:
        ticket = self.following()
        if ticket is None:
            self.dismiss(None)
            self._walk.go_on()
            return
        due = self._walk.step()
        assert due is not None
        self.bench.show(due.place)
        self.about(ticket)
        self.draw_edge()
