"""The few forms of Markdown that the generated documents use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def heading(level: int, text: str) -> str:
    """A heading; 1 is the title of the page."""
    return f"{'#' * level} {text}"


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """One bullet a line."""
    return (f"- {line}" for line in lines)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; columns in which no row says anything are left out."""
    rows = list(rows)
    used = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    yield _line(heads[at] for at in used)
    yield _line("---" for _ in used)
    for row in rows:
        yield _line(row[at] for at in used)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
