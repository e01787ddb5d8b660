"""The fingerprint of a policy: the same for the same rules, another one as soon as a deadline could be another."""

import pytest

from workbench.config import policies, policy

RULE = '[[markets.TH.deadlines]]\nkind = ["cancel"]\nstage = "decide"\nwithin = "24h"\n'


def test_it_is_short_and_stable(seller, shipped):
    again = seller("# only a comment\n[soon]\npoints = 9\n[markets.US]\ndisputable_days = 12\n")
    for market in ("generic", "TH", "UK"):
        mark = policy(shipped.settings, market).fingerprint
        assert mark == policy(again.settings, market).fingerprint
        assert len(mark) == 8


@pytest.mark.parametrize(
    "text",
    [
        RULE,
        RULE.replace("24h", "25h"),
        RULE + 'when = "amount > 1"\n',
        RULE + "effective = 2026-01-01\n",
        RULE + 'on_timeout = "cancelled"\n',
        '[[markets.generic.deadlines]]\nkind = "other"\nstage = "decide"\nwithin = "1d"\n',
        '[markets.TH]\ncurrency = "USD"\n',
        '[markets.TH]\nexport_timezone = "UTC"\n',
        '[markets.TH]\nholidays = "VN"\n',
        "[markets.TH]\ndisputable_days = 3\n",
        "[holidays.TH]\nadd = [2026-12-31]\n",
        "[holidays.TH]\nstrike = [2026-12-31]\n",
        '[shop]\nmarket = "TH"\ntimezone = "Asia/Shanghai"\n',
    ],
)
def test_it_changes_with_whatever_a_deadline_depends_on(seller, shipped, text):
    loaded = seller(text)
    assert loaded.problems == ()
    assert policy(loaded.settings, "TH").fingerprint != policy(shipped.settings, "TH").fingerprint


def test_it_changes_with_the_version_of_the_holidays(shipped, monkeypatch):
    before = [policy(shipped.settings, market).fingerprint for market in ("TH", "generic")]
    monkeypatch.setattr(policies, "holidays_version", lambda: "holidays-99")
    after = [policy(shipped.settings, market).fingerprint for market in ("TH", "generic")]
    assert [a == b for a, b in zip(before, after, strict=True)] == [False, True]


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert policies.holidays_version() == f"holidays-{version('holidays')}"
