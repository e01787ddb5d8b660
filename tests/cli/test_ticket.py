"""Tickets by hand, as a script does it: ids, actions, deadlines, exit statuses."""

from __future__ import annotations

import pytest


def test_a_case_from_its_opening_to_its_end(shop):
    case = shop.add(
        opened="2026-11-20T15:00", order="5769", sku="PANTS", amount="฿1,290.00", tag="vip", note="ring back"
    )
    assert (case["id"], case["state"], case["turn"], case["stage"]) == ("T-1", "overdue", "seller", "decide")
    assert case["due_at"] == "2026-11-23T15:00:00+07:00"
    assert case["money"] == {"amount": "1290.00", "currency": "THB"}
    assert (case["due_kind"], case["due_source"], case["assumed"]) == ("platform", "rule", False)
    assert case["seconds_left"] == -18 * 3600
    assert shop.json("ticket", "act", "5769", "ask_proof")["due_at"] == "2026-11-25T09:00:00+07:00"
    assert shop.json("ticket", "act", "t-1", "prove")["stage"] == "dispute"
    assert shop.json("ticket", "act", "T-1", "lost")["stage"] == "appeal"
    done = shop.json("ticket", "act", "T-1", "waive")
    assert (done["stage"], done["outcome"], done["due_at"], done["closed_at"]) == (
        "closed", "refunded", None, "2026-11-24T09:00:00+07:00",
    )  # fmt: skip
    assert [event["what"] for event in done["timeline"]] == ["opened", "ask_proof", "prove", "lost", "waive"]
    assert shop.json("ticket", "reopen", "T-1")["stage"] == "appeal"


def test_edit_note_due_and_close(shop):
    shop.add(external="40358")
    assert shop.json("ticket", "edit", "40358", "--sku", "X-1", "--amount", "9.5 USD")["money"]["currency"] == "USD"
    assert shop.json("ticket", "note", "T-1", "called")["note"] == "called"
    assert shop.json("ticket", "note", "T-1", "again")["note"] == "called\nagain"
    stated = shop.json("ticket", "due", "T-1", "2026-12-01T10:00")
    assert (stated["due_at"], stated["due_source"]) == ("2026-12-01T10:00:00+07:00", "stated")
    assert shop.json("why", "T-1")["steps"][-1]["what"] == "stated"
    assert shop.json("ticket", "due", "T-1", "none")["due_source"] == "rule"
    assert shop.json("ticket", "close", "T-1", "--outcome", "kept")["outcome"] == "kept"


@pytest.mark.parametrize(
    ("typed", "due", "later"),
    [
        ("tue", "2026-11-25T00:00", True),
        ("today", "2026-11-25T00:00", True),
        ("wed", "2026-11-25T08:00", True),
        ("2026-11-24", "2026-11-25T00:00", True),
        ("下班前", "2026-11-25T00:00", True),
        ("24:00", "2026-11-25T00:00", True),
        ("24/11 07:00", "2026-11-24T07:00", False),
    ],
)
def test_a_bare_day_as_a_deadline(shop, typed, due, later):
    """The rule says Tuesday 08:00, which is over at 09:00."""
    shop.add(opened="2026-11-23T08:00")
    for words in (
        ["ticket", "due", "T-1", typed],
        ["ticket", "edit", "T-1", "--due", typed],
        ["ticket", "add", "--kind", "refund_only", "--opened", "2026-11-23T08:00", "--due", typed],
    ):
        said = shop.run(*words).stderr
        assert ("later than the rule's, which says 08:00" in said) == later
        ticket = shop.json("ticket", "show", said.split()[0].rstrip(":,"))
        assert ticket["due_at"] == f"{due}:00+07:00"
        assert ticket["due_source"] == "stated"


def test_a_case_of_another_kind_is_a_thing_to_do(shop):
    case = shop.add("other")
    assert (case["stage"], case["turn"], case["due_at"]) == ("todo", "seller", None)
    shop.run("ticket", "act", "T-1", "approve", status=1)
    done = shop.json("ticket", "act", "T-1", "done")
    assert (done["stage"], done["outcome"]) == ("closed", "solved")
    shop.add("other")
    assert shop.json("ticket", "act", "T-2", "drop")["outcome"] == "withdrawn"


def test_a_goal_beside_the_deadline(shop):
    shop.add(opened="2026-11-24T08:00")
    assert shop.json("ticket", "show", "T-1")["goal_at"] == "2026-11-25T00:00:00+07:00"
    assert shop.json("ticket", "act", "T-1", "snooze", "12:00")["goal_at"] is None
    assert [t["id"] for t in shop.json("queue", "--filter", "goal:past")["tickets"]] == []
    shop.add(opened="2026-11-23T08:30")
    assert [t["id"] for t in shop.json("queue", "--filter", "goal:past")["tickets"]] == ["T-2"]


def test_a_bare_day_of_a_snooze_is_its_beginning(shop):
    shop.add(opened="2026-11-23T20:00", stage="check")
    assert shop.json("ticket", "due", "T-1", "4 Dec")["due_at"] == "2026-12-04T20:00:00+07:00"
    asleep = shop.json("ticket", "act", "T-1", "snooze", "tue")
    assert asleep["snoozed_until"] == "2026-12-01T00:00:00+07:00"


def test_help_names_the_forms_of_a_deadline(shop):
    for words in (("ticket", "due", "--help"), ("ticket", "add", "--help")):
        assert "tonight, end of day, 24:00" in " ".join(shop.run(*words).stdout.split())
    assert "tonight" in shop.run("ticket", "due", "T-1", "someday", status=2).stderr


def test_snooze_and_set(shop):
    shop.add("other", stage="check")
    shop.run("ticket", "act", "T-1", "set", "inspect", status=2)
    shop.run("ticket", "act", "T-1", "set", "inspect", "--kind", "refund", status=2)
    shop.run("ticket", "act", "T-1", "withdrawn", "--kind", "exchange", status=2)
    known = shop.json("ticket", "act", "T-1", "set", "inspect", "--kind", "exchange")
    assert (known["kind"], known["stage"]) == ("exchange", "inspect")
    asleep = shop.json("ticket", "act", "T-1", "snooze", "2026-11-24T12:00")
    assert (asleep["snoozed_until"], asleep["state"]) == ("2026-11-24T12:00:00+07:00", "due")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["ticket", "act", "T-1", "prove"], 1),
        (["ticket", "act", "T-9", "approve"], 1),
        (["ticket", "act", "nobody", "approve"], 1),
        (["ticket", "show", "T-9"], 1),
        (["ticket", "reopen", "T-1"], 1),
        (["ticket", "add", "--kind", "refund_only", "--external", "40358"], 1),
        (["ticket", "act", "T-1", "approve", "--at", "2026-11-24T09:01"], 1),
        (["undo", "please"], 2),
        (["ticket", "act", "T-1", "aprove"], 2),
        (["ticket", "act", "T-1", "set", "decide"], 1),
        (["ticket", "act", "T-1", "snooze"], 2),
        (["ticket", "add"], 2),
        (["ticket", "add", "--kind", "refund"], 2),
        (["ticket", "add", "--kind", "refund_only", "--amount", "much"], 2),
        (["ticket", "add", "--kind", "refund_only", "--opened", "32.13."], 2),
        (["ticket", "add", "--kind", "refund_only", "--stage", "nowhere"], 2),
        (["ticket", "close", "T-1", "--outcome", "lucky"], 2),
        (["ticket", "due", "T-1", "soonish"], 2),
        (["ticket", "edit", "T-1"], 2),
        (["tickets"], 2),
        (["queue", "--filter", "kind:refund"], 2),
        (["queue", "--limit", "x"], 2),
        (["queue", "--colour"], 2),
        (["queue", "--lang", "fr"], 2),
        (["queue", "--data", ""], 2),
        (["queue", "--filter", "-"], 2),
        (["queue", "--filter", "(" * 5000 + "a"], 2),
        (["queue", "--filter", "-" * 5000 + "a"], 2),
        (["forget", "--before", "0001-01-01", "--yes"], 2),
        (["import", "nowhere.csv", "--as-of", "2027-01-01"], 2),
        (["ticket", "add", "--kind", "refund_only", "--amount", "5 XXQ"], 2),
        (["queue", "--now", "soon"], 2),
        (["queue", "--config", "/nowhere/settings.toml"], 2),
    ],
)
def test_what_cannot_be_done_says_so_and_changes_nothing(shop, words, status):
    shop.add(external="40358")
    before = (shop.data / "workbench.json").read_bytes()
    done = shop.run(*words, status=status)
    assert done.stdout == ""
    assert done.stderr.startswith("workbench: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert (shop.data / "workbench.json").read_bytes() == before


def test_undo_and_redo_over_restarts_with_readable_history(shop):
    shop.add(order="5769")
    before = shop.json("ticket", "show", "T-1")
    after = shop.json("ticket", "act", "T-1", "approve")
    assert shop.json("undo") == {"undone": "T-1 approved"}
    assert shop.json("ticket", "show", "T-1") == before
    assert shop.json("redo") == {"redone": "T-1 approved"}
    assert shop.json("ticket", "show", "T-1") == after
    history = shop.json("history")["actions"]
    assert [(entry["text"], entry["undone"]) for entry in history] == [("T-1 approved", False), ("T-1 added", False)]
    shop.run("undo")
    shop.run("undo")
    assert "nothing" in shop.run("undo", status=1).stderr.lower()
    assert shop.json("queue", "--all") == {"tickets": []}
    assert shop.add()["id"] == "T-2"
    shop.run("redo", status=1)


def test_global_options_stand_before_or_after_the_verb(shop, tmp_path):
    shop.add()
    other = tmp_path / "other"
    assert shop.json("--data", other, "queue") == {"tickets": []}
    assert shop.json("queue", "--data", other) == {"tickets": []}
    assert len(shop.json("queue")["tickets"]) == 1
    assert "1.0" in shop.run("--version").stdout or "workbench" in shop.run("--version").stdout
    assert "queue" in shop.run("--help").stdout
    assert "--filter" in shop.run("queue", "--help").stdout


def test_an_amount_is_never_below_nothing(us_shop):
    for given in (("--amount", "-5 USD"), ("--cost", "-0.01 USD")):
        refused = us_shop.run("ticket", "add", "--kind", "bad_review", *given, status=2)
        assert "is not an amount" in refused.stderr
    assert us_shop.json("queue")["tickets"] == []


def test_a_case_opened_later_than_now_is_told(us_shop):
    assert "still to come" in us_shop.run("ticket", "add", "--kind", "refund_only", "--opened", "2031-01-01").stderr
    assert "still to come" not in us_shop.run("ticket", "add", "--kind", "refund_only", "--opened", "2020-01-01").stderr
