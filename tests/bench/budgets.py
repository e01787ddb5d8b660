"""The budgets as the design has them, what was measured against them, and the page that keeps both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

#: What is held against the budget: ours over the yardstick's, ours less the yardstick's, ours in hundredths of the
#: yardstick's, or ours alone, with the yardstick beside it to say how fast the machine is.
Per = Literal["x", "MB", "%", "s"]


class Budget(NamedTuple):
    """What is allowed of one thing, beside its yardstick. `what` is its name in the table and on the command line."""

    what: str
    yardstick: str
    most: float
    per: Per = "x"


class Result(NamedTuple):
    """The medians of one run: seconds, or megabytes where the budget is in them."""

    budget: Budget
    ours: float
    theirs: float

    @property
    def held(self) -> float:
        """The number that the budget limits."""
        match self.budget.per:
            case "x":
                return self.ours / self.theirs
            case "MB":
                return self.ours - self.theirs
            case "%":
                return 100 * self.ours / self.theirs
            case "s":
                return self.ours

    @property
    def met(self) -> bool:
        return self.held <= self.budget.most

    def line(self, day: str) -> str:
        """Its line of the table."""
        what, yardstick, most, per = self.budget
        scale, unit = (1, "MB") if per == "MB" else (1000, "ms")
        told = "met" if self.met else "MISSED"
        return (
            f"| {what} | {self.ours * scale:.1f} {unit} | {yardstick} | {self.theirs * scale:.1f} {unit} | "
            f"{self.held:.2f} {per} | {most} {per} | {told} | {day} |"
        )


LABEL, DATATABLE, BARE = "one Label", "DataTable, 100 rows", "bare Python"
BESIDE = "300 promotions, 500 deals, 2,000 replies, 20,000 readings beside"
BUDGETS = {
    budget.what: budget
    for budget in (
        Budget("first frame, 1,000 open, 20,000 archived", LABEL, 1.3),
        Budget("then the queue, 1,000 open, 20,000 archived", LABEL, 1.3),
        Budget("first frame, 10,000 open, 100,000 archived", LABEL, 1.6),
        Budget("then the queue, 10,000 open, 100,000 archived", LABEL, 1.6),
        Budget(f"first frame, 1,000 open, {BESIDE}", "without them", 1.1),
        Budget(f"first frame, 10,000 open, {BESIDE}", "without them", 1.1),
        Budget("key to repaint, 10,000 open", DATATABLE, 1.5),
        Budget("key in the search, 2,000 replies", DATATABLE, 1.5),
        Budget("key on the board, 300 SKUs, 3,000 promotions", DATATABLE, 1.5),
        Budget("peak memory, 10,000 open, 100,000 archived", LABEL, 60, "MB"),
        Budget("idle, 1,000 open, all rows ticking", "one core", 1, "%"),
        Budget("save, 1,000 live, full history", "TinyDB default, 1,000", 0.3),
        Budget("save, 1,000 live, 20,000 archived", "TinyDB default, 21,000", 0.05),
        Budget("save, 100,000 archived", "save, 1,000 archived", 1.3),
        Budget("queue --json, 1,000 open", BARE, 8),
        Budget("queue, 10,000 open, 90,000 archived", "task next", 0.6),
        Budget("import, 100,000 rows of CSV", "task import", 1),
        Budget("import, 100,000 rows of XLSX", "task import", 1.5),
        Budget("lint, 2,000 texts of 500 characters", BARE, 1.5, "s"),
        Budget("reply use, 2,000 replies", BARE, 10),
        Budget("coverage, 300 SKUs, 3,000 promotions", BARE, 10),
    )
}

HEAD = "| what | ours | yardstick | its time | held | budget | | measured |\n|---|---|---|---|---|---|---|---|"
_PAGE = """# The budgets, measured

{machine}

Ours and the yardstick run in turns on the same machine (ours, yardstick, ours, yardstick ...), after one round to warm
up, and of each the median of seven rounds stands here. What counts is `held`: the ratio, the megabytes above the
yardstick, the share of a core, or for `lint` our seconds alone. `make bench` measures every line anew;
`python -m tests.bench --write NAME...` only those named (`tests/bench/measures.py` lists them), and leaves the others
with their day.

{table}
"""


def page(before: str, results: Iterable[Result], day: str, machine: str) -> str:
    """The page with these results. A line of `before` that was not measured now stays; one that never was says so."""
    lines = {_named(line): line for line in before.splitlines() if line.startswith("| ")}
    lines |= {result.budget.what: result.line(day) for result in results}
    table = (HEAD, *(lines.get(what) or _unmeasured(budget) for what, budget in BUDGETS.items()))
    return _PAGE.format(machine=machine, table="\n".join(table))


def _named(line: str) -> str:
    return line.split("|")[1].strip()


def _unmeasured(budget: Budget) -> str:
    return f"| {budget.what} | | {budget.yardstick} | | | {budget.most} {budget.per} | | not yet |"
