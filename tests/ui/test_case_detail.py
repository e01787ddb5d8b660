"""The detail of a case as lines, in every width it is shown in, without a screen."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import BANGKOK, at, policy, rule, ticket
from workbench import i18n
from workbench.output.reasons import WhyLine
from workbench.ui.sections import summed
from workbench.ui.text import Span, headed, line_width, width
from workbench.ui.tickets.detail import TicketFacts, short, whole

NAMES = ["Lunar New Year's Eve", "Lunar New Year", "Second Day of Lunar New Year", "Third Day of Lunar New Year",
         "Fourth Day of Lunar New Year"]  # fmt: skip
WEEK = {date(2026, 2, 16) + timedelta(days=n): name for n, name in enumerate(NAMES)}
HOLIDAYS = policy(rule("decide", "1wd", on_timeout="refunded", as_of=date(2024, 7, 18)), holidays=WEEK)


@pytest.fixture(params=["en", "zh"])
def facts(request):
    i18n.use(request.param)
    case = ticket("refund_only", opened="2026-02-13T16:00", rules=HOLIDAYS, id=4017, sku="PANTS-BLK-L",
                  order_id="576981590830166131", amount="249", reason="too tight")  # fmt: skip
    yield TicketFacts(case, at("2026-02-16T09:00"), BANGKOK, ZoneInfo("Asia/Shanghai"), HOLIDAYS, timedelta(hours=24),
                      (), "y", "w")  # fmt: skip
    i18n.use("en")


def texts(lines):
    return ["".join(span.text for span in line).rstrip() for line in lines]


@pytest.mark.parametrize("cells", [48, 56, 76, 98])
def test_the_sum_stands_in_two_columns_also_in_a_week_of_holidays(facts, cells):
    lines = whole(facts, cells, focused=False)
    assert max(map(line_width, lines)) <= cells
    found = texts(lines)
    begin = next(
        at for at, row in enumerate(found) if "16:00  " in row and ("Why" in row or "\u8ba1\u7b97\u4f9d\u636e" in row)
    )
    end = next(at for at, row in enumerate(found) if at > begin and "23" in row and "16:00  " in row)
    assert "" not in found[begin:end], "the sum is of one piece"
    assert end - begin <= 4, found[begin : end + 1]
    assert "T-4017" in found[1]
    assert all(map(str.strip, texts(short(facts, cells, focused=False))[4:]))


def test_the_title_gives_way_never_the_id():
    rights = [[Span("7d 7h left")], [Span("7d 7h")]]
    assert (
        "".join(span.text for span in headed([Span("Decide refund")], "T-41", rights, 32))
        == "Decide refund  T-41   7d 7h left"
    )
    assert (
        "".join(span.text for span in headed([Span("Decide refund")], "T-41", rights, 26))
        == "Decide refund  T-41  7d 7h"
    )
    assert "".join(span.text for span in headed([Span("Decide refund")], "T-41", rights, 20)) == "Decide ~  T-41 7d 7h"


@pytest.mark.parametrize("cells", [24, 33, 40, 60])
def test_no_time_of_a_sum_is_cut(cells):
    lines = [WhyLine("11月20日 周五 18:00", "已付款", False), WhyLine("+ 2 个工作日", "泰国 2025-08-01", False),
             WhyLine("11月24日 周二 18:00", "最晚备货完成", True)]  # fmt: skip
    rows = ["".join(span.text for span in line) for line in summed(lines, cells)]
    assert len([row for row in rows if "周五 18:00" in row or "周二 18:00" in row]) == 2
    assert all(width(row) <= cells and "~" not in row for row in rows)
    assert "".join(rows).replace(" ", "") == "".join(f"{each.left}{each.right}" for each in lines).replace(" ", "")
