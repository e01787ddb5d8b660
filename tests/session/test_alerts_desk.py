"""Alerts of a session against rules written out again by hand, over random logs, readings and acknowledgements."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import exp, factorial

import pytest

from workbench.core.issues.model import Issue
from workbench.core.saying import Refusal, say
from workbench.session import Options, open_session
from workbench.session.issues import ISSUES

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RULES = """
[[alerts]]
id = "unusual"
metric = "issues"
is = "unusual"
scope = "sku_type"
{more}
[[alerts]]
id = "rising"
metric = "issues"
is = "rising_days"
scope = "sku"
"""


def opened(folder, rules="", now=NOW):
    settings = folder / "settings.toml"
    settings.write_text(rules, encoding="utf-8")
    return open_session(Options(data=folder / "data", config=settings, now=now.isoformat()))


def back(n):
    return TODAY - timedelta(days=n)


class Log:
    """A log of 150 days: some evenings are left out, some SKUs come late, some get worse."""

    def __init__(self, seed):
        rand = random.Random(seed)
        self.days = {back(n) for n in range(150) if rand.random() < rand.choice([0.6, 1, 1])}
        self.counts = {}
        for number in range(12):
            sku, type = f"S{number}", rand.choice(["size", "damaged"])
            rate, first = rand.choice([0.02, 0.1, 0.4]), rand.choice([150, 150, 60, 36, 35, 20])
            worse = rand.choice([1, 1, 3, 8])
            counts = self.counts[sku, type] = {}
            for n in range(first):
                mean = rate * (worse if n < rand.choice([3, 7, 20]) else 1)
                count = sum(rand.random() < mean / 4 for _ in range(4))
                if count and back(n) in self.days:
                    counts[back(n)] = count

    def put(self, session):
        with session.saving() as tx:
            for day in self.days:
                rows = [(pair, counts[day]) for pair, counts in self.counts.items() if day in counts]
                for (sku, type), count in rows:
                    self._put(tx, day, sku=sku, type=type, count=count, words="w")
                if not rows:
                    self._put(tx, day, none=True, words="")
            tx.sweep()
            tx.commit_as(say("x"), NOW)

    def _put(self, tx, day, **fields):
        id = tx.next_id(ISSUES)
        tx.put(ISSUES, id, Issue(id=id, day=day, logged_at=datetime.combine(day, NOW.time(), UTC), **fields))


def between(counts, first, last):
    return sum(count for day, count in counts.items() if first <= day <= last)


def unusual(log, pair, day):
    """What the contract says of a SKU and type on a day."""
    counts = log.counts[pair]
    seen = min((each for other, days in log.counts.items() if other[0] == pair[0] for each in days), default=None)
    begin = day - timedelta(days=66)
    logged = sum(begin + timedelta(days=n) in log.days for n in range(60))
    if seen is None or (day - seen).days < 28 + 7 or logged < 28:
        return "unknown", None, None
    k = between(counts, day - timedelta(days=6), day)
    b = between(counts, begin, day - timedelta(days=7))
    usual = b * 7 / 60
    chance = 1 - sum(exp(-usual) * usual**n / factorial(n) for n in range(k))
    fires = k >= 3 and chance < 0.01
    return ("fires" if b >= 2 else "new") if fires else "quiet", k, usual


def stand(verdicts, for_days, keep):
    """States day by day, forwards."""
    firing, held, clear, state = False, 0, 0, "quiet"
    for verdict in verdicts:
        if verdict == "unknown":
            state = "unknown"
            continue
        if verdict == "fires":
            held, clear = held + 1, 0
            firing = firing or held >= for_days
            state = "firing" if firing else "pending"
            continue
        held, clear = 0, clear + 1
        if firing and clear >= keep:
            firing, state = False, "resolved"
        else:
            state = "firing" if firing else "quiet"
    return state


@pytest.mark.parametrize(
    ("seed", "for_days", "keep"), [(1, 1, 1), (2, 2, 1), (3, 1, 2), (4, 2, 3), (5, 1, 1), (6, 3, 2)]
)
def test_states_are_what_the_rules_say_day_by_day(tmp_path, seed, for_days, keep):
    log = Log(seed)
    session = opened(tmp_path, RULES.format(more=f"for = {for_days}\nkeep = {keep}"))
    log.put(session)
    found = {alert.id: alert for alert in opened(tmp_path, RULES.format(more=f"for = {for_days}\nkeep = {keep}"))
             .desk("alerts").all()}  # fmt: skip
    states = set()
    for (sku, type), counts in log.counts.items():
        if not counts or max(counts) < back(96):
            continue  # out of sight
        told = [unusual(log, (sku, type), back(n)) for n in range(29, -1, -1)]
        alert = found[f"unusual/sku:{sku}/{type}"]
        expected = stand([verdict for verdict, _k, _usual in told], for_days, keep)
        assert alert.standing.state == expected, (sku, told)
        assert alert.finding.verdict == told[-1][0]
        if told[-1][1] is not None:
            assert (alert.finding.value, float(alert.finding.usual)) == (told[-1][1], pytest.approx(told[-1][2]))
        states.add(expected)
        counted = {day: between(counts, day - timedelta(days=59), day) for day in log.days}
        last = [counted.get(back(n)) for n in range(3, -1, -1)]
        rising = found[f"rising/sku:{sku}"].finding
        if None in last:
            assert rising.verdict == "unknown"
        elif not all(one < two for one, two in pairwise(last)):
            assert rising.verdict == "quiet"
        else:
            assert rising.verdict == ("few" if between(counts, back(29), TODAY) < 15 else "fires")
    assert len(states) > 1


def test_asking_writes_nothing_and_reads_no_archive(tmp_path, monkeypatch):
    session = opened(tmp_path, RULES.format(more=""))
    Log(1).put(session)
    again = opened(tmp_path, RULES.format(more=""))
    before = {file: file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()}
    assert again.store.archived_months(ISSUES)
    monkeypatch.setattr(again.store, "archived", lambda *_: pytest.fail("the archive was read"))
    assert again.desk("alerts").all()
    assert {file: file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()} == before


def test_a_line_that_was_crossed_and_what_is_seen(tmp_path):
    rules = '[shop]\nmarket = "US"\n[[alerts]]\nid = "over"\nmetric = "nrr"\nis = "above"\n'
    session = opened(tmp_path, rules)
    metrics, desk = session.desk("metrics"), session.desk("alerts")
    with pytest.raises(Refusal):
        desk.acknowledge("over/shop")
    metrics.enter(metrics.read("nrr 1.2%", TODAY))  # under 1.2 % is its line
    assert [alert.fires for alert in desk.all()] == [True]
    desk.acknowledge("over/shop")
    assert desk.firing() == []
    metrics.enter(metrics.read("nrr 1.19%", TODAY))
    assert [alert.standing.state for alert in desk.all()] == ["quiet"]
    metrics.enter(metrics.read("nrr 1.2%", TODAY))
    assert desk.firing() == []  # not beyond what was seen
    metrics.enter(metrics.read("nrr 1.21%", TODAY))
    [alert] = desk.firing()
    assert alert.finding.value == Decimal("0.0121")
    session.undo()
    assert desk.firing() == []


def test_evenings_without_a_log_are_those_that_are_over(tmp_path):
    rules = '[[alerts]]\nid = "no_log"\nmetric = "log"\nis = "silent"\nn = 2\n'
    session = opened(tmp_path, rules)
    session.log.nothing_wrong(back(2))
    assert [alert.fires for alert in session.desk("alerts").all()] == [False]  # this evening is still to come
    tomorrow = opened(tmp_path, rules, NOW + timedelta(days=1))
    assert [alert.finding.value for alert in tomorrow.desk("alerts").firing()] == [2]
