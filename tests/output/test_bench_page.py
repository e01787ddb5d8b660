"""The page of the budgets: what was not measured anew keeps its line and its day."""

from tests.bench.budgets import BUDGETS, Result, page

LINT = BUDGETS["lint, 2,000 texts of 500 characters"]
KEY = BUDGETS["key to repaint, 10,000 open"]


def rows(text: str) -> dict[str, list[str]]:
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in cells}


def test_a_line_that_was_not_measured_stays_with_its_day() -> None:
    first = page("", [Result(KEY, 0.010, 0.008)], "2026-11-01", "A machine.")
    both = rows(page(first, [Result(LINT, 1.6, 0.02)], "2026-11-02", "A machine."))
    assert both[KEY.what] == rows(first)[KEY.what]
    assert both[KEY.what][-3:] == ["1.5 x", "met", "2026-11-01"]
    assert both[LINT.what] == ["1600.0 ms", "bare Python", "20.0 ms", "1.60 s", "1.5 s", "MISSED", "2026-11-02"]


def test_the_page_has_every_budget_and_says_what_was_never_measured() -> None:
    never = rows(page("", [], "2026-11-01", "A machine."))
    assert [what for what in never if what in BUDGETS] == list(BUDGETS)
    assert {never[what][-1] for what in BUDGETS} == {"not yet"}


def test_each_kind_of_budget_is_held_to_its_own_number() -> None:
    memory = BUDGETS["peak memory, 10,000 open, 100,000 archived"]
    idle = BUDGETS["idle, 1,000 open, all rows ticking"]
    assert (Result(memory, 90, 31).met, Result(memory, 92, 31).met) == (True, False)
    assert (Result(idle, 0.04, 5).met, Result(idle, 0.06, 5).met) == (True, False)
    assert (Result(KEY, 3, 2).met, Result(KEY, 3.1, 2).met) == (True, False)
