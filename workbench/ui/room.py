"""What a domain has on the screens, declared in one place: `ui/DOMAIN/room.py` holds one `Room`, called `ROOM`.

A room is a pane of its own, or the second view (F9) of a pane, or only parts of others: sheets, facts on Today, what
can be found. Header, bar, help, palette, the check of the seller's keys and `docs/keys.md` are loops over the rooms
(`ui/rooms.py`); nothing else names one. A room is read at every start and by `config check`, so its module loads no
Textual: screens and sheets are imported where a function shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec

from workbench.core.place import Place
from workbench.core.saying import Saying, say

if TYPE_CHECKING:
    from datetime import datetime

    from workbench.core.tickets.days import Days
    from workbench.session import Session
    from workbench.ui.bench import AnyFrame, Bench
    from workbench.ui.board import Board
    from workbench.ui.text import Line, Span


class Command(msgspec.Struct, frozen=True):
    """One command, declared once: binding, bar, palette, help and documents come from it.

    `id` is `area.verb` and public: the seller's keymap names it. The first of its `keys` is the one that is shown.
    `run` does it, whatever is open; without one the node that holds the `scope` has an action of the name of the id,
    with `_` for `.` and `-`, or that of the name `does`, where many screens do the same.
    """

    id: str
    keys: tuple[str, ...]
    word: Saying
    help: Saying
    scope: str
    run: Callable[[Bench], None] | None = None
    does: str = ""


def to_detail(area: str, back: Saying) -> tuple[Command, Command, Command]:
    """The keys from a list to its detail and back, Tab, `+` and Esc; `back` says what it leaves."""
    return (
        Command(f"{area}.detail", ("tab",), say("detail"), say("go to the detail and back"), area, does="to_detail"),
        Command(f"{area}.whole", ("plus",), say("whole screen"), say("show the detail on the whole screen"), area,
                does="to_whole"),
        Command(f"{area}.back", ("escape",), say("back"), back, area, does="step_back"),
    )  # fmt: skip


def to_select(area: str, scope: str) -> tuple[Command, Command, Command]:
    """The keys that select rows, Space, `v` and `V`."""
    return (
        Command(f"{area}.select", ("space",), say("select"), say("select this row, or no longer"), scope,
                does="select"),
        Command(f"{area}.range", ("v",), say("select range"), say("select from here to where the cursor goes"), scope,
                does="select_range"),
        Command(f"{area}.select-all", ("V",), say("select all"), say("select all that is shown"), scope,
                does="select_all"),
    )  # fmt: skip


class Pane(msgspec.Struct, frozen=True):
    """A screen of the header: how to make it, and the command that goes to it. Without a `key` the palette and
    `[` `]` reach it."""

    id: str
    title: Saying
    make: Callable[[], AnyFrame]
    #: The id, word and help of the command that goes there.
    command: str
    word: Saying
    help: Saying
    key: str = ""
    #: Where it stands in the header, from the left.
    order: int = 100


class View(msgspec.Struct, frozen=True):
    """The second view of a pane, on F9: its name there, and the name of the way back.

    `make` makes a screen of its own (its `pane` is that of the first view); without one, the first screen turns.
    """

    id: str
    of: str
    title: Saying
    back: Saying
    make: Callable[[], AnyFrame] | None = None


class Glance(msgspec.Struct, frozen=True):
    """What the facts on Today are told from. `days` is None until it is reckoned, `cells` are those of a whole row."""

    session: Session
    board: Board
    days: Days | None
    cells: int
    wide: bool

    @property
    def now(self) -> datetime:
        """The instant that is shown."""
        return self.session.now()


class Fact(msgspec.Struct, frozen=True):
    """One fact of Today: where among the others it stands, its name in the margin, what it opens, its line.

    `more` are rows below it where every fact has its own; the `tail` stands behind the line where the facts of one
    name share one. A shared line opens the first that is not `done`.
    """

    order: int
    label: str
    place: Place
    line: Line
    more: Sequence[Line] = ()
    tail: Line = ()
    done: bool = False


class Hit(msgspec.Struct, frozen=True):
    """Something that was found: its line in the list, and what choosing it does. `exact`: it was called by its id."""

    line: Line
    go: Callable[[Bench], None]
    exact: bool = False


class Room:
    """A domain's part of the screens. What a room does not have, it leaves as it is here."""

    #: The name of the domain in all layers: places of it open here.
    domain: ClassVar[str]
    #: Where its commands stand among those of the others, where it has no pane.
    order: ClassVar[int] = 100
    pane: ClassVar[Pane | None] = None
    view: ClassVar[View | None] = None
    #: The scopes of its commands, with the title that help gives them.
    scopes: ClassVar[Mapping[str, Saying]] = {}
    commands: ClassVar[Sequence[Command]] = ()
    #: What stands in the bar, most useful first, by the name of the bar; that of a pane has its id.
    bars: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Scopes whose keys hold at the same time: no key may mean two things in one of these.
    together: ClassVar[Sequence[tuple[str, ...]]] = ()

    def number(self, board: Board) -> Span | None:  # noqa: ARG002
        """What is urgent, beside the title of its pane."""
        return None

    def facts(self, glance: Glance) -> Iterable[Fact]:  # noqa: ARG002
        """What it says on Today of the state of the shop."""
        return ()

    def late_facts(self, glance: Glance) -> Iterable[Fact]:  # noqa: ARG002
        """What it says beside that and takes long to find: the first frame does not wait for it, the second comes at
        once."""
        return ()

    def find(self, session: Session, board: Board, typed: str) -> Iterable[Hit]:  # noqa: ARG002
        """What fits what is `typed`: plain, in lower case, never empty."""
        return ()

    def recall(self, session: Session, ref: str) -> Place | None:  # noqa: ARG002
        """What is called by this id though it is neither open nor shown; asked in a thread. `Refusal` says why not."""
        return None

    def open(self, bench: Bench, place: Place) -> None:
        """Show the place, on whatever screen it is shown."""
        raise NotImplementedError

    def tick(self, bench: Bench, place: Place) -> bool:  # noqa: ARG002
        """Tick the line of Today off that speaks of this place; False where that means nothing."""
        return False
