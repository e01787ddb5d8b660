"""The settings of files from Seller Center: where they lie, their words in other languages, their encodings."""

from pathlib import Path
from typing import Annotated

import msgspec

from workbench.config.forms import Flag, Text, Word
from workbench.config.markets import MARKETS
from workbench.config.tables import Many, Pairs, Rows, TableForm
from workbench.config.values import EncodingName, PathForm
from workbench.core.saying import say

_STATUS = Word(
    *("To process", "In process", "Completed", "Refund rejected", "Canceled", "Cancelled"),
    *("To ship", "Shipped", "Awaiting shipment", "Awaiting collection", "In transit", "Delivered", "Unpaid", "On hold"),
)
_TYPE = Word("Refund only", "Return and refund", "Cancel", "Return/Refund")


class WrittenPage(msgspec.Struct, frozen=True, kw_only=True):
    """An encoding that a spreadsheet writes without saying so (`intake.model.CodePage`)."""

    name: Annotated[str, EncodingName(), say("Its name.")]
    scripts: Annotated[
        tuple[str, ...],
        Many(Text(say("a word of capitals"), r"[A-Z-]{1,40}"), least=1),
        say("The scripts of its letters: the first words of their names in Unicode."),
    ]
    markets: Annotated[tuple[str, ...], Many(Word(*MARKETS)), say("The markets whose files it is tried for.")] = ()
    everywhere: Annotated[bool, Flag(), say("Whether it is tried for all of them.")] = False
    doubts: Annotated[bool, Flag(), say("Whether a file that makes sense in it makes the encoding a guess.")] = False


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """Files from Seller Center. The words of other languages are trimmed and case-folded here."""

    downloads: Annotated[Path | None, PathForm("auto"), say("The folder in which new exports are looked for.")]
    status: Annotated[
        dict[str, str],
        Pairs(_STATUS, fold=True),
        say("Words of Return Status and Order Status, and the English word of each."),
    ]
    type: Annotated[
        dict[str, str],
        Pairs(_TYPE, fold=True),
        say("Words of Return Type, and the English word of each."),
    ]
    header: Annotated[
        dict[str, str],
        Pairs(Text(say("the name of a column"), r".{1,80}"), fold=True),
        say("Headers, and the English header of each."),
    ]
    platform_fulfils: Annotated[
        tuple[str, ...],
        Many(Text(say("a word of Fulfillment Type"), r".{1,80}")),
        say("Words of Fulfillment Type under which the platform ships, and you have nothing to hand over."),
    ] = ()
    pages: Annotated[
        tuple[WrittenPage, ...],
        Rows(TableForm(WrittenPage), unique="name"),
        say("The encodings of spreadsheets that do not tell theirs, in the order in which they are tried."),
    ] = ()


INTAKE = TableForm(Intake)
