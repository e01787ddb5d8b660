"""What a room, a screen, a sheet and a walk may ask of the app, and of the screen and the walk that it has.

The app stands above all of them and shows them, so nothing below it imports it: this is what they know it by. It is
there in `deeds`, `actions` and `app`, the screen in `frame`, the walk in `walk`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Protocol

    from workbench.core.agenda import Due
    from workbench.core.place import Place
    from workbench.core.saying import Told
    from workbench.session import Done, Session
    from workbench.ui.ahead import Ahead
    from workbench.ui.board import Board
    from workbench.ui.drafts import Keeper
    from workbench.ui.text import Line

    class AnyWalk(Protocol):
        """A walk through what presses, as the app and its sheets know it."""

        #: What was saved last. The bar, where it is told elsewhere, lies under the sheet.
        done: Done | None

        def rests(self, here: Place | None) -> bool:
            """Whether it waits, at this place or where no place is known, to be gone on with."""

        def asks_about(self, place: Place) -> bool:
            """Whether the sheet that opens now is about this place."""

        def following(self) -> Due | None:
            """The next line that is still to be dealt with."""

        def heading(self, cells: int) -> list[Line]:
            """What was saved, how far it is and what comes then, in so many cells."""

        def step(self) -> Due | None:
            """To the next line, without showing it; None at the end."""

        def go_on(self) -> None:
            """To the next line."""

        def skip(self) -> None:
            """The line stays as it is: once its sheet is closed, the next one comes."""

        def back(self) -> None:
            """A sheet was closed."""


Result = TypeVar("Result")


class OnBench(MessagePump):
    """What is shown by the app: a screen, a sheet, a widget. It stands behind the bases of Textual, which take their
    styles from the first."""

    @property
    def bench(self) -> Bench:
        """The app."""
        return cast("Bench", self.app)

    @property
    def session(self) -> Session:
        """The session of the app."""
        return self.bench.session

    @property
    def board(self) -> Board:
        """The queue as all screens share it."""
        return self.bench.board


class AnyFrame(Screen[None], OnBench):
    """A screen with header and bar. `pane` is the one it shows in the header, `scopes` are those whose keys hold."""

    pane: ClassVar[str]
    scopes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def reload(self) -> None:
        """The data, the minute or the language changed: show everything as it is now."""

    @abstractmethod
    def fit(self) -> None:
        """Show the same data in another size."""

    @abstractmethod
    def again(self) -> None:
        """The key that goes to this screen was pressed on it."""

    @abstractmethod
    def tell(self, message: Line, hint: Line = ()) -> None:
        """Show a message in the bar."""

    @abstractmethod
    def with_second(self, sentence: Line, cells: int) -> Line:
        """The sentence in `cells` with the second view at its right; where that does not fit, the bar has it."""

    @abstractmethod
    def land(self, place: Place) -> bool:
        """Put the cursor on this place; False where it is not shown here."""

    @property
    @abstractmethod
    def here(self) -> Place | None:
        """The place under the cursor, where the screen has one."""

    @abstractmethod
    def walking(self, begins: bool) -> None:
        """The sheet of a walk opens over this screen, or the walk leaves it."""


class Bench(App[str]):
    """The app: the session, what is shown of it, deeds and messages."""

    session: Session
    board: Board
    keeper: Keeper
    ahead: Ahead
    keymap: dict[str, str]
    own_zone: tzinfo
    #: Whether the disk refused the last thing that was to be saved: told in the header until it takes one.
    stuck: bool
    #: What is told on the screen that comes next.
    carried: str
    #: Where the cursor goes once the deed is done.
    landing: Place | None
    #: The walk that is under way.
    walk: AnyWalk | None

    @property
    @abstractmethod
    def frame(self) -> AnyFrame | None:
        """The screen under whatever sheets are open, once it stands and until the app takes its screens down."""

    @abstractmethod
    def do(
        self, deed: Callable[[], Result], then: Callable[[Result], None], refused: Callable[[Told], None] | None = None
    ) -> None:
        """Do a deed in a thread, then tell; what it refuses is told too, and nothing has changed then."""

    @abstractmethod
    def leave(self, ids: Iterable[int]) -> None:
        """These cases are about to be dealt with: the cursor will stand on the seller's next one afterwards."""

    @abstractmethod
    def saved(self, done: Done) -> None:
        """Tell that it is on disk, and which case is next."""

    @abstractmethod
    def refused(self, told: Told) -> None:
        """Say why it was not done. What the disk refused stays until it is answered."""

    @abstractmethod
    def mention(self, line: Line, hint: Line = ()) -> None:
        """Say something where it is seen: in the sheet that is open, else in the bar."""

    @abstractmethod
    def copy_to_clipboard(self, text: str, told: Line = (), hint: Line = ()) -> None:
        """Copy this, and say what is known of it, or `told` where more came of it than a copy."""

    @abstractmethod
    def copy(self, id: str | None, none: str) -> None:
        """Copy an id to paste into Seller Center; where there is `none`, say so."""

    @abstractmethod
    def reload(self) -> None:
        """Show everything as it is now."""

    @abstractmethod
    def show(self, place: Place) -> bool:
        """Put the cursor on this place, if the screen that is open shows it."""

    @abstractmethod
    def open(self, place: Place) -> None:
        """Show this place, on the screen that shows it."""

    @abstractmethod
    def visit(self, pane: str, then: Callable[[AnyFrame], object]) -> None:
        """Go to a screen, and do something there once it shows its data."""

    @abstractmethod
    def go_to_pane(self, id: str) -> None:
        """Go to a screen; it is told where it is there already."""

    @abstractmethod
    def act_on(self, due: Due, then: Callable[[], object] | None = None) -> None:
        """Go to where a line of the agenda opens, and ask there what was done about it; `then` go on."""

    @abstractmethod
    def run_command(self, id: str) -> None:
        """Run a command as if its key had been pressed."""
