"""What our own widgets leave out of what Textual does for any: both cost most where a row is drawn each second.

A box and the screen under it have nothing to draw but their ground, so all their rows are one strip, which is divided
once. And what is drawn from `workbench.ui.text` has no colour of the terminal's in it that would have to be made a
true one: only an app without colours filters it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Container
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def true_colours(widget: Widget) -> Sequence[LineFilter]:
    """The filters for what a widget draws from lines."""
    return [each for each in widget.app.get_line_filters() if not isinstance(each, ANSIToTruecolor)]


def ground(widget: Widget, crop: Region) -> list[Strip] | None:
    """The rows of a widget that draws nothing; None where they are filtered one by one."""
    if true_colours(widget):
        return None
    return [Strip.blank(crop.width, widget.visual_style.rich_style)] * crop.height


class Ground(Container):
    """A container without a border."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its ground."""
        return ground(self, crop) or super().render_lines(crop)
