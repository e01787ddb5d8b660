"""The week as a table: SKUs down, types across, for the screen and for the printed report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from workbench.core.issues.model import OTHER, Pair
from workbench.core.issues.week import WeekRow

#: Counts from here on share the strongest ground.
HOTTEST = 4


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU in one column; the column `other` may stand for several types."""

    pairs: tuple[Pair, ...]
    count: int
    rising: bool

    @property
    def heat(self) -> int:
        """0 for nothing to 4 for the strongest ground."""
        return min(self.count, HOTTEST)


class HeatRow(msgspec.Struct, frozen=True, kw_only=True):
    """One SKU: its cells in the order of the columns, and over all types its sum, change and mean of four weeks."""

    sku: str
    cells: tuple[Cell, ...]
    sum: int
    change: int
    mean4: float

    @property
    def rising(self) -> bool:
        """Whether any of its cells rises."""
        return any(cell.rising for cell in self.cells)


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """`columns` are ids of types. `rising` counts pairs of SKU and type."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    count: int
    last_week: int
    rising: int


def heat(rows: Sequence[WeekRow], columns: int) -> Heat:
    """The rows of a report as a table of at most `columns` types (at least 1).

    Only types that occur in this week (where nothing does, in the week before), most frequent first; what does not
    fit stands with the type `other` in the last column of that name. SKUs come by sum, then name.
    """
    weight: Counter[str] = Counter()
    for row in rows:
        weight[row.type] += row.count
    if not any(weight.values()):
        weight.update({row.type: row.last_week for row in rows})
    occurring = sorted((type for type in weight if weight[type]), key=lambda type: (type == OTHER, -weight[type], type))
    if len(occurring) > columns:
        shown = [*[type for type in occurring if type != OTHER][: max(columns - 1, 0)], OTHER]
    else:
        shown = occurring
    by_sku: dict[str, list[WeekRow]] = {}
    for row in rows:
        by_sku.setdefault(row.sku, []).append(row)
    table = [_row(sku, of_sku, shown) for sku, of_sku in by_sku.items()]
    return Heat(
        columns=tuple(shown),
        rows=tuple(sorted(table, key=lambda row: (-row.sum, row.sku))),
        count=sum(row.count for row in rows),
        last_week=sum(row.last_week for row in rows),
        rising=sum(row.rising for row in rows),
    )


def _row(sku: str, rows: Sequence[WeekRow], columns: Sequence[str]) -> HeatRow:
    placed: dict[str, list[WeekRow]] = {column: [] for column in columns}
    for row in rows:
        if (column := row.type if row.type in placed else OTHER) in placed:
            placed[column].append(row)
    return HeatRow(
        sku=sku,
        cells=tuple(
            Cell(
                pairs=tuple((row.sku, row.type) for row in cell),
                count=sum(row.count for row in cell),
                rising=any(row.rising for row in cell),
            )
            for cell in placed.values()
        ),
        sum=sum(row.count for row in rows),
        change=sum(row.change for row in rows),
        mean4=sum(row.mean4 for row in rows),
    )
