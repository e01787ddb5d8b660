"""Every verb, declared once: its name, the module that knows it, and what it does.

A verb's module has `declare(parser)` and `run(call) -> exit status`; it is imported only when the verb is called, so
that one verb does not pay for another.
"""

from __future__ import annotations

import msgspec

from workbench.core.saying import Saying, say


class Verb(msgspec.Struct, frozen=True):
    """One verb of the command line."""

    name: str
    module: str
    help: Saying


VERBS: tuple[Verb, ...] = (
    Verb("today", "workbench.cli.today", say("the morning brief: overdue, due today, next")),
    Verb("import", "workbench.cli.imports", say("read Seller Center files in")),
    Verb("queue", "workbench.cli.tickets.queue", say("the tickets, next deadline first")),
    Verb("ticket", "workbench.cli.tickets.ticket", say("one ticket: add, show, edit, note, due, act, close, reopen")),
    Verb("ship", "workbench.cli.orders.ship", say("the orders to hand over, by due day; sent: they were")),
    Verb("why", "workbench.cli.tickets.why", say("the steps behind a deadline")),
    Verb(
        "violation",
        "workbench.cli.violations.violation",
        say("violations: add, show, edit, delete, appeal, result, evidence"),
    ),
    Verb(
        "ledger",
        "workbench.cli.violations.ledger",
        say("violation points and what is to come; set: the platform's score"),
    ),
    Verb("score", "workbench.cli.metrics.score", say("what the platform measures: readings in, and where each stands")),
    Verb("scores", "workbench.cli.metrics.scores", say("where each metric stands; import: readings of a spreadsheet")),
    Verb("alerts", "workbench.cli.alerts.alerts", say("what turned: the rules that fire, mail, and ack, test")),
    Verb("rule", "workbench.cli.tickets.rule", say("what a rule of automatic approval would have cost")),
    Verb("calendar", "workbench.cli.calendar", say("deadlines, appeals, point drops, routines as a calendar file")),
    Verb("promotion", "workbench.cli.promotions.promotion", say("promotions: add, show, edit, renew, stop, delete")),
    Verb("promotions", "workbench.cli.promotions.promotions", say("the promotions, next end first")),
    Verb("price", "workbench.cli.promotions.price", say("the list price of a SKU, from a time on")),
    Verb("coverage", "workbench.cli.promotions.coverage", say("which price is shown when, and where it has holes")),
    Verb("floor", "workbench.cli.promotions.floor", say("the lowest price of 30 days, and when it turns")),
    Verb("live", "workbench.cli.lives.live", say("lives: add, show, edit, end, done, delete")),
    Verb("lives", "workbench.cli.lives.lives", say("the lives, by their start")),
    Verb("campaign", "workbench.cli.campaigns.campaign", say("campaigns: add, show, edit, close, delete")),
    Verb("campaigns", "workbench.cli.campaigns.campaigns", say("the campaigns, the newest first")),
    Verb("plan", "workbench.cli.bigdays.plan", say("big days: start, done, move, note; alone: the plans")),
    Verb("routine", "workbench.cli.routines.routine", say("routines: done ID ticks one off; alone: all of them")),
    Verb("profit", "workbench.cli.profit.profit", say("what an order earns, and up to which commission it pays")),
    Verb("cost", "workbench.cli.profit.cost", say("what a SKU costs, from a day on")),
    Verb("costs", "workbench.cli.profit.costs", say("every cost; import: those of a spreadsheet")),
    Verb(
        "creator",
        "workbench.cli.creators.creator",
        say("deals with creators: add, show, edit, act, reopen, delete"),
    ),
    Verb("creators", "workbench.cli.creators.creators", say("the deals, next clock first; what came of them")),
    Verb("log", "workbench.cli.issues.evening", say("the evening log: what buyers complained of, one line each")),
    Verb("issues", "workbench.cli.issues.issues", say("the lines of the log")),
    Verb("report", "workbench.cli.issues.report", say("a week of the log: what rises, and what to check")),
    Verb("replies", "workbench.cli.replies.replies", say("texts to buyers, the best first; import, export")),
    Verb("reply", "workbench.cli.replies.reply", say("one reply: show, add, edit, delete, use")),
    Verb("lint", "workbench.cli.replies.lint", say("what the platform's rules say of a text to buyers")),
    Verb(
        "messages", "workbench.cli.tickets.messages", say("how soon buyers are answered, and how many misses are left")
    ),
    Verb("reviews", "workbench.cli.tickets.reviews", say("bad reviews by product and cause")),
    Verb("questions", "workbench.cli.replies.questions", say("what buyers ask, and what answers it")),
    Verb("undo", "workbench.cli.undo", say("take back the last action")),
    Verb("redo", "workbench.cli.undo", say("do the last undone action again")),
    Verb("history", "workbench.cli.undo", say("the last actions")),
    Verb("check", "workbench.cli.check", say("look at every record of every file for faults")),
    Verb("backup", "workbench.cli.backup", say("keep a verified copy of this moment")),
    Verb("restore", "workbench.cli.restore", say("go back to a backup; undo takes that back")),
    Verb("export", "workbench.cli.export", say("write everything as CSV and JSON")),
    Verb("forget", "workbench.cli.forget", say("remove buyers' names and words for good")),
    Verb("config", "workbench.cli.config", say("the settings in force: check, path, show")),
    Verb("demo", "workbench.cli.screens", say("the screens on invented data, of which nothing is kept")),
    Verb("completion", "workbench.cli.completion", say("a completion script for bash, zsh, tcsh, fish or PowerShell")),
)


def find(name: str) -> Verb | None:
    """The verb of this name."""
    return next((verb for verb in VERBS if verb.name == name), None)
