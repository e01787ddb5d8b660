"""A table read at once, as a start does it, is the table read record by record: the same records, the same words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.anything import records, spoilt
from tests.session.test_door import put_in, respoilt
from workbench.core.saying import Saying
from workbench.i18n import render
from workbench.session.door import fault, glance
from workbench.session.records import Records
from workbench.session.tables import tables
from workbench.storage import WrittenTable, format

TABLES = list(tables().values())
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
many = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


class Shelf:
    """A store of one table."""

    def __init__(self, table) -> None:
        self.version = 1
        self.told: list[Saying] = []
        self.rows = table

    def table(self, _name):
        return self.rows

    def notice_once(self, saying):
        if saying not in self.told:
            self.told.append(saying)


def written(rows) -> WrittenTable:
    raw = {number: format.to_json(tree) for number, tree in rows.items()}
    found = format.decode(b"".join(format.encode({"rows": raw})))[0]["rows"]
    assert isinstance(found, WrittenTable)
    return found


@each_table
def test_both_ways_give_the_same_and_tell_the_same(table):
    @many
    @given(st.lists(records(table.type, 1), max_size=3), st.lists(st.sampled_from(spoilt(table.type)), max_size=2))
    def run(made, spoilings):
        trees = {number: msgspec.to_builtins(record) for number, record in enumerate(made, 1)}
        for number, tree in trees.items():
            if "id" in table.type.__struct_fields__:
                tree["id"] = number
        trees = {number: msgspec.json.decode(msgspec.json.encode(tree)) for number, tree in trees.items()}
        for number, spoiling in enumerate(spoilings, 1):
            put_in(trees.get(number), *spoiling)
        text = written(trees)
        fast, slow = Shelf(text), Shelf(dict(text.items()))
        found = Records(fast, table.name, table.type)
        assert found.live() == Records(slow, table.name, table.type).live()
        assert fast.told == slow.told
        assert all(fault(record) is None for record in found.live().values())

    run()


@each_table
def test_a_glance_passes_nothing_that_is_wrong(table):
    @many
    @given(records(table.type, 1), st.sampled_from(spoilt(table.type)))
    def run(record, spoiling):
        assert glance(table.type)([record, record])
        read = respoilt(record, spoiling)
        assert read is None or fault(read) is None or not glance(table.type)([record, read])

    run()


TICKETS = tables()["tickets"]


def cases(count: int) -> dict[int, dict[str, object]]:
    return {
        number: {
            "id": number, "kind": "message", "stage": "reply", "market": "TH", "deadline": {"policy": "x"},
            "opened_at": "2026-11-24T01:00:00Z", "stage_since": "2026-11-24T01:00:00Z",
        }
        for number in range(1, count + 1)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("id",), 3, "calls itself 3"),
        (("opened_at",), "2026-11-24T01:00:00", "holds a time without a zone"),
        (("opened_at",), "1000-01-01T00:00:00+07:00", ""),
        (("opened_at",), "0999-12-31T23:00:00Z", "holds a time that cannot be meant"),
        (("opened_at",), "9000-12-31T00:00:00-07:00", ""),
        (("money",), {"amount": "0.123456789", "currency": "XAU"}, ""),
        (("money",), {"amount": "9007199254740992"}, ""),
        (("money",), {"amount": "9007199254740993"}, "holds an amount that cannot be meant (9007199254740993)"),
        (("stage",), "elsewhere", "does not have the shape it must have"),
    ],
)
def test_what_is_uncommon_passes_and_what_is_wrong_is_told_alone(path, value, words):
    trees = cases(3)
    put_in(trees[2], path, value)
    shelf = Shelf(written(trees))
    assert list(Records(shelf, "tickets", TICKETS.type).live()) == ([1, 3] if words else [1, 2, 3])
    assert [words in render(saying) for saying in shelf.told] == [True] * bool(words)


def test_a_record_is_known_again_and_read_again_only_where_its_bytes_changed():
    trees, shelf = cases(3), Shelf(written(cases(3)))
    found = Records(shelf, "tickets", TICKETS.type)
    before = found.live()
    assert "records" not in vars(shelf.rows), "nothing is taken apart to be read"
    assert found.get(2) is before[2]
    assert "records" not in vars(shelf.rows)
    trees[2]["buyer"] = "mali"
    shelf.rows, shelf.version = written(trees), 2
    after = found.live()
    assert after is not before
    assert (after[1] is before[1], after[3] is before[3]) == (True, True)
    assert (before[2].buyer, after[2].buyer, found.get(2).buyer) == (None, "mali", "mali")
    shelf.version = 3
    assert found.live() is after
