"""Two open sessions, any deeds in any order: both see one truth, undo all is the start, redo all is the end."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.test_import import export
from tests.factories import NOW
from tests.session.lived import opened, records
from workbench.core.saying import Misuse, Refusal
from workbench.core.violations.model import ViolationDraft
from workbench.session import Options, Session, open_session
from workbench.session.safety.desk import check

word = st.sampled_from(["", "a", "=1", "红色\n", "\x1b[2J", "PANTS"])
number = st.integers(1, 4)
hours = st.integers(-200, 200)
deed = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(["cancel", "refund_only", "message", "exchange", "other"]), word, hours),
    st.tuples(st.just("edit"), number, word, hours),
    st.tuples(st.just("note"), number, word),
    st.tuples(st.just("act"), number, st.integers(0, 5), hours),
    st.tuples(st.just("due"), number, hours),
    st.tuples(st.just("close"), number, st.integers(0, 900)),
    st.tuples(st.just("reopen"), number),
    st.tuples(st.just("delete"), st.lists(number, min_size=1, max_size=3)),
    st.tuples(st.just("tag"), number, word),
    st.tuples(st.just("log"), st.integers(0, 90), word),
    st.tuples(st.just("relog"), number, word),
    st.tuples(st.just("unlog"), number),
    st.tuples(st.just("nothing wrong")),
    st.tuples(st.just("violation"), number, hours),
    st.tuples(st.just("appeal"), number),
    st.tuples(st.just("result"), number, st.booleans()),
    st.tuples(st.just("import"), st.sampled_from(["To process", "Completed", "In process"])),
    st.tuples(st.just("restore")),
    *[st.tuples(st.just(name)) for name in ("undo", "undo", "redo")],
)


class Shop:
    """Two sessions on one directory, their common clock, and the states that undo must give back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOW
        self.pair = [self.open(), self.open()]
        self.states, self.at = [records(self.pair[0])], 0

    def open(self) -> Session:
        opened(self.folder)  # writes the settings
        return open_session(Options(self.folder / "data", self.folder / "settings.toml"), lambda: self.now)

    def do(self, session: Session, deed) -> None:
        name, *args = deed
        try:
            DEEDS[name](self, session, *args)
        except (Refusal, Misuse):
            session.refresh()
            assert records(session) == self.states[self.at], "a refusal changes nothing"
            return
        if name == "undo":
            self.at -= 1
        elif name == "redo":
            self.at += 1
        elif records(session) != self.states[self.at]:
            self.states = [*self.states[: self.at + 1], records(session)]
            self.at += 1
        assert records(session) == self.states[self.at]

    def look(self) -> None:
        for session in self.pair:
            session.refresh()
            assert records(session) == self.states[self.at]
            assert sum(not entry.undone for entry in session.history()) == self.at


def act(shop, session, id, which, after):
    legal = session.tickets.actions(session.tickets.get(id))
    name = legal[which % len(legal)].name if legal else "approve"
    arg = {"set": "decide", "snooze": shop.now + timedelta(hours=after)}.get(name)
    session.tickets.act([id], name, arg)


def bring(shop, session, status):
    path = export(shop.folder / "returns.csv", {"Return Status": status})
    session.imports.apply(session.imports.read([path]))


def log(shop, session, back, word):
    session.log.log(f"{(shop.now - timedelta(days=back)).date()} PANTS size {word}")


def violation(shop, session, points, back):
    session.ledger.add(ViolationDraft(points=points, issued_at=shop.now + timedelta(hours=back)))


def restore(shop, session):
    session.safety.restore(shop.folder / "first.json")


DEEDS = {
    "add": lambda shop, s, kind, word, back: s.tickets.add(
        kind=kind, sku=word, buyer=word, opened_at=shop.now - timedelta(hours=abs(back))
    ),
    "edit": lambda shop, s, id, word, back: s.tickets.edit(
        [id], buyer=word, opened_at=shop.now - timedelta(hours=abs(back))
    ),
    "note": lambda shop, s, id, word: s.tickets.note([id], word),
    "act": act,
    "due": lambda shop, s, id, after: s.tickets.due([id], shop.now + timedelta(hours=after) if after else None),
    "close": lambda shop, s, id, back: s.tickets.close([id], "other", shop.now - timedelta(hours=back)),
    "reopen": lambda shop, s, id: s.tickets.reopen([id]),
    "delete": lambda shop, s, ids: s.tickets.delete(ids),
    "tag": lambda shop, s, id, word: s.tickets.tag([id], add=(word,)),
    "log": log,
    "relog": lambda shop, s, id, word: s.log.edit(id, f"LAMP faulty {word}"),
    "unlog": lambda shop, s, id: s.log.delete([id]),
    "nothing wrong": lambda shop, s: s.log.nothing_wrong(),
    "violation": violation,
    "appeal": lambda shop, s, id: s.ledger.appeal(id),
    "result": lambda shop, s, id, won: s.ledger.result(id, "accepted" if won else "rejected"),
    "import": bring,
    "restore": restore,
    "undo": lambda shop, s: s.undo(),
    "redo": lambda shop, s: s.redo(),
}


FIRST = [
    ("add", "refund_only", "a", 30), ("add", "message", "PANTS", 5), ("add", "exchange", "", 400), ("log", 0, "a"),
    ("log", 70, "=1"), ("violation", 4, -50), ("violation", 2, -3000),
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 1), deed, st.sampled_from([0, 0, 0, 1, 26, 24 * 15, -30])), min_size=4, max_size=16
    )
)
def test_two_sessions_one_truth_and_every_way_back(steps):
    with tempfile.TemporaryDirectory() as name:
        shop = Shop(Path(name))
        for first in FIRST:
            shop.do(shop.pair[0], first)
        shop.pair[0].safety.backup(shop.folder / "first.json")
        for which, deed, passed in steps:
            shop.now += timedelta(hours=passed)
            shop.do(shop.pair[which], deed)
            shop.look()
        assert check(shop.folder / "data").problems == []
        for at in range(shop.at - 1, -1, -1):
            shop.pair[at % 2].undo()
            assert records(shop.open()) == shop.states[at]
        for at in range(1, len(shop.states)):
            shop.pair[at % 2].redo()
            assert records(shop.open()) == shop.states[at]
        assert check(shop.folder / "data").problems == []
