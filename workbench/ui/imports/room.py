"""Import: Seller Center files, on a sheet that opens over every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from workbench.core.saying import say
from workbench.ui.room import Command, Room

if TYPE_CHECKING:
    from workbench.ui.bench import Bench


def _open(bench: Bench) -> None:
    from workbench.ui.imports.sheet import ImportSheet

    bench.push_screen(ImportSheet())


class Imports(Room):
    """The sheet and its keys."""

    domain = "imports"
    scopes: ClassVar = {"import": say("Import")}
    commands = (
        Command("app.import", ("i",), say("import"), say("bring in Seller Center files"), "app", _open),
        Command("import.changes", ("v",), say("every change"), say("list every change, before and after"), "import"),
        Command("import.swap", ("t",), say("swap day and month"), say("read the dates the other way round"), "import"),
    )
    together = (("sheet", "import"),)


ROOM = Imports()
