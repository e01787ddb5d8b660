"""The sentence of Today, said from any agenda: cases are counted, all clear is said only where nothing is left."""

from __future__ import annotations

import pytest

from tests.factories import BANGKOK, NOW, at
from workbench import i18n
from workbench.core.agenda import Agenda, Due, Telling
from workbench.core.place import Place
from workbench.core.saying import say
from workbench.output.agenda import when
from workbench.ui.text import line_width, tight
from workbench.ui.today.lines import consequence, folded, sentence, strip_lines


def due(number=1, **fields):
    fields = {"case": True, "kind": "platform", "at": at("2026-11-27T09:00")} | fields
    told = Telling(
        ref=f"T-{number}", what=say("Decide refund"), otherwise=say("If you do nothing, it closes."),
        too_late=say("Time is over."), words="one two three " * 60,
    )  # fmt: skip
    return Due(place=Place("tickets", number), tell=lambda: told, **fields)


def said(*dues):
    i18n.use("en")
    return "".join(span.text for span in sentence(Agenda(dues, NOW, BANGKOK), True))


LATE = due(1, at=at("2026-11-24T08:00"))
TODAY = due(2, at=at("2026-11-24T09:47"))
MIDNIGHT = due(3, at=at("2026-11-25T00:00"))
LEFT = due(4, goal_at=at("2026-11-24T00:00"))
CLEAR = due(5, goal_at=at("2026-11-25T00:00"))
LATER = due(6)
APPEAL = due(7, at=at("2026-11-24T18:00"), case=False)


@pytest.mark.parametrize(
    ("dues", "text"),
    [
        ((), "All clear for today. Nothing is due."),
        ((LATER,), "All clear for today. Next is Fri 09:00."),
        ((MIDNIGHT,), "1 due today. Next at 24:00, in 15h 00m."),
        (
            (LATE, TODAY, LEFT, CLEAR, CLEAR),
            "1 overdue, 1 more case today. 2 to clear, 1 left over. Next at 09:47, in 47 minutes.",
        ),
        ((LATE,), "1 overdue, nothing more today."),
        ((LEFT,), "No case is due today. 1 left over."),
        ((APPEAL,), "No case is due today. Next at 18:00, in 9h 00m."),
    ],
)  # fmt: skip
def test_sentence(dues, text):
    assert said(*dues) == text


def test_what_follows_and_what_may_have_followed():
    i18n.use("en")
    assert consequence(LATER, LATER.tell(), NOW) == "If you do nothing, it closes."
    assert consequence(LATE, LATE.tell(), NOW) == "Time is over."


def test_the_strip_grows_with_its_rows():
    i18n.use("en")
    low, tall = (strip_lines(LEFT, "left_over", NOW, BANGKOK, 120, rows) for rows in (5, 9))
    assert len(low) == 5
    assert 5 < len(tall) <= 9
    assert "Left over since Mon 24:00." in "".join(span.text for span in low[2])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("cells", range(24, 120, 8))
def test_nothing_of_the_sentence_nor_of_what_is_folded_is_cut(language, cells):
    i18n.use(language)
    agenda = Agenda([LATE, TODAY, TODAY, LEFT, CLEAR], NOW, BANGKOK)
    shown = tight(sentence(agenda, True, 12, cells))
    assert "".join(span.text for span in shown).rstrip()[-1] in ".\u3002"
    assert line_width(shown) <= max(cells, line_width(sentence(agenda, True, 12, 0)))
    hidden = [TODAY, LEFT, LATER, LATER]
    lines = folded(Agenda(hidden, NOW, BANGKOK), hidden, {"buyer": 3, "carrier": 2}, cells)
    assert max(map(line_width, lines)) < cells + 3
    assert "~" not in "".join(span.text for line in lines for span in line)
    i18n.use("en")


@pytest.mark.parametrize(("since", "told"), [
    ("2026-11-22T08:05", "since Sun"), ("2026-11-24T08:52", "today"), ("2026-11-05T08:00", "5 Nov"),
])  # fmt: skip
def test_since_when_a_question_is_open_fits_its_column(since, told):
    i18n.use("en")
    assert when(due(asks_since=at(since)), NOW, BANGKOK) == told
    assert len(told) <= 9
