"""The desk that every domain has: records by number and name, changed and deleted in one step; undo names places."""

from __future__ import annotations

import msgspec
import pytest

from tests.session.lived import opened
from workbench.core.place import Place
from workbench.core.saying import Misuse, Refusal, say
from workbench.i18n import render
from workbench.session.agenda import desks
from workbench.session.desk import Desk, DomainDesk, corrected
from workbench.session.tables import domain_of, domains, tables


@pytest.fixture
def desk(folder):
    class Violations(Desk):
        table = tables()["violations"]
        domain = "violations"  # it stands in no folder of one

    return Violations(opened(folder))


def test_a_desk_knows_its_domain_by_its_folder(folder):
    session = opened(folder)
    found = [desk for name in desks() if isinstance(desk := session.desk(name), Desk)]
    assert len(found) >= 5
    assert [desk.domain for desk in found] == [domain_of(desk.table.name) for desk in found]


def test_a_record_is_found_by_its_number(desk):
    assert desk.find(" v-1 ") == desk.get(1) == desk.all()[0]
    for ref in ("V-2", "T-1", "V-", "1", "V-\u0661", ""):
        with pytest.raises(Refusal, match="There is no"):
            desk.find(ref)
    assert desk.place(1) == Place("violations", 1)


def test_a_deed_is_one_step_for_all_or_for_none(desk):
    before = desk.get(1)
    saying = say("corrected")
    done = desk.change([1, 1], lambda _: saying, lambda each: msgspec.structs.replace(each, points=9))
    assert (done.saying, done.ids, desk.get(1).points) == (saying, (1,), 9)
    with pytest.raises(Refusal) as refused:
        desk.delete([1, 7])
    assert render(refused.value.saying) == "There is no V-7."
    with pytest.raises(Refusal, match="Nothing is chosen"):
        desk.delete([])
    assert desk.get(1).points == 9
    assert render(desk.delete([1]).saying) == "V-1 removed"
    assert desk.all() == []
    session = desk._session
    assert session.undo().places == (Place("violations", 1),)
    undone = session.undo()
    assert (undone.text, undone.places) == ("corrected", (Place("violations", 1),))
    assert desk.get(1) == before
    assert session.redo().places == (Place("violations", 1),)


def test_undo_names_every_place_of_an_import_or_a_merge_and_no_memory(folder):
    session = opened(folder)
    session.tickets.note([4, 5], "both")
    assert session.undo().places == (Place("tickets", 4), Place("tickets", 5))
    session.log.log("LAMP faulty again")
    assert session.undo().places == (Place("issues", 4),)
    session.routines.tick(session.routines.all()[0].id)
    assert session.undo().places == ()


def test_the_desk_of_a_domain_is_found_by_its_name(folder):
    session = opened(folder)
    assert session.desk("violations") is session.ledger
    assert session.desk("tickets") is session.tickets
    for domain in domains():
        assert session.desk(domain) is session.desk(domain)
    with pytest.raises(KeyError, match="poems"):
        session.desk("poems")


def test_every_domain_answers_the_agenda_and_the_upkeep(folder):
    """Files, the calendar and safety are of all domains."""
    session = opened(folder)
    for domain in set(domains()) - {"imports", "calendar", "safety"}:
        assert isinstance(session.desk(domain), DomainDesk), domain
    session.upkeep()


@pytest.mark.parametrize("name", sorted(name for name, table in tables().items() if table.ref is not None))
@pytest.mark.parametrize("text", ["", " "])
def test_an_edit_never_leaves_a_record_that_cannot_be_read(name, text):
    kind = tables()[name].type
    assert corrected(kind, {"id": None}) == {}
    for field in msgspec.structs.fields(kind):
        if field.default is None:
            assert corrected(kind, {field.name: text}) == {field.name: None}
        else:
            with pytest.raises(Misuse, match="cannot be empty"):
                corrected(kind, {field.name: text})
