"""The pictures of the week as inline SVG: no script, no style of their own, colours by the classes of the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workbench.output.cells import clean, cut

_WIDE = 320
_TALL = 150
_ROW = 24


def weeks_chart(labels: Sequence[str], counts: Sequence[int], mean: float, title: str) -> str:
    """A bar a week with its number above, the last one strong; the dashed line is the mean of the four before it."""
    bottom, top = _TALL - 20, 22
    scale = (bottom - top) / max(*counts, mean, 1)
    step = _WIDE / len(counts)
    level = bottom - mean * scale
    parts = [_line(0, bottom, _WIDE, bottom, "axis")]
    numbers = [_line((len(counts) - 5) * step, level, (len(counts) - 1) * step, level, "mean")]
    for at, (label, count) in enumerate(zip(labels, counts, strict=True)):
        left, height = at * step, count * scale
        kind = "now" if at == len(counts) - 1 else "before"
        parts.append(_bar(left + step * 0.16, bottom - height, step * 0.68, height, kind))
        numbers.append(_text(left + step / 2, bottom - height - 6, str(count), "middle"))
        numbers.append(_text(left + step / 2, _TALL - 4, label, "middle", "label"))
    return _svg(_TALL, [*parts, *numbers], title)


def types_chart(rows: Sequence[tuple[str, int, int]], title: str) -> str:
    """Two bars a type, this week's over last week's, with this week's number behind."""
    most = max((max(now, before) for _, now, before in rows), default=0)
    left, room = 78, _WIDE - 78 - 26
    parts = []
    for at, (name, now, before) in enumerate(rows):
        top = at * _ROW
        parts.append(_text(left - 8, top + 16, cut(clean(name), 10), "end", "label"))
        parts.append(_bar(left, top + 4, room * now / max(most, 1), 10, "now"))
        parts.append(_bar(left, top + 15, room * before / max(most, 1), 4, "before"))
        parts.append(_text(left + room * now / max(most, 1) + 6, top + 14, str(now), "start"))
    return _svg(max(len(rows), 1) * _ROW, parts, title)


def spark(counts: Sequence[int], title: str) -> str:
    """The weeks of one SKU and type, small: bars with their numbers under them."""
    wide, bottom = 144, 30
    step = wide / len(counts)
    most = max(*counts, 1)
    parts = []
    for at, count in enumerate(counts):
        height = (bottom - 2) * count / most
        kind = "now" if at == len(counts) - 1 else "before"
        parts.append(_bar(at * step + 3, bottom - height, step - 6, height, kind))
        parts.append(_text(at * step + step / 2, bottom + 14, str(count), "middle", "label"))
    return _svg(bottom + 18, parts, title, wide)


def _svg(tall: float, parts: Sequence[str], title: str, wide: float = _WIDE) -> str:
    return f'<svg viewBox="0 0 {_n(wide)} {_n(tall)}" role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'


def _bar(x: float, y: float, wide: float, tall: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(tall)}" rx="1.5"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _text(x: float, y: float, text: str, anchor: str, kind: str = "number") -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
