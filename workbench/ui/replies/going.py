"""From a case to its answer: the reply sheet on whatever screen or sheet the case is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.ui.text import Span

if TYPE_CHECKING:
    from workbench.session import Done
    from workbench.ui.bench import Bench


def answer(bench: Bench) -> None:
    """Open the reply sheet for the case of the act sheet that is open, else for the one under the cursor."""
    from workbench.ui.replies.sheet import ReplySheet
    from workbench.ui.tickets.act import ActSheet
    from workbench.ui.tickets.deeds import TicketDeeds

    screen = bench.screen
    if isinstance(screen, ActSheet):
        if len(screen.tickets) != 1:
            screen.say([[Span("  "), Span(_("One case at a time is written to."), "quiet")]])
            return

        def done_in_sheet(done: Done | None) -> None:
            if done is not None and done.ids:
                screen.over(done, screen.following())

        bench.push_screen(ReplySheet(screen.tickets[0]), done_in_sheet)
        return
    frame = bench.frame
    ticket: Ticket | None = frame.current if isinstance(frame, TicketDeeds) else None
    if ticket is not None:
        bench.push_screen(ReplySheet(ticket))
