"""The number formats of a workbook: which sign a spreadsheet shows around a number that a cell keeps without one.

An amount of euros is the number 8.99 in its cell, and only the style of the cell says `[$€-407] #,##0.00`. Read by the
number alone it would be an amount of the market's currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from workbench.core.saying import say
from workbench.intake.limits import MAX_LINE, damaged
from workbench.intake.sheet_xml import unescaped

_TAG = re.compile(r"<(/?)(?:[\w.-]+:)?(numFmt|xf|cellXfs)\b([^<>]*)>")
_ID = re.compile(r"""\bnumFmtId\s*=\s*["'](\d{1,9})["']""", re.ASCII)
_CODE = re.compile(r"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: So many styles and formats a workbook may have.
_MOST = 70_000
#: The formats without a code of their own that are percentages; those of money show the sign of the reader's system.
_PERCENT = {9: "0%", 10: "0.00%"}
#: A piece of a code: a text, a sign with its locale, what is skipped, a place for digits, any other character.
_PIECE = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)-?([^\]]*)\]|(\[[^\]]*\]|[_*].)|([#0?]|General)|(.)', re.DOTALL)
#: What is no sign of a unit around a number.
_PLAIN = " -+()/:,.'@\u00a0\u202f"
#: Signs of several currencies, by the locale that stands with them: its number, or its name.
_OF = {
    "$": {"0409": "US$", "en-US": "US$", "0C09": "A$", "en-AU": "A$", "1009": "C$", "0C0C": "C$", "en-CA": "C$",
          "fr-CA": "C$", "4809": "S$", "1004": "S$", "en-SG": "S$", "zh-SG": "S$", "1409": "NZ$", "en-NZ": "NZ$",
          "0C04": "HK$", "3C09": "HK$", "zh-HK": "HK$", "en-HK": "HK$", "0404": "NT$", "zh-TW": "NT$",
          "080A": "MX$", "es-MX": "MX$", "340A": "CLP$", "es-CL": "CLP$", "240A": "COL$", "es-CO": "COL$",
          "2C0A": "AR$", "es-AR": "AR$"},
    "¥": {"0804": "CN¥", "zh-CN": "CN¥", "0411": "JP¥", "ja-JP": "JP¥"},
}  # fmt: skip
_OF["￥"] = _OF["¥"]


class Unit(NamedTuple):
    """What a format shows before and behind a number, and whether it shows a hundred times the number."""

    before: str = ""
    behind: str = ""
    percent: bool = False

    def around(self, number: str) -> str:
        """The number with it, as it would be printed."""
        if self.percent:
            return f"{(Decimal(number) * 100).normalize():f}%"
        return f"{self.before}{number}{' ' if self.behind else ''}{self.behind}"


def shown(code: str) -> Unit:
    """What a format code shows around a number that is not negative."""
    sides, percent = ["", ""], False
    behind = 0
    for text, escaped, sign, locale, skipped, digit, other in _PIECE.findall(code):
        if other == ";":
            break
        if digit:
            behind = 1
        elif other == "%":
            percent = True
        elif not skipped:
            name = locale[-4:].zfill(4).upper() if re.fullmatch("[0-9A-Fa-f]+", locale) else locale
            sides[behind] += _OF.get(sign, {}).get(name, sign) or text or escaped or other
    before, after = (side.strip(_PLAIN) for side in sides)
    return Unit(before, after, percent)


def styles(texts: Iterable[str]) -> list[Unit]:
    """What each style of a workbook's cells shows, in their order, from its part of styles."""
    codes: dict[int, str] = dict(_PERCENT)
    ids = list[int]()
    inside = False
    for end, name, attributes in _tags(texts):
        if name == "cellXfs":
            inside = not end
        elif max(len(ids), len(codes)) > _MOST:
            raise damaged(say("the workbook cannot be unpacked."))
        elif (id := _ID.search(attributes)) is None:
            if name == "xf" and inside and not end:
                ids.append(0)
        elif name == "numFmt" and (code := _CODE.search(attributes)) is not None:
            codes.setdefault(int(id[1]), unescaped(code[1] or code[2] or ""))
        elif name == "xf" and inside:
            ids.append(int(id[1]))
    seen = {id: shown(codes.get(id, "")) for id in set(ids)}
    return [seen[id] for id in ids]


def _tags(texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The tags that matter: whether they end one, their name, their attributes."""
    held = ""
    for text in texts:
        held += text
        whole = held.rfind("<")
        if whole < 0 or len(held) > MAX_LINE:
            raise damaged(say("the workbook cannot be unpacked."))
        yield from _TAG.findall(held[:whole])
        held = held[whole:]
    yield from _TAG.findall(held)
