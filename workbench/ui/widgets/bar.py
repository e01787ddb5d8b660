"""The last row: the keys of this screen, or one message, or a fault that stays until it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.ui.text import Line, Span, line_width, spread, width, wrap
from workbench.ui.widgets.lines import Lines

#: Seconds a message stays at most.
MESSAGE_STAYS = 6.0


def keys_line(keys: Sequence[tuple[str, str]], cells: int, keep: int = 1) -> Line:
    """Keys in bold with their word in grey, cut from the right; the last `keep` (help, leave) always stay."""
    first, last = (list(keys[:-keep]), list(keys[-keep:])) if keep else (list(keys), [])
    while first and _keys_width([*first, *last]) > cells - 4:
        first.pop()
    line: list[Span] = [Span("  ")]
    for key, word in [*first, *last]:
        line += [Span(key, "bold"), Span(f" {word}  ", "quiet")]
    return line


def _keys_width(keys: Sequence[tuple[str, str]]) -> int:
    return sum(width(key) + width(word) + 3 for key, word in keys) - 2


class Bar(Lines):
    """The bar has one role at a time: keys, message or fault."""

    DEFAULT_CSS = "Bar { dock: bottom; height: auto; }"
    ground = "pane"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__([[]], id=id)  # one row from the beginning, which moves nothing when it is filled
        self._keys: list[tuple[str, str]] = []
        self._lead: Line = ()
        self._message: Line | None = None
        self._hint: Line = ()
        self.fault: str | None = None
        self._said = 0

    def keys(self, keys: Sequence[tuple[str, str]], lead: Line = ()) -> None:
        """Show these keys, after a `lead` such as "3 selected"."""
        self._keys, self._lead = list(keys), lead
        self._draw()

    def tell(self, message: Line, hint: Line = ()) -> None:
        """Show a message until the next key, at most six seconds; `hint` stands at the right."""
        self._message, self._hint = message, hint
        self._said += 1
        said = self._said
        self.set_timer(MESSAGE_STAYS, lambda: self.quiet() if said == self._said else None)
        self._draw()

    def quiet(self) -> None:
        """No message any more."""
        if self._message is not None:
            self._message = None
            self._draw()

    def blame(self, fault: str | None) -> None:
        """Show a fault until it is answered; None: it is. It takes as many rows as it needs."""
        self.fault = fault
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        cells = self.size.width
        if not cells:
            return
        if self.fault is not None:
            rows = wrap(self.fault, cells - 6)
            self.show(
                [[Span("! " if at == 0 else "  ", "late_bold"), Span(row, "late")] for at, row in enumerate(rows)]
            )
        elif self._message is not None:
            self.show([[Span("  "), *spread(self._message, self._hint, cells - 4)]])
        else:
            lead = [Span("  "), *self._lead, Span(" ")] if self._lead else []
            self.show([[*lead, *keys_line(self._keys, cells - line_width(lead))]])
