"""The evening log, its week, and what issues are on other screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from workbench.core.place import Place
from workbench.core.saying import say
from workbench.ui.room import Command, Fact, Glance, Pane, Room, View

if TYPE_CHECKING:
    from workbench.ui.bench import Bench
    from workbench.ui.frame import Frame


def _screen() -> Frame:
    from workbench.ui.issues.screen import LogScreen

    return LogScreen()


def _log(bench: Bench) -> None:
    """The line of the Log: there is one on the screen, or it rises as a sheet."""
    if bench.frame is not None and bench.frame.pane == "log":
        bench.frame.again()
        return
    from workbench.ui.issues.sheet import LogSheet

    bench.push_screen(LogSheet())


class Issues(Room):
    """What went wrong today and why, and the week by SKU and type."""

    domain = "issues"
    pane = Pane("log", say("Log"), _screen, "app.evening", say("log"), say("go to the Log"), "f5", 5)
    view = View("week", "log", say("week"), say("day"))
    scopes: ClassVar = {
        "log": say("Log"), "loglist": say("The lines of today"), "logline": say("The line of the log"),
        "week": say("Week"), "heat": say("The table of the week"), "export": say("Export"),
    }  # fmt: skip
    commands = (
        Command("app.log", ("l",), say("log"), say("log an issue in one line, from any screen"), "app", _log),
        Command("log.edit", ("e", "enter"), say("edit"), say("bring this line back into the entry"), "loglist"),
        Command(
            "log.remove", ("x", "delete"), say("remove"), say("remove this line, or skip the suggestion"), "loglist"
        ),
        Command("log.write", ("a", "tab", "escape"), say("write"), say("go back to the entry line"), "loglist"),
        Command("log.week", (), say("week"), say("show the week, or the day again"), "log"),
        Command("log.form", ("ctrl+o",), say("as a form"), say("log an issue in a form"), "log"),
        Command("log.none", ("ctrl+g",), say("nothing wrong"), say("log that nothing was wrong today"), "log"),
        Command("logline.save", ("enter",), say("save"), say("save the line, or the marked suggestion"), "logline"),
        Command(
            "logline.up",
            ("up",),
            say("repeat"),
            say("repeat the last SKU and type; again: the SKU, what was before"),
            "logline",
        ),
        Command("logline.down", ("down",), say("next"), say("mark the next suggestion"), "logline"),
        Command("logline.skip", ("delete",), say("skip"), say("skip the marked suggestion for today"), "logline"),
        Command("logline.leave", ("escape",), say("leave the line"), say("leave the line for the list"), "logline"),
        Command("week.lines", ("enter",), say("the lines"), say("show the lines behind this number"), "week"),
        Command("week.decide", ("d",), say("decide"), say("write down what will be done, and by when"), "week"),
        Command(
            "week.undecide",
            ("x", "delete"),
            say("take out"),
            say("take the newest decision out; undo brings it back"),
            "week",
        ),
        Command("week.before", ("less_than_sign", "comma"), say("week before"), say("show the week before"), "week"),
        Command(
            "week.after", ("greater_than_sign", "full_stop"), say("week after"), say("show the week after"), "week"
        ),
        Command(
            "week.content",
            ("c",),
            say("content"),
            say("turn to the lines of one video, live or post, then of the next, then to all"),
            "week",
        ),
        Command("week.day", ("escape",), say("day"), say("go back to the day"), "week"),
        Command("week.export", ("e",), say("export"), say("write the report of this week to a file"), "week"),
        Command("week.left", ("left",), say("left"), say("one column to the left"), "heat"),
        Command("week.right", ("right",), say("right"), say("one column to the right"), "heat"),
        Command("week.down", ("down", "j"), say("down"), say("one row down"), "heat"),
        Command("week.up", ("up", "k"), say("up"), say("one row up"), "heat"),
        Command("week.top", ("home", "g"), say("top"), say("to the first row"), "heat"),
        Command("week.bottom", ("end", "G"), say("bottom"), say("to the last row"), "heat"),
        Command(
            "export.names",
            ("ctrl+t",),
            say("names"),
            say("leave out order numbers and buyers' names, or not"),
            "export",
        ),
    )
    bars: ClassVar = {
        "log": ("log.edit", "log.remove", "log.write", "log.none", "app.undo", "app.help"),
        "logline": ("logline.save", "line.complete", "logline.up", "log.form", "log.none",
                    "logline.leave"),
        "suggested": ("logline.save", "line.complete", "logline.down", "logline.skip", "logline.up", "app.second",
                      "logline.leave"),
        "week": ("week.lines", "week.decide", "week.before", "week.after", "week.content", "week.export",
                 "app.undo", "app.help"),
    }  # fmt: skip
    together = (
        ("app", "list", "log", "loglist"), ("log", "week", "heat"), ("log", "line", "logline"), ("sheet", "log"),
        ("sheet", "line", "export"),
    )  # fmt: skip

    def facts(self, glance: Glance) -> Iterator[Fact]:
        from workbench.ui.issues.facts import facts

        return facts(glance)

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("log", lambda frame: frame.land(place))


ROOM = Issues()
