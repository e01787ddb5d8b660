"""Every command, declared once: id, keys, bar word, help. Bindings, bar, palette, help and documents come from here.

An id is `area.verb` and public: the seller's keymap names it. The action of a binding is its id with `_` for `.` and
`-`, so `ticket.act` runs `action_ticket_act` of the node that holds its scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbench.core.saying import Saying, say
from workbench.i18n import render

if TYPE_CHECKING:
    from textual.binding import BindingType


class Command(NamedTuple):
    """One command; the first of its keys is the one that is shown."""

    id: str
    keys: tuple[str, ...]
    word: Saying
    help: Saying
    scope: str


#: The scopes with the titles help gives them.
SCOPES: dict[str, Saying] = {
    "app": say("Everywhere"),
    "list": say("Lists"),
    "ticket": say("Cases"),
    "today": say("Today"),
    "facts": say("The state of the shop"),
    "queue": say("Queue"),
    "ledger": say("Ledger"),
    "sheet": say("Sheets"),
    "line": say("Entry lines"),
    "case": say("New case"),
    "form": say("Forms"),
    "act": say("What did you do"),
    "confirm": say("Questions"),
    "evidence": say("Evidence"),
    "statement": say("Appeal statement"),
    "import": say("Import"),
    "log": say("Log"),
    "loglist": say("The lines of today"),
    "logline": say("The line of the log"),
    "week": say("Week"),
    "heat": say("The table of the week"),
    "export": say("Export"),
    "first": say("First start"),
    "trouble": say("Data that cannot be opened"),
}

COMMANDS: tuple[Command, ...] = (
    Command("app.help", ("question_mark", "f1"), say("help"), say("show the keys of this screen"), "app"),
    Command("app.today", ("f2",), say("today"), say("go to Today"), "app"),
    Command("app.queue", ("f3",), say("queue"), say("go to the Queue"), "app"),
    Command("app.ledger", ("f4",), say("ledger"), say("go to the Ledger"), "app"),
    Command("app.evening", ("f5",), say("log"), say("go to the Log"), "app"),
    Command("app.before", ("left_square_bracket",), say("screen before"), say("go to the screen at the left"), "app"),
    Command("app.after", ("right_square_bracket",), say("screen after"), say("go to the screen at the right"), "app"),
    Command("app.next", ("n",), say("next case"), say("walk through the cases that are yours, one by one"), "app"),
    Command("app.import", ("i",), say("import"), say("bring in Seller Center files"), "app"),
    Command("app.log", ("l",), say("log"), say("log an issue in one line, from any screen"), "app"),
    Command("app.filter", ("slash",), say("filter"), say("show only the cases that match"), "app"),
    Command("app.go", ("colon",), say("go to"), say("go to a case by its id, or run a command by its name"), "app"),
    Command("app.away", ("A",), say("away"), say("see what lapses if you are away until a day"), "app"),
    Command("app.copied", ("p",), say("copied"), say("show what was copied last, to select it by hand"), "app"),
    Command("app.undo", ("u",), say("undo"), say("take back the last thing that was saved"), "app"),
    Command("app.redo", ("U",), say("redo"), say("do again what was taken back"), "app"),
    Command("app.history", ("f8",), say("history"), say("show what was done, newest first"), "app"),
    Command("app.palette", ("ctrl+p",), say("commands"), say("find a command or a case"), "app"),
    Command(
        "app.demo",
        ("d",),
        say("invented shop"),
        say("look around in an invented shop, while there are no cases"),
        "app",
    ),
    Command("app.language", (), say("language"), say("speak Chinese, or English again"), "app"),
    Command(
        "app.suspend", ("ctrl+z",), say("to the shell"), say("stop here and go to the shell; fg comes back"), "app"
    ),
    Command("app.quit", ("q",), say("quit"), say("leave the program; everything is saved already"), "app"),
    Command("list.down", ("down", "j"), say("down"), say("one row down"), "list"),
    Command("list.up", ("up", "k"), say("up"), say("one row up"), "list"),
    Command("list.top", ("home", "g"), say("top"), say("to the first row"), "list"),
    Command("list.bottom", ("end", "G"), say("bottom"), say("to the last row"), "list"),
    Command("list.page-down", ("pagedown", "ctrl+d"), say("page down"), say("a page down"), "list"),
    Command("list.page-up", ("pageup", "ctrl+u"), say("page up"), say("a page up"), "list"),
    Command("ticket.act", ("enter",), say("act"), say("say what you did with this case"), "ticket"),
    Command("today.jump", ("tab",), say("state of the shop"), say("go to the state of the shop and back"), "today"),
    Command("today.open", ("enter",), say("open"), say("open the place of this line"), "facts"),
    Command("today.tick", ("space",), say("tick off"), say("tick off this routine"), "facts"),
    Command("ticket.select", ("space",), say("select"), say("select this case, or no longer"), "queue"),
    Command("ticket.range", ("v",), say("select range"), say("select from here to where the cursor goes"), "queue"),
    Command("ticket.select-all", ("V",), say("select all"), say("select all cases that are shown"), "queue"),
    Command("ticket.add", ("a",), say("add"), say("add a case by hand, in one line"), "ticket"),
    Command("ticket.edit", ("e",), say("edit"), say("correct this case in one line"), "ticket"),
    Command("ticket.note", ("c",), say("note"), say("write a note"), "ticket"),
    Command("ticket.tag", ("t",), say("tag"), say("put tags on; -tag takes one off"), "ticket"),
    Command(
        "ticket.snooze", ("s",), say("snooze"), say("put it off until a time; it wakes before its deadline"), "ticket"
    ),
    Command("ticket.deadline", ("b",), say("deadline"), say("set the deadline yourself"), "ticket"),
    Command("ticket.why", ("w",), say("why"), say("show how the deadline came about"), "ticket"),
    Command("ticket.copy", ("y",), say("copy id"), say("copy the order id, to paste it into Seller Center"), "ticket"),
    Command("ticket.close", ("x",), say("close"), say("end this case, whatever its stage"), "ticket"),
    Command("ticket.reopen", ("X",), say("reopen"), say("open a closed case again"), "ticket"),
    Command("ticket.delete", ("D",), say("delete"), say("delete this case; asks first"), "ticket"),
    Command("queue.detail", ("tab",), say("detail"), say("go to the detail and back"), "queue"),
    Command("queue.whole", ("plus",), say("whole screen"), say("show the detail on the whole screen"), "queue"),
    Command("queue.closed", ("f7",), say("closed too"), say("show closed cases too, or no longer"), "queue"),
    *(
        Command(f"queue.view-{digit}", (str(digit),), say("view"), say("show a saved view"), "queue")
        for digit in range(10)
    ),
    Command("queue.back", ("escape",), say("back"), say("one step back: selection, filter, detail"), "queue"),
    Command("ledger.act", ("enter",), say("act"), say("say what happened to this violation"), "ledger"),
    Command("ledger.add", ("a",), say("add"), say("add a violation in one line, or paste several"), "ledger"),
    Command(
        "ledger.what-if",
        ("equals_sign",),
        say("what if"),
        say("see what a won appeal would change; saves nothing"),
        "ledger",
    ),
    Command("ledger.keep", ("space",), say("keep"), say("what if: keep this appeal as won and go on"), "ledger"),
    Command("ledger.evidence", ("v",), say("evidence"), say("tick off evidence, attach files"), "ledger"),
    Command("ledger.statement", ("t",), say("statement"), say("write the statement of the appeal"), "ledger"),
    Command("ledger.edit", ("e",), say("edit"), say("correct this violation in one line"), "ledger"),
    Command("ledger.note", ("c",), say("note"), say("write a note on this violation"), "ledger"),
    Command("ledger.score", ("s",), say("score"), say("state the score, where points count down"), "ledger"),
    Command("ledger.why", ("w",), say("why"), say("show how the date came about"), "ledger"),
    Command("ledger.copy", ("y",), say("copy id"), say("copy the platform's id of this violation"), "ledger"),
    Command("ledger.delete", ("D",), say("delete"), say("delete this violation; asks first"), "ledger"),
    Command("ledger.detail", ("tab",), say("detail"), say("go to the detail and back"), "ledger"),
    Command(
        "ledger.whole",
        ("plus",),
        say("whole screen"),
        say("show the detail on the whole screen; what if: suppose one more violation"),
        "ledger",
    ),
    Command("ledger.back", ("escape",), say("back"), say("one step back: what if, detail"), "ledger"),
    Command("sheet.leave", ("escape",), say("leave"), say("leave and change nothing"), "sheet"),
    Command("sheet.accept", ("enter",), say("take it"), say("take what is marked"), "sheet"),
    Command(
        "sheet.draft", ("ctrl+r",), say("brings it back"), say("bring back what was typed here and not saved"), "sheet"
    ),
    Command("sheet.down", ("down",), say("down"), say("one line down"), "sheet"),
    Command("sheet.up", ("up",), say("up"), say("one line up"), "sheet"),
    Command("line.complete", ("tab",), say("complete"), say("complete the word before the cursor"), "line"),
    Command("line.new", ("ctrl+n",), say("new SKU"), say("the SKU asked about is a new one"), "line"),
    Command("ticket.form", ("f7",), say("as a form"), say("fill in a form in place of the line"), "case"),
    Command("form.line", ("f7",), say("as a line"), say("go back to the line with what the form says"), "form"),
    Command("form.after", ("right",), say("choose"), say("the next answer, in a field that offers some"), "form"),
    Command("form.before", ("left",), say("answer before"), say("the answer before"), "form"),
    Command("act.when", ("at",), say("at another time"), say("say when it happened"), "act"),
    Command("act.copy", ("y",), say("copy id"), say("copy the order id"), "act"),
    Command("act.why", ("w",), say("why"), say("show how the deadline came about"), "act"),
    Command("act.skip", ("n",), say("skip"), say("leave this case as it is and take the next"), "act"),
    Command("confirm.yes", ("y",), say("yes"), say("do it"), "confirm"),
    Command("evidence.tick", ("space",), say("tick"), say("tick this item off, or open it again"), "evidence"),
    Command("evidence.file", ("f",), say("attach a file"), say("attach the file that proves this item"), "evidence"),
    Command("evidence.add", ("a",), say("add an item"), say("add an item of your own"), "evidence"),
    Command("statement.save", ("ctrl+s", "f10"), say("save"), say("save the statement"), "statement"),
    Command("import.changes", ("v",), say("every change"), say("list every change, before and after"), "import"),
    Command("import.swap", ("t",), say("swap day and month"), say("read the dates the other way round"), "import"),
    Command("log.edit", ("e", "enter"), say("edit"), say("bring this line back into the entry"), "loglist"),
    Command("log.remove", ("x", "delete"), say("remove"), say("remove this line, or skip the suggestion"), "loglist"),
    Command("log.write", ("a", "tab", "escape"), say("write"), say("go back to the entry line"), "loglist"),
    Command("log.week", ("f6",), say("week"), say("show the week, or the day again"), "log"),
    Command("log.form", ("f7",), say("as a form"), say("log an issue in a form"), "log"),
    Command("log.none", ("f9",), say("nothing wrong"), say("log that nothing was wrong today"), "log"),
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
    Command("week.before", ("less_than_sign", "comma"), say("week before"), say("show the week before"), "week"),
    Command("week.after", ("greater_than_sign", "full_stop"), say("week after"), say("show the week after"), "week"),
    Command("week.day", ("escape",), say("day"), say("go back to the day"), "week"),
    Command("week.export", ("e",), say("export"), say("write the report of this week to a file"), "week"),
    Command("week.left", ("left",), say("left"), say("one column to the left"), "heat"),
    Command("week.right", ("right",), say("right"), say("one column to the right"), "heat"),
    Command("week.down", ("down", "j"), say("down"), say("one row down"), "heat"),
    Command("week.up", ("up", "k"), say("up"), say("one row up"), "heat"),
    Command("week.top", ("home", "g"), say("top"), say("to the first row"), "heat"),
    Command("week.bottom", ("end", "G"), say("bottom"), say("to the last row"), "heat"),
    Command("first.look", ("enter",), say("look around"), say("look around in an invented shop"), "first"),
    Command("first.import", ("i",), say("import"), say("take the answers and import files"), "first"),
    Command("first.empty", ("a",), say("empty queue"), say("take the answers and start with an empty queue"), "first"),
    Command("first.up", ("up", "k"), say("up"), say("one question up"), "first"),
    Command("first.down", ("down", "j", "tab"), say("down"), say("one question down"), "first"),
    Command("first.left", ("left", "h"), say("left"), say("the answer at the left"), "first"),
    Command("first.right", ("right", "l", "space"), say("right"), say("the answer at the right"), "first"),
    Command("first.quit", ("q", "escape"), say("quit"), say("leave and write nothing"), "first"),
    Command(
        "trouble.restore", ("enter",), say("restore"), say("see what the newest good backup brings; asks"), "trouble"
    ),
    Command("trouble.check", ("c",), say("check"), say("list what check finds; changes nothing"), "trouble"),
    Command("trouble.again", ("r",), say("try again"), say("try to open the data again"), "trouble"),
    Command("trouble.leave", ("escape", "q"), say("leave"), say("leave and change nothing"), "trouble"),
    Command("export.names", ("f7",), say("names"), say("leave out order numbers and buyers' names, or not"), "export"),
)

#: What stands in the bar of a screen, most useful first; help is kept when the rest is cut.
BARS: dict[str, tuple[str, ...]] = {
    "today": ("app.next", "ticket.act", "app.import", "app.log", "app.filter", "app.undo", "today.jump", "app.away",
              "app.help"),
    "calm": ("app.log", "app.next", "ticket.act", "app.import", "app.filter", "app.undo", "today.jump", "app.away",
             "app.help"),
    "facts": ("today.open", "today.tick", "today.jump", "app.next", "app.import", "app.log", "app.undo", "app.help"),
    "ledger": ("ledger.act", "ledger.add", "ledger.what-if", "ledger.why", "ledger.evidence", "ledger.statement",
               "app.undo", "app.help"),
    "queue": ("ticket.act", "ticket.select", "app.filter", "ticket.add", "ticket.note", "ticket.copy", "app.undo",
              "app.help"),
    "log": ("log.edit", "log.remove", "log.write", "log.week", "log.none", "app.undo", "app.help"),
    "logline": ("logline.save", "line.complete", "logline.up", "log.week", "log.form", "log.none", "logline.leave"),
    "suggested": ("logline.save", "line.complete", "logline.down", "logline.skip", "logline.up", "log.week",
                  "logline.leave"),
    "week": ("week.lines", "week.decide", "week.before", "week.after", "log.week", "week.export", "app.undo",
             "app.help"),
}  # fmt: skip

#: The scopes whose keys hold at the same time: no key may mean two things in one of these.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("app", "list", "ticket", "today"), ("app", "list", "today", "facts"), ("app", "list", "ticket", "queue"),
    ("app", "list", "ledger"), ("app", "list", "log", "loglist"),
    ("log", "week", "heat"), ("log", "line", "logline"),
    ("sheet", "act"), ("sheet", "line", "export"), ("sheet", "line", "case"), ("sheet", "line", "form"),
    ("sheet", "log"), ("sheet", "confirm"),
    ("sheet", "import"), ("sheet", "evidence"), ("sheet", "statement"), ("trouble", "confirm"),
)  # fmt: skip

_BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def command(id: str) -> Command:
    """The command of this id."""
    return _BY_ID[id]


def of(*scopes: str) -> Iterator[Command]:
    """The commands of these scopes, in order."""
    return (command for command in COMMANDS if command.scope in scopes)


def action(id: str) -> str:
    """The action that a command runs: `ticket.act` runs `ticket_act`, `queue.view-3` runs `queue_view(3)`."""
    name, _, argument = id.replace(".", "_").rpartition("-")
    return f"{name}({argument})" if argument.isdigit() else id.replace(".", "_").replace("-", "_")


def bindings(*scopes: str) -> list[BindingType]:
    """The bindings of these scopes, for `BINDINGS`; the bar and the help show them in the language of the moment."""
    # Here, because the check of the settings reads the declarations and must not load Textual.
    from textual.binding import Binding

    return [
        Binding(
            ",".join(found.keys), action(found.id), found.word.text, show=False, id=found.id, tooltip=found.help.text
        )
        for found in of(*scopes)
        if found.keys
    ]


def declared() -> dict[str, tuple[str, str]]:
    """The default keys (separated by commas) and the scope of every command, for the check of the seller's keys."""
    return {found.id: (",".join(map(written, found.keys)), found.scope) for found in COMMANDS}


def written(key: str) -> str:
    """A key as the seller may write it; a comma, which parts keys, only by its name."""
    return key if key == "comma" else _NAMES.get(key, key)


def keys_of(found: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command in force: the seller's where he has set some."""
    return tuple(filter(None, keymap[found.id].split(","))) if found.id in keymap else found.keys


_NAMES = {
    "question_mark": "?", "slash": "/", "colon": ":", "plus": "+", "at": "@", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "less_than_sign": "<", "greater_than_sign": ">", "minus": "-",
    "comma": ",", "full_stop": ".",
}  # fmt: skip
_SAID: dict[str, Saying] = {
    "enter": say("enter"), "space": say("space"), "escape": say("esc"), "tab": say("tab"), "up": say("up"),
    "down": say("down"), "home": say("home"), "end": say("end"),
    "left": say("left"), "right": say("right"), "delete": say("del"),
    "pageup": say("page up"), "pagedown": say("page down"),
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people call it: `?`, `enter`, `F1`, 回车."""
    if key in _SAID:
        return render(_SAID[key])
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


def keys_in_bar(keymap: Mapping[str, str], *ids: str) -> list[tuple[str, str]]:
    """(key, word) of the commands with these ids, as the bar shows them."""
    found = [_BY_ID[id] for id in ids]
    return [(key_name(next(iter(keys_of(one, keymap)), "")), render(one.word)) for one in found]
