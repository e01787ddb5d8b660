"""The ledger's desk: every deed one step of undo that returns exactly, and questions that leave no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW, at
from workbench.core.saying import Misuse, Refusal
from workbench.core.violations.model import ViolationDraft
from workbench.i18n import render
from workbench.session import Options, open_session


@pytest.fixture
def shop(tmp_path):
    """Open the one data directory of a test, in a market, at an instant."""

    def opened(market="TH", now=NOW, more=""):
        config = tmp_path / "settings.toml"
        config.write_text(f'[shop]\nmarket = "{market}"\n{more}', encoding="utf-8")
        return open_session(Options(data=tmp_path / "data", config=config, now=now))

    return opened


def draft(points=4, issued="2026-11-20T10:00", **more):
    return ViolationDraft(points=points, issued_at=at(issued), **more)


def seen(session):
    desk = session.ledger
    return desk.all(), desk.scores(), desk.ledger(), desk.listed()


def saved(session):
    return (session.store.directory / "workbench.json").read_bytes()


def test_every_deed_is_one_step_and_comes_back_exactly(shop, tmp_path):
    proof = tmp_path / "proof.png"
    proof.write_bytes(b"png")
    session = shop("US")
    desk = session.ledger
    deeds = [
        lambda: desk.add(draft(6)),
        lambda: desk.add_many([draft(1), draft(2)]),
        lambda: desk.edit(1, points=7, reason="LDR", platform_id="88"),
        lambda: desk.edit(1, platform_id=""),
        lambda: desk.evidence(1, "1", True, proof),
        lambda: desk.statement(1, "We shipped on time."),
        lambda: desk.appeal(1, because="photos follow"),
        lambda: desk.result(1, "rejected"),
        lambda: desk.appeal(1),
        lambda: desk.result(1, "accepted"),
        lambda: desk.set_score(150),
        lambda: desk.delete([1, 3]),
    ]
    states, told = [seen(session)], []
    for deed in deeds:
        told.append(render(deed().saying))
        states.append(seen(session))
    assert len(set(told)) == len(deeds) - 2
    for text, state in zip(reversed(told), reversed(states[:-1]), strict=True):
        assert render(session.undo()) == text
        assert seen(session) == state
    for text, state in zip(told, states[1:], strict=True):
        assert render(session.redo()) == text
        assert seen(session) == state
    assert seen(shop("US")) == states[-1]
    assert desk.add(draft()).ids == (4,)


def test_several_come_in_together_or_not_at_all(shop):
    session = shop()
    heard = []
    session.subscribe(lambda: heard.append(1))
    with pytest.raises(Refusal, match="known already"):
        session.ledger.add_many([draft(platform_id="AB"), draft(platform_id="ab")])
    with pytest.raises(Misuse):
        session.ledger.add_many([draft(), draft(49)])
    with pytest.raises(Refusal):
        session.ledger.add_many([])
    assert (session.ledger.all(), session.history(), heard) == ([], [], [])
    assert session.ledger.add_many([draft(platform_id="AB"), draft()]).ids == (1, 2)
    assert heard == [1]
    with pytest.raises(Refusal, match="known already"):
        session.ledger.edit(2, platform_id="ab")
    assert session.ledger.find("ab") == session.ledger.find(" v-1 ") == session.ledger.get(1)


def test_what_if_leaves_no_trace(shop):
    session = shop()
    session.ledger.add_many([draft(30), draft(8, "2026-10-01T10:00")])
    before, bytes_before = seen(session), saved(session)
    more = session.ledger.what_if([draft(12, "2026-11-24T09:00")])
    assert (more.now.points, more.then.points, more.then.revoked) == (38, 50, True)
    won = session.ledger.what_if((), {1})
    assert (won.then.points, won.then.forecast[0].points) == (8, 8)
    assert [change.then for change in won.rights] == [True]
    with pytest.raises(Misuse):
        session.ledger.what_if([draft(-1)])
    assert (seen(session), saved(session)) == (before, bytes_before)


def test_the_list_has_the_best_appeal_first_then_answers_then_what_is_over(shop):
    session = shop()
    desk = session.ledger
    desk.add_many([
        draft(2, "2026-11-01T10:00"), draft(8, "2026-11-10T10:00"), draft(4, "2026-11-11T10:00"),
        draft(1, "2026-11-12T10:00"), draft(1, "2026-06-01T10:00"),
    ])  # fmt: skip
    desk.appeal(3, at("2026-11-20T10:00"))
    desk.appeal(4, at("2026-11-13T10:00"))
    assert desk.ledger().points == 16
    assert [option.violation.id for option in desk.plan()] == [2, 1]
    assert [violation.id for violation, _ in desk.listed()] == [2, 1, 4, 3, 5]


def test_filing_with_everything_proved_leaves_nothing_open(shop):
    desk = shop().ledger
    desk.add(draft())
    for number in range(1, len(desk.checklist(desk.get(1))) + 1):
        assert desk.open_items(desk.get(1))
        desk.evidence(1, str(number), True)
    assert desk.open_items(desk.get(1)) == ()


def test_a_file_that_proves_is_kept_when_the_item_is_opened_again(shop, tmp_path):
    desk = shop().ledger
    desk.add(draft())
    with pytest.raises(Refusal, match="no file"):
        desk.evidence(1, "1", True, tmp_path / "nowhere.png")
    with pytest.raises(Refusal, match="no file"):
        desk.evidence(1, "1", True, tmp_path)
    proof = tmp_path / "proof.png"
    proof.write_bytes(b"x" * 100_000)
    desk.evidence(1, "1", True, proof)
    desk.evidence(1, "1", False)
    (item,) = desk.get(1).evidence
    assert (item.done, item.path, item.size, len(item.sha256)) == (False, str(proof), 100_000, 64)


def test_answers_are_reckoned_anew_when_the_rules_change(shop):
    first = shop()
    first.ledger.add(draft())
    first.ledger.appeal(1, at("2026-11-23T10:00"))
    due = first.ledger.standing(first.ledger.get(1)).appeal.answer_by
    assert due == at("2026-11-30T10:00")
    assert not first.ledger.upkeep()
    changed = shop(more='[markets.TH.points.appeals]\nanswer = "2d"\n')
    assert changed.ledger.standing(changed.ledger.get(1)).appeal.answer_by == due - timedelta(days=5)
    assert changed.ledger.upkeep()
    assert changed.ledger.get(1).appeals[0].answer_by == due - timedelta(days=5)
    assert not changed.ledger.upkeep()
    assert [render(entry.text) for entry in changed.history()] == ["V-1 appealed", "V-1 added"]
